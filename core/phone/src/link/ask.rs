//! Asking the hub for what everybody may read, as JSON.

use http::header::ACCEPT;
use paht_model::fault::Code;

use super::stall::{self, Moved};
use super::{HubLink, LinkFailure, Stale as _, reply};

impl HubLink {
    /// What is at this address, at most so many bytes, as `read` understands it.
    pub(super) async fn ask<T>(
        &self,
        path: &[&str],
        query: &[(&str, String)],
        bytes_max: usize,
        read: fn(&[u8]) -> Option<T>,
    ) -> Result<T, LinkFailure> {
        let moved = Moved::default();
        let asked = async {
            let mut address = self.address(path)?;
            address.query_pairs_mut().extend_pairs(query);
            let sent = self.client().get(address).header(ACCEPT, "application/json").send().await;
            let response = sent.map_err(|error| reply::unsent(&error))?;
            moved.more(1);
            let body = reply::read_json(response, bytes_max, &moved).await?;
            read(&body).ok_or_else(|| Code::LinkGarbled.into())
        };
        let done = stall::watched(self.shared.stall, &moved, asked).await;
        let done = done.unwrap_or(Err(Code::LinkDown.into()));
        if done.is_err_and_stale() {
            self.renew();
        }
        done
    }
}
