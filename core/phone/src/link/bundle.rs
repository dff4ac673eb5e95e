//! Asking the hub for the receipts of a bundle that it has.

use http::header::ACCEPT;
use paht_model::fault::Code;
use paht_model::ids::Sha256;

use super::stall::{self, Moved};
use super::{HubLink, LinkFailure, reply};

/// Largest answer that is read, in bytes: receipts of some thousand parts.
const RECEIPTS_BYTES_MAX: usize = 1_048_576;
/// What is sealed.
const SEALED: &str = "application/age";

impl HubLink {
    /// The receipts, sealed to the phone that made the bundle. [`Code::BundleIncomplete`] while the hub waits for others of
    /// its files.
    pub async fn receipts(&self, bundle: &Sha256) -> Result<Vec<u8>, LinkFailure> {
        let moved = Moved::default();
        let asked = async {
            let address = self.address(&["v1", "bundles", &bundle.to_string()])?;
            let sent = self.client().get(address).header(ACCEPT, SEALED).send().await;
            let response = sent.map_err(|error| reply::unsent(&error))?;
            moved.more(1);
            reply::read_body(response, SEALED, RECEIPTS_BYTES_MAX, &moved).await
        };
        stall::watched(self.shared.stall, &moved, asked).await.unwrap_or(Err(Code::LinkDown.into()))
    }
}
