//! A neighbour's phone: reports as files that it can carry, files carried for others, and the receipts on their way back.

use std::path::PathBuf;

use crate::error::PahtError;
use crate::ids::{ReportId, Sha256};
use crate::phone::Phone;
use crate::queue::PartState;
use crate::report::count;
use crate::run;

/// A sealed file that this phone carries for somebody else.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Carried {
    /// Its hash.
    pub hash: Sha256,
    /// Its size, in bytes.
    pub bytes: u64,
    /// The name it came under.
    pub name: String,
    /// Where it stands.
    pub state: PartState,
    /// The file to give back to whom it came from, once the IOC has answered.
    pub receipts: Option<String>,
}

/// What a neighbour's receipts came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Accepted {
    /// Parts that the IOC has, of which this phone did not know it.
    pub delivered: u32,
    /// Parts it will not have; they need the person.
    pub refused: u32,
}

/// What a file from a neighbour was.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum TakenIn {
    /// Reports of theirs, carried along from now on.
    Carried {
        /// The file's hash.
        hash: Sha256,
    },
    /// Receipts for reports of this phone.
    Receipts {
        /// What they came to.
        accepted: Accepted,
    },
}

#[uniffi::export]
impl Phone {
    /// Seals these reports to the IOC (all that are still to be sent, if none is named) in files that a neighbour's phone can
    /// carry: the first under the path given, further ones numbered beside it. `PahtError.Refused` with `BundleEmpty` if
    /// there is nothing to carry, `ReportState` for a report that is held, taken back or was refused.
    pub async fn bundle(&self, ids: Vec<ReportId>, path: String) -> Result<Vec<String>, PahtError> {
        let phone = self.core.clone();
        run::linked(async move {
            let out = PathBuf::from(path);
            let files = phone.bundle(&ids, &out, paht_phone::BUNDLE_FILE_BYTES).await?;
            Ok(files.into_iter().map(|file| file.to_string_lossy().into_owned()).collect())
        })
        .await
    }

    /// Takes a neighbour's file along, whole: it is sent like this phone's own media, after them. `PahtError.Refused` with
    /// `BundleUnreadable` for what is no such file.
    pub async fn carry(&self, path: String) -> Result<Sha256, PahtError> {
        self.on_disk(move |phone| phone.carry(&PathBuf::from(path))).await
    }

    /// What is carried for others, in the order it came.
    pub async fn carried(&self) -> Result<Vec<Carried>, PahtError> {
        let all = self.on_disk(paht_phone::Phone::carried).await?;
        Ok(all.into_iter().map(Carried::of).collect())
    }

    /// Forgets a file that is carried, and its receipts: they were given back, or nobody wants it carried any more.
    pub async fn drop_carried(&self, hash: Sha256) -> Result<(), PahtError> {
        self.on_disk(move |phone| phone.drop_carried(&hash)).await
    }

    /// Takes in the receipts that a neighbour brought back. `PahtError.Refused` with `ReceiptsUnreadable` for anything but
    /// receipts for this phone, signed by its IOC.
    pub async fn accept(&self, path: String) -> Result<Accepted, PahtError> {
        Ok(Accepted::of(self.on_disk(move |phone| phone.accept(&PathBuf::from(path))).await?))
    }

    /// Takes in a file that a neighbour handed over, whichever it is: receipts for this phone, or reports to be carried.
    /// `PahtError.Refused` with `BundleUnreadable` for what is neither, `ReceiptsUnreadable` for receipts that are no good.
    pub async fn take_in(&self, path: String) -> Result<TakenIn, PahtError> {
        let taken = self.on_disk(move |phone| phone.take_in(&PathBuf::from(path))).await?;
        Ok(match taken {
            paht_phone::TakenIn::Carried(hash) => TakenIn::Carried { hash },
            paht_phone::TakenIn::Receipts(done) => TakenIn::Receipts { accepted: Accepted::of(done) },
        })
    }
}

impl Accepted {
    fn of(done: paht_engine::courier::Accepted) -> Self {
        Self { delivered: count(done.delivered), refused: count(done.refused) }
    }
}

impl Carried {
    fn of(carried: paht_phone::Carried) -> Self {
        let receipts = carried.receipts.map(|path| path.to_string_lossy().into_owned());
        let state = PartState::of(carried.delivery, None);
        Self { hash: carried.hash, bytes: carried.bytes, name: carried.name, state, receipts }
    }
}
