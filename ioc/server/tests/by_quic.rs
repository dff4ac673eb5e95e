//! What is refused over QUIC says so as over HTTP: with its code, its words and what is taken instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::sync::Arc;

use paht_model::wire::exchange::{
    ALPN, Answer, Ask, Field, LENGTH_BYTES, Said, Verb, frame_bytes, from_frame, to_frame,
};
use paht_server::{ServeOptions, serve};
use quinn::crypto::rustls::QuicClientConfig;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};

/// The IOC's certificate is of its own making here.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

fn client() -> quinn::Endpoint {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider);
    let tls = tls.with_safe_default_protocol_versions().unwrap().dangerous();
    let mut tls = tls.with_custom_certificate_verifier(Arc::new(Anybody)).with_no_client_auth();
    tls.alpn_protocols = vec![ALPN.to_vec()];
    let mut endpoint = quinn::Endpoint::client("127.0.0.1:0".parse().unwrap()).unwrap();
    let config = QuicClientConfig::try_from(tls).unwrap();
    endpoint.set_default_client_config(quinn::ClientConfig::new(Arc::new(config)));
    endpoint
}

async fn ask(link: &quinn::Connection, verb: Verb, path: &str) -> (Answer, serde_json::Value) {
    let fields = Field::new("accept-language", "en").into_iter().collect();
    let (mut send, mut receive) = link.open_bi().await.unwrap();
    send.write_all(&to_frame(&Ask { verb, path: path.into(), fields, body_bytes: 0 })).await.unwrap();
    send.finish().unwrap();
    let said = receive.read_to_end(100_000).await.unwrap();
    let (length, rest) = said.split_first_chunk::<LENGTH_BYTES>().unwrap();
    let (frame, body) = rest.split_at(frame_bytes(*length).unwrap());
    let Said::Answer(answer) = from_frame(frame).unwrap() else { panic!("no answer") };
    (answer, serde_json::from_slice(body).unwrap())
}

fn field<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.fields.iter().find(|field| field.name() == Some(name)).map_or("", |field| &field.value)
}

#[tokio::test]
async fn a_refusal_over_quic_is_the_one_of_http() {
    let folder = tempfile::tempdir().unwrap();
    let options = ServeOptions::new(folder.path().join("ioc"), "127.0.0.1:0".parse().unwrap());
    let ioc = serve(options).await.unwrap();
    let link = client().connect(ioc.address(), "ioc.invalid").unwrap().await.unwrap();
    let wrong = [
        (Verb::Get, "/v1/sync", "POST"),
        (Verb::Patch, "/v1/card", "GET,HEAD"),
        (Verb::Post, "/v1/nearby", "GET,HEAD"),
        (Verb::Patch, "/v1/files", "POST,OPTIONS"),
        (Verb::Post, "/v1/files/x", "GET,HEAD,PATCH,OPTIONS"),
        (Verb::Unknown(9), "/v1/sync", "POST"),
    ];
    for (verb, path, takes) in wrong {
        let (answer, document) = ask(&link, verb, path).await;
        assert_eq!((answer.status, &document["code"]), (405, &"request.wrong-method".into()), "{path}");
        assert_eq!(field(&answer, "allow"), takes, "{path}");
        assert_eq!(field(&answer, "content-type"), "application/problem+json");
    }
    for path in ["/v1/desk/cases", "/", "/v1/nothing/here"] {
        let (answer, document) = ask(&link, Verb::Get, path).await;
        assert_eq!((answer.status, &document["code"]), (404, &"request.not-found".into()), "{path}");
        assert_eq!(document["title"], "There is nothing at this address.");
    }
    link.close(0_u32.into(), b"");
    ioc.stop().await.unwrap();
}
