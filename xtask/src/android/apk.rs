//! From what Maven left to a signed APK: classes to dex, libraries beside them, aligned, signed, verified.
//!
//! The key is made on the spot and worth nothing: it shows that the APK can be signed, not who made it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::run;

const MIN_SDK: &str = "26";
const KEY_PASSWORD: &str = "pass:android";
/// Android's processors, and the folders that the libraries for them lie in.
const PROCESSORS: [&str; 3] = ["arm64-v8a", "armeabi-v7a", "x86_64"];
/// Where `cargo ndk` puts the core's library, a folder for each processor. Left out where there is none.
const CORE_LIBRARIES: &str = "android/kit/build/rust";

/// Makes `out/paht-debug.apk` of what `mvn package` left below `modules`, and prints its sizes in bytes.
///
/// # Errors
/// When a tool fails, or the APK does not verify as what it should be.
pub(super) fn build(modules: &Path, out: &Path) -> Result<()> {
    let staging = out.join("apk");
    let _ = std::fs::remove_dir_all(&staging);
    std::fs::create_dir_all(&staging)?;
    let parts = modules.join("app/target");

    to_dex(&parts, &staging)?;
    native_libraries(&parts.join("apk/tools/jna.aar"), &staging)?;
    let bare = staging.join("bare.apk");
    std::fs::copy(parts.join("res/app-res.apk"), &bare).context("Maven left no resources")?;
    add(&bare, &staging)?;

    let (aligned, apk) = (staging.join("aligned.apk"), out.join("paht-debug.apk"));
    run::shown(Command::new("zipalign").args(["-f", "-p", "4"]).arg(&bare).arg(&aligned))?;
    sign(&aligned, &apk, &out.join("debug.jks"))?;
    verify(&apk)?;
    print_sizes(&staging, &apk)
}

fn to_dex(parts: &Path, staging: &Path) -> Result<()> {
    let tools = parts.join("apk/tools");
    let mut d8 = Command::new("java");
    d8.arg("-cp").arg(tools.join("r8.jar")).args([
        "com.android.tools.r8.D8",
        "--release",
        "--min-api",
        MIN_SDK,
    ]);
    d8.arg("--lib").arg(tools.join("android-all.jar")).arg("--lib").arg(java_home()?);
    d8.arg("--output").arg(staging).args(jars(parts)?);
    run::shown(&mut d8)
}

/// The app, the kit, and the libraries of both.
fn jars(parts: &Path) -> Result<Vec<PathBuf>> {
    let mut jars = Vec::new();
    for folder in [parts.to_path_buf(), parts.join("apk/libraries")] {
        for entry in folder.read_dir().with_context(|| format!("Maven left no {}", folder.display()))? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "jar") {
                jars.push(path);
            }
        }
    }
    jars.sort();
    Ok(jars)
}

/// D8 resolves Java's own classes in the JDK.
fn java_home() -> Result<PathBuf> {
    let output = Command::new("java").args(["-XshowSettings:properties", "-version"]).output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let home = said.lines().find_map(|line| line.trim().strip_prefix("java.home = "));
    home.map(PathBuf::from).context("java names no java.home")
}

/// JNA's half for each processor, and the core's where it was built.
fn native_libraries(jna: &Path, staging: &Path) -> Result<()> {
    for processor in PROCESSORS {
        let folder = staging.join("lib").join(processor);
        std::fs::create_dir_all(&folder)?;
        let inside = format!("jni/{processor}/libjnidispatch.so");
        let library = folder.join("libjnidispatch.so");
        std::fs::rename(extract(jna, &inside, staging)?, library)?;
        let built = run::root().join(CORE_LIBRARIES).join(processor).join("libpaht_bindings.so");
        if built.is_file() {
            std::fs::copy(&built, folder.join("libpaht_bindings.so"))?;
        }
    }
    Ok(())
}

