//! Maven builds what guards main, Gradle what people build in Android Studio: versions, SDK levels and names are the same.

use std::fs;

use crate::run;

fn read(path: &str) -> String {
    fs::read_to_string(run::root().join("android").join(path)).unwrap()
}

/// What stands in the pom between `<name>` and `</name>`.
fn property(pom: &str, name: &str) -> String {
    let (_, rest) = pom.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("the pom has no {name}"));
    rest.split_once("</").unwrap().0.to_owned()
}

#[test]
fn versions_and_sdk_levels_are_the_same() {
    let pom = read("pom.xml");
    let catalog: toml::Table = read("gradle/libs.versions.toml").parse().unwrap();
    for (maven, gradle) in [
        ("kotlin.version", "kotlin"),
        ("coroutines.version", "coroutines"),
        ("jna.version", "jna"),
        ("junit.version", "junit"),
        ("robolectric.version", "robolectric"),
        ("min.sdk", "minSdk"),
        ("target.sdk", "targetSdk"),
        ("jvm.target", "jvmTarget"),
    ] {
        let of_gradle = catalog["versions"][gradle].as_str().unwrap();
        assert_eq!(property(&pom, maven), of_gradle, "{maven} in pom.xml, {gradle} in libs.versions.toml");
    }
}

#[test]
fn every_dependency_of_one_build_is_one_of_the_other() {
    let poms = [read("pom.xml"), read("kit/pom.xml"), read("app/pom.xml")].concat();
    let catalog: toml::Table = read("gradle/libs.versions.toml").parse().unwrap();
    let mut modules: Vec<String> = catalog["libraries"]
        .as_table()
        .unwrap()
        .values()
        .map(|library| library["module"].as_str().unwrap().split_once(':').unwrap().1.to_owned())
        .collect();
    modules.push("jna".into());
    for module in &modules {
        let (plain, on_jvm) = (format!("<artifactId>{module}<"), format!("<artifactId>{module}-jvm<"));
        assert!(poms.contains(&plain) || poms.contains(&on_jvm), "{module} is unknown to Maven");
    }
    // Gradle brings these by itself, or they are what Android itself is.
    let unnamed = ["kotlin-stdlib", "kotlinx-coroutines-core-jvm", "android-all", "kit"];
    let names = poms.split("<dependency>").skip(1).map(|rest| property(rest, "artifactId"));
    for name in names.filter(|name| !unnamed.contains(&name.as_str())) {
        let plain = name.trim_end_matches("-jvm").to_owned();
        assert!(modules.contains(&plain), "{name} is unknown to Gradle");
    }
}

#[test]
fn packages_have_one_name() {
    for module in ["kit", "app"] {
        let name = format!("vn.paht.{module}");
        assert!(read(&format!("{module}/build.gradle.kts")).contains(&format!("namespace = \"{name}\"")));
        assert!(read(&format!("{module}/pom.xml")).contains(&format!("--custom-package {name}")));
        assert!(
            read(&format!("{module}/pom.xml")).contains(&format!("name=\"package\" expression=\"{name}\""))
        );
    }
    assert!(read("app/build.gradle.kts").contains("applicationId = \"vn.paht.app\""));
    assert!(read("merge-manifests.xsl").contains("'vn.paht.app'"));
}
