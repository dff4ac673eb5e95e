plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
}

val repository = rootDir.parentFile

android {
    namespace = "vn.paht.app"
    compileSdk = libs.versions.targetSdk.get().toInt()
    defaultConfig {
        applicationId = "vn.paht.app"
        minSdk = libs.versions.minSdk.get().toInt()
        targetSdk = libs.versions.targetSdk.get().toInt()
        versionCode = 1
        versionName = "0.1.0"
    }
    compileOptions {
        sourceCompatibility = JavaVersion.toVersion(libs.versions.jvmTarget.get())
        targetCompatibility = JavaVersion.toVersion(libs.versions.jvmTarget.get())
    }
    testOptions.unitTests.isIncludeAndroidResources = true
}

kotlin {
    compilerOptions {
        jvmTarget.set(org.jetbrains.kotlin.gradle.dsl.JvmTarget.fromTarget(libs.versions.jvmTarget.get()))
    }
}

tasks.withType<Test>().configureEach {
    systemProperty("jna.library.path", repository.resolve("target/debug"))
}

dependencies {
    implementation(project(":kit"))
    testImplementation("net.java.dev.jna:jna:${libs.versions.jna.get()}")
    testImplementation(libs.junit)
    testImplementation(libs.robolectric)
}