/// Takes one entry out of an archive, below `folder`, for that is where `jar` writes.
fn extract(archive: &Path, inside: &str, folder: &Path) -> Result<PathBuf> {
    let mut jar = Command::new("jar");
    let status = jar.args(["--extract", "--file"]).arg(archive).arg(inside).current_dir(folder).status()?;
    ensure!(status.success(), "`jar` ended with {status}");
    Ok(folder.join(inside))
}

/// Adds dex and libraries, the libraries unpacked, as the loader maps them from where they lie.
fn add(apk: &Path, staging: &Path) -> Result<()> {
    let dexes = dexes(staging)?;
    ensure!(!dexes.is_empty(), "D8 made no classes.dex");
    for (flags, what) in [("-uMf", dexes), ("-uM0f", vec![staging.join("lib")])] {
        let mut jar = Command::new("jar");
        jar.arg(flags).arg(apk);
        for name in what.iter().filter_map(|path| path.file_name()) {
            jar.arg("-C").arg(staging).arg(name);
        }
        run::shown(&mut jar)?;
    }
    Ok(())
}

fn dexes(staging: &Path) -> Result<Vec<PathBuf>> {
    let paths = std::fs::read_dir(staging)?.map(|entry| entry.map(|it| it.path()));
    let mut dexes = paths.collect::<std::io::Result<Vec<_>>>()?;
    dexes.retain(|path| path.extension().is_some_and(|it| it == "dex"));
    dexes.sort();
    Ok(dexes)
}

fn sign(aligned: &Path, apk: &Path, key: &Path) -> Result<()> {
    if !key.is_file() {
        let mut keytool = Command::new("keytool");
        keytool.args([
            "-genkeypair",
            "-alias",
            "debug",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "365",
        ]);
        keytool.args(["-dname", "CN=debug", "-storepass:env", "PAHT_KEY", "-keystore"]).arg(key);
        run::shown(
            keytool
                .env("PAHT_KEY", KEY_PASSWORD.trim_start_matches("pass:"))
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
    }
    let mut apksigner = Command::new("apksigner");
    apksigner.args(["sign", "--ks-pass", KEY_PASSWORD, "--ks"]).arg(key).arg("--out").arg(apk).arg(aligned);
    run::shown(&mut apksigner)
}

/// The signature holds, the classes are there, and the badge says which app and which Androids it is for.
fn verify(apk: &Path) -> Result<()> {
    run::shown(Command::new("apksigner").args(["verify", "--min-sdk-version", MIN_SDK]).arg(apk))?;
    run::shown(Command::new("zipalign").args(["-c", "-p", "4"]).arg(apk))?;
    let badge = said(Command::new("aapt").args(["dump", "badging"]).arg(apk))?;
    for claim in
        ["package: name='vn.paht.app'", "sdkVersion:'26'", "targetSdkVersion:'35'", "launchable-activity"]
    {
        ensure!(badge.contains(claim), "the APK does not say {claim}");
    }
    let classes = said(Command::new("dexdump").arg(apk))?;
    for class in
        ["Lvn/paht/app/MainActivity;", "Lvn/paht/kit/background/SyncJobService;", "Lvn/paht/core/Phone;"]
    {
        ensure!(classes.contains(class), "the APK lacks {class}");
    }
    Ok(())
}

fn said(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start `{}`", run::spoken(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", run::spoken(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn print_sizes(staging: &Path, apk: &Path) -> Result<()> {
    let size = |path: &Path| std::fs::metadata(path).map(|it| it.len());
    let dex = dexes(staging)?.iter().map(|path| size(path)).sum::<std::io::Result<u64>>()?;
    println!("apk: {} bytes; of it unpacked: dex {dex}", size(apk)?);
    for processor in PROCESSORS {
        for library in std::fs::read_dir(staging.join("lib").join(processor))? {
            let path = library?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            println!("     {processor}/{name} {}", size(&path)?);
        }
    }
    Ok(())
}
