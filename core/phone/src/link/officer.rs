//! What an officer's phone says to the hub beside its sync: its enrolment, and what it wants to see.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use paht_model::fault::Code;
use paht_model::limits::{OFFICER_BYTES_MAX, RENDITION_BYTES_MAX};
use paht_model::wire::from_bytes;
use paht_model::wire::officer::{Officer, OfficerCases};
use reqwest::RequestBuilder;

use super::stall::{self, Moved};
use super::{HubLink, LinkFailure, Stale as _, reply};

/// Largest answer to an enrolment, in bytes.
const ENROLLED_BYTES_MAX: usize = 4 * 1_024;
const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";

impl HubLink {
    /// Enrols this phone with an agency's token.
    pub async fn enrol(&self, token: &str, signed: Vec<u8>) -> Result<Officer, LinkFailure> {
        let request = self.client().post(self.address(&["v1", "desk", "officers"])?);
        let request = request.header(AUTHORIZATION, format!("Bearer {token}")).header(ACCEPT, JSON);
        let body = self.answered(request, signed, JSON, ENROLLED_BYTES_MAX).await?;
        serde_json::from_slice(&body).map_err(|_| Code::LinkGarbled.into())
    }

    /// The agency's cases, asked for with signed bytes.
    pub async fn officer_cases(&self, signed: Vec<u8>) -> Result<OfficerCases, LinkFailure> {
        let request = self.client().post(self.address(&["v1", "officer"])?).header(ACCEPT, CBOR);
        let body = self.answered(request, signed, CBOR, OFFICER_BYTES_MAX).await?;
        from_bytes(&body, "officer's cases").map_err(|_| Code::LinkGarbled.into())
    }

    /// A picture of a case, asked for with signed bytes.
    pub async fn case_picture(&self, signed: Vec<u8>) -> Result<Vec<u8>, LinkFailure> {
        let request = self.client().post(self.address(&["v1", "officer"])?).header(ACCEPT, "image/*");
        let bytes_max = usize::try_from(RENDITION_BYTES_MAX).unwrap_or(usize::MAX);
        self.answered(request, signed, "image/", bytes_max).await
    }

    /// What the hub answers to these signed bytes: of this media type, and no larger than this.
    async fn answered(
        &self,
        request: RequestBuilder,
        signed: Vec<u8>,
        media_type: &str,
        bytes_max: usize,
    ) -> Result<Vec<u8>, LinkFailure> {
        let moved = Moved::default();
        let asked = async {
            let sent = request.header(CONTENT_TYPE, CBOR).body(signed).send().await;
            let response = sent.map_err(|error| reply::unsent(&error))?;
            moved.more(1);
            reply::read_body(response, media_type, bytes_max, &moved).await
        };
        let done = stall::watched(self.shared.stall, &moved, asked).await;
        let done = done.unwrap_or(Err(Code::LinkDown.into()));
        if done.is_err_and_stale() {
            self.renew();
        }
        done
    }
}
