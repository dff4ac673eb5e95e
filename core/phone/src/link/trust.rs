//! Whether a certificate is to be trusted when the phone's clock may be years off.
//!
//! The hub's time last heard, carried on by the phone's ticks, is true time. Where it is not known (after a reboot, or
//! before the first word), the wall clock is asked, but never believed to be before the last word or the day this
//! program was built; and a certificate whose key is pinned is not refused for its dates alone.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use paht_engine::ports::Clock;
use paht_model::fault::Code;
use paht_model::ids::Sha256;
use paht_model::time::{HubTimeMark, TrueTime, true_time};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::time_provider::TimeProvider;
use rustls::{
    CertificateError, ClientConfig, ConfigBuilder, DigitallySignedStruct, Error, RootCertStore,
    SignatureScheme, WantsVersions,
};

use crate::clock::built;

/// How often a chain is looked at again, each time at a date that one more of its certificates names.
const DATES_MAX: usize = 4;

/// The best knowledge of true time.
pub(super) struct TrueClock {
    clock: Arc<dyn Clock + Send + Sync>,
    heard: Mutex<Option<HubTimeMark>>,
}

impl std::fmt::Debug for TrueClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrueClock(..)")
    }
}

impl TrueClock {
    pub(super) fn new(clock: Arc<dyn Clock + Send + Sync>) -> Self {
        Self { clock, heard: Mutex::new(None) }
    }

    pub(super) fn heard(&self, mark: Option<HubTimeMark>) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = mark;
    }

    fn now(&self) -> (UnixTime, bool) {
        let reading = self.clock.now();
        let mark = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, known) = match true_time(reading, mark, built()) {
            TrueTime::Known(at) => (at.max(built()), true),
            TrueTime::NotBefore(at) => (at.max(reading.wall), false),
        };
        let millis = u64::try_from(at.millis()).unwrap_or(0);
        (UnixTime::since_unix_epoch(Duration::from_millis(millis)), known)
    }
}

impl TimeProvider for TrueClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(self.now().0)
    }
}

/// TLS as this phone does it.
pub(super) fn config(roots: &[String], pins: &[Sha256], time: &Arc<TrueClock>) -> Result<ClientConfig, Code> {
    let provider = Arc::new(ring::default_provider());
    let chain = chain_verifier(roots, &provider)?;
    let judge = Judge { chain, pins: pins.to_vec(), time: Arc::clone(time) };
    let clock: Arc<dyn TimeProvider> = Arc::<TrueClock>::clone(time);
    let builder = ClientConfig::builder_with_details(Arc::clone(&provider), clock);
    let mut config = verified(builder, Verifier { provider, judge: Some(judge) })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// TLS that trusts whoever answers: for addresses that are plain HTTP, where a network may read and change all the same.
pub(super) fn unguarded() -> Result<ClientConfig, Code> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    verified(builder, Verifier { provider, judge: None })
}

fn verified(
    builder: ConfigBuilder<ClientConfig, WantsVersions>,
    verifier: Verifier,
) -> Result<ClientConfig, Code> {
    let builder = builder.with_safe_default_protocol_versions().map_err(|_| Code::LinkUntrusted)?;
    let verifier = Arc::new(verifier);
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn chain_verifier(
    roots: &[String],
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, Code> {
    let mut store = RootCertStore::empty();
    for pem in roots {
        for root in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let root = root.map_err(|_| Code::LinkUntrusted)?;
            store.add(root).map_err(|_| Code::LinkUntrusted)?;
        }
    }
    if store.is_empty() {
        store.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    }
    WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider))
        .build()
        .map_err(|_| Code::LinkUntrusted)
}

#[derive(Debug)]
struct Judge {
    chain: Arc<WebPkiServerVerifier>,
    pins: Vec<Sha256>,
    time: Arc<TrueClock>,
}

impl Judge {
    fn is_pinned(&self, leaf: &CertificateDer<'_>) -> bool {
        let key = ParsedCertificate::try_from(leaf).ok().map(|cert| cert.subject_public_key_info());
        let key = key.map(|key| Sha256::of(key.as_ref()));
        key.is_some_and(|hash| self.pins.contains(&hash)) || self.pins.contains(&Sha256::of(leaf.as_ref()))
    }

    fn judge(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let check = |at| self.chain.verify_server_cert(leaf, intermediates, name, ocsp, at);
        let mut verified = check(now);
        if self.time.now().1 || !self.is_pinned(leaf) {
            return verified;
        }
        // Everything but the dates still counts: the chain must stand at a date that it names itself.
        for _ in 0..DATES_MAX {
            verified = match verified {
                Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => {
                    check(not_after)
                }
                Err(Error::InvalidCertificate(CertificateError::NotValidYetContext {
                    not_before, ..
                })) => check(not_before),
                judged => return judged,
            };
        }
        verified
    }
}

/// Who answers is judged, or on an address that proves nothing anybody; either must sign the handshake with its key.
#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    judge: Option<Judge>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.judge {
            Some(judge) => judge.judge(leaf, intermediates, name, ocsp, now),
            None => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
