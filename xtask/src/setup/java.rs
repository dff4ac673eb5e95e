//! tus-java-client and what it needs, as `tests/java/pom.xml` pins them, in `target/java`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::{Need, is_stamped, put_stamp};
use crate::run;

pub(super) fn need() -> Need {
    Need {
        name: "Java packages of tests/java",
        by_hand: "install Maven and a JDK 17 (on Debian, as root: apt-get install maven openjdk-17-jdk-headless), then run this again",
        is_met: || is_stamped(&pom(), &stamp()),
        meet,
    }
}

fn meet() -> Result<()> {
    let folder = run::target_dir().join("java");
    std::fs::create_dir_all(&folder)?;
    let mut maven = Command::new(if cfg!(windows) { "mvn.cmd" } else { "mvn" });
    maven.args(["--batch-mode", "--no-transfer-progress", "--quiet", "--file"]).arg(pom());
    maven.arg("dependency:copy-dependencies").arg(format!("-DoutputDirectory={}", folder.display()));
    run::shown(&mut maven)?;
    put_stamp(&pom(), &stamp())
}

fn pom() -> PathBuf {
    run::root().join("tests/java/pom.xml")
}

fn stamp() -> PathBuf {
    run::target_dir().join("java/installed-pom.xml")
}
