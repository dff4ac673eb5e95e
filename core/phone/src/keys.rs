//! The phone's signing key in a file, where no secure hardware keeps it.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use paht_engine::ports::{Entropy, StoreFault};
use paht_model::fault::Code;
use paht_model::wire::envelope::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES, Sign, SoftwareKey};

use crate::media::{Disk, fault};

/// The key's name in the phone's folder.
const FILE: &str = "phone.key";

/// A signing key kept in the phone's folder, readable to its owner alone.
#[derive(Clone)]
pub struct FileKey(SoftwareKey);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(..)")
    }
}

impl FileKey {
    /// Reads the key, or makes one. A file that holds no key is moved aside: commands are signed when they are made, so
    /// a lost key strands none of them.
    pub fn open(home: &Path, disk: &dyn Disk, entropy: &dyn Entropy) -> Result<Self, StoreFault> {
        let path = home.join(FILE);
        match read(&path, disk) {
            Ok(Some(key)) => return Ok(Self(key)),
            Ok(None) => {}
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                tracing::error!("the phone's key is damaged: a new one is made");
                disk.rename(&path, &free_name(home, disk)).map_err(|error| fault(&error))?;
            }
            Err(error) => return Err(fault(&error)),
        }
        make(home, &path, disk, entropy).map(Self).map_err(|error| fault(&error))
    }
}

fn read(path: &Path, disk: &dyn Disk) -> io::Result<Option<SoftwareKey>> {
    if disk.len(path)?.is_none() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    disk.open(path)?.take(64).read_to_end(&mut bytes)?;
    let secret: Option<[u8; 32]> = bytes.try_into().ok();
    let key = secret.and_then(|secret| SoftwareKey::from_secret(&secret));
    key.map(Some).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

fn make(home: &Path, path: &Path, disk: &dyn Disk, entropy: &dyn Entropy) -> io::Result<SoftwareKey> {
    let mut secret = [0; 32];
    let key = loop {
        entropy.fill(&mut secret);
        // One draw in 2³² or fewer is no scalar of the curve.
        if let Some(key) = SoftwareKey::from_secret(&secret) {
            break key;
        }
    };
    let temporary = home.join("phone.key.tmp");
    let mut file = disk.create(&temporary)?;
    file.write_all(&secret)?;
    file.sync()?;
    drop(file);
    disk.rename(&temporary, path)?;
    disk.sync_dir(home)?;
    Ok(key)
}

fn free_name(home: &Path, disk: &dyn Disk) -> PathBuf {
    let named = |n: u32| home.join(format!("{FILE}.damaged-{n}"));
    let free = (1..u32::MAX).map(named).find(|path| matches!(disk.len(path), Ok(None)));
    free.unwrap_or_else(|| named(u32::MAX))
}

impl Sign for FileKey {
    type Error = Code;

    fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
        self.0.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE_BYTES], Code> {
        self.0.sign(message).map_err(|never| match never {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;
    use crate::media::RealDisk;

    #[test]
    fn the_key_is_the_same_every_time_and_its_owners_alone() {
        let home = tempfile::tempdir().unwrap();
        let first = FileKey::open(home.path(), &RealDisk, &SystemEntropy).unwrap();
        let second = FileKey::open(home.path(), &RealDisk, &SystemEntropy).unwrap();
        assert_eq!(first.public_key(), second.public_key());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(home.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_is_moved_aside_and_never_stops_the_phone() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(FILE), b"short").unwrap();
        FileKey::open(home.path(), &RealDisk, &SystemEntropy).unwrap();
        assert_eq!(std::fs::read(home.path().join("phone.key.damaged-1")).unwrap(), b"short");
    }
}
