plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.android)
}

val repository = rootDir.parentFile
val nativeLibraries = layout.buildDirectory.dir("rust")

android {
    namespace = "vn.paht.kit"
    compileSdk = libs.versions.targetSdk.get().toInt()
    defaultConfig {
        minSdk = libs.versions.minSdk.get().toInt()
        consumerProguardFiles("consumer-rules.pro")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.toVersion(libs.versions.jvmTarget.get())
        targetCompatibility = JavaVersion.toVersion(libs.versions.jvmTarget.get())
    }
    sourceSets["main"].kotlin.srcDir(repository.resolve("target/bindings/kotlin"))
    sourceSets["main"].jniLibs.srcDir(nativeLibraries)
    testOptions.unitTests.isIncludeAndroidResources = true
}

kotlin {
    compilerOptions {
        jvmTarget.set(org.jetbrains.kotlin.gradle.dsl.JvmTarget.fromTarget(libs.versions.jvmTarget.get()))
    }
}

/** The Kotlin half of the bindings, and the library for this computer, which the tests load. */
val bindings by tasks.registering(Exec::class) {
    workingDir = repository
    commandLine("cargo", "xtask", "bindings")
}

/** The library for phones. Needs an NDK, cargo-ndk, and rustup's targets for the three processors. */
val cargoNdk by tasks.registering(Exec::class) {
    workingDir = repository
    commandLine(
        "cargo", "ndk",
        "--target", "arm64-v8a", "--target", "armeabi-v7a", "--target", "x86_64",
        "--platform", libs.versions.minSdk.get(),
        "--output-dir", nativeLibraries.get().asFile.path,
        "build", "--package", "paht-bindings", "--profile", "phone", "--locked",
    )
}

tasks.named("preBuild") { dependsOn(bindings) }
tasks.matching { it.name.startsWith("merge") && it.name.endsWith("JniLibFolders") }.configureEach { dependsOn(cargoNdk) }

tasks.withType<Test>().configureEach {
    systemProperty("jna.library.path", repository.resolve("target/debug"))
    systemProperty("paht.program", repository.resolve("target/debug/paht"))
}

dependencies {
    api(libs.coroutines.android)
    implementation("net.java.dev.jna:jna:${libs.versions.jna.get()}@aar")
    testImplementation("net.java.dev.jna:jna:${libs.versions.jna.get()}")
    testImplementation(libs.junit)
    testImplementation(libs.robolectric)
    testImplementation(libs.coroutines.test)
}
