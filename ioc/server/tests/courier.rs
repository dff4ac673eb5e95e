//! Bundles as neighbours' phones bring them: whole or not at all, in several files, and receipts that their maker alone opens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use std::io::{Read as _, Write as _};

use age::x25519::{Identity, Recipient};
use axum::body::Body;
use paht_model::bundle::{Bundle, Piece, Receipts, part};
use paht_model::command::SignedCommand;
use paht_model::ids::{Sha256, TenantId};
use paht_model::receipt::Receipt;
use paht_model::tenant::TenantCard;
use paht_model::wire::sync::{PartName, Transfer};
use paht_model::wire::{Blob, to_bytes};
use world::{Answer, HOUR, Ioc, Phone};

fn seal(recipient: &str, bytes: &[u8]) -> Vec<u8> {
    let recipient: Recipient = recipient.parse().unwrap();
    let mut sealed = Vec::new();
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let mut writer = age::Encryptor::with_recipients(recipients).unwrap().wrap_output(&mut sealed).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap();
    sealed
}

fn open(own: &Identity, sealed: &[u8]) -> Option<Vec<u8>> {
    let reader =
        age::Decryptor::new(sealed).ok()?.decrypt(std::iter::once(own as &dyn age::Identity)).ok()?;
    let mut plain = Vec::new();
    { reader }.read_to_end(&mut plain).ok()?;
    Some(plain)
}

impl Ioc {
    async fn card(&self) -> TenantCard {
        TenantCard::open(&self.get("/v1/card").await.body, &[]).unwrap()
    }

    /// A bundle as a phone seals it.
    async fn sealed(&self, own: &Identity, commands: &[&SignedCommand], pieces: Vec<Piece>) -> Vec<u8> {
        let bundle = Bundle {
            tenant: TenantId::parse("hue").unwrap(),
            reply_to: own.to_public().to_string(),
            commands: commands.iter().map(|signed| Blob(signed.bytes.clone())).collect(),
            pieces,
        };
        seal(&self.card().await.sealing[0], &to_bytes(&bundle))
    }

    async fn brought(&self, sealed: &[u8]) -> Answer {
        self.upload(name(sealed), sealed).await
    }

    async fn receipts(&self, sealed: &[u8]) -> Answer {
        self.get(&format!("/v1/bundles/{}", Sha256::of(sealed))).await
    }
}

fn name(sealed: &[u8]) -> PartName {
    part(Sha256::of(sealed), sealed.len() as u64)
}

fn piece(phone: &Phone, photo: &[u8], from: usize, to: usize) -> Piece {
    let part = PartName { report: phone.report_id(1), hash: Sha256::of(photo) };
    Piece { part, offset_bytes: from as u64, bytes: Blob(photo[from..to].to_vec()) }
}

/// Names of everything below the media folder.
fn media(ioc: &Ioc) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![ioc.dir.path().join("media")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

#[tokio::test]
async fn a_bundle_makes_its_case_and_its_maker_alone_opens_the_receipts() {
    let (ioc, phone, neighbour) = (Ioc::new(), Phone::new(1), Phone::new(2));
    let (own, photo) = (Identity::generate(), b"the photo".as_slice());
    let command = phone.report(1, "Sạt lở chắn đường", &[photo]);
    let sealed = ioc.sealed(&own, &[&command], vec![piece(&phone, photo, 0, photo.len())]).await;
    ioc.receipts(&sealed).await.is_problem(404, "request.not-found");
    let answer = ioc.brought(&sealed).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert!(!answer.header("paht-receipt").is_empty(), "whoever carried it hears that it is here");
    let told = ioc.receipts(&sealed).await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "application/age"));
    assert!(open(&Identity::generate(), &told.body).is_none());
    let keys = ioc.card().await.trusted_keys();
    let receipts = Receipts::verify(&open(&own, &told.body).unwrap(), &keys).unwrap();
    let read: Vec<_> =
        receipts.receipts.iter().map(|bytes| Receipt::verify(&bytes.0, &keys).unwrap()).collect();
    assert_eq!(read.iter().map(|it| it.hash).collect::<Vec<_>>(), [command.hash, Sha256::of(photo)]);
    // The sealed file has done its work; a second neighbour need not send it.
    assert_eq!(media(&ioc), [Sha256::of(photo).to_string()]);
    let again = ioc.sync(&neighbour, &[], &[name(&sealed)]).await;
    assert!(matches!(again.transfers[0], Transfer::Complete { .. }));
    let operator = ioc.token("operator", None);
    let code = read[0].case.as_ref().unwrap().to_string();
    let case = ioc.desk(&operator, "GET", &format!("/v1/desk/cases/{code}"), Body::empty()).await.json();
    assert_eq!(case["carriers"], serde_json::json!(["courier"]));
    // A landslide is urgent: it was dispatched at once, and is public.
    assert_eq!(case["stage"], "dispatched");
    let page = ioc.call("GET", &format!("/c/{code}"), &[("accept-language", "en")], Body::empty()).await;
    assert!(page.text().contains("came with somebody else"), "{}", page.text());
}

#[tokio::test]
async fn a_tampered_or_cut_or_foreign_bundle_leaves_nothing() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let command = phone.report(1, "Sạt lở chắn đường", &[]);
    let sealed = ioc.sealed(&Identity::generate(), &[&command], Vec::new()).await;
    let mut flipped = sealed.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let cut = &sealed[..sealed.len() - 1];
    let foreign = seal(&Identity::generate().to_public().to_string(), b"\xA0");
    let nonsense = seal(&ioc.card().await.sealing[0], b"nonsense");
    for bad in [&flipped[..], cut, &foreign, &nonsense, b"no age file"] {
        ioc.brought(bad).await.is_problem(422, "bundle.unreadable");
        ioc.receipts(bad).await.is_problem(404, "request.not-found");
    }
    assert_eq!(media(&ioc), Vec::<String>::new());
    let cases = ioc.get("/v1/cases").await.json();
    assert_eq!(cases["cases"].as_array().map(Vec::len), Some(0), "{cases}");
    assert_eq!(ioc.brought(&sealed).await.status, 204, "the true one still comes");
    ioc.create(part(Sha256::of(b"x"), 32_000_001), 32_000_001).await.is_problem(413, "body.too-large");
}

#[tokio::test]
async fn files_of_one_bundle_wait_for_each_other_across_a_restart() {
    let (mut ioc, phone) = (Ioc::new(), Phone::new(1));
    let (own, photo) = (Identity::generate(), b"the photo of a landslide".as_slice());
    let command = phone.report(1, "Sạt lở chắn đường", &[photo]);
    let mut files = Vec::new();
    for (from, to) in [(0, 9), (9, 20), (20, photo.len())] {
        files.push(ioc.sealed(&own, &[&command], vec![piece(&phone, photo, from, to)]).await);
    }
    assert_eq!(ioc.brought(&files[2]).await.status, 204);
    ioc.receipts(&files[2]).await.is_problem(409, "bundle.incomplete");
    let dir = std::mem::replace(&mut ioc.dir, tempfile::tempdir().unwrap());
    drop(ioc);
    let ioc = Ioc::in_folder(dir);
    assert_eq!(ioc.brought(&files[1]).await.status, 204);
    ioc.receipts(&files[1]).await.is_problem(409, "bundle.incomplete");
    assert_eq!(ioc.brought(&files[0]).await.status, 204);
    let keys = ioc.card().await.trusted_keys();
    for file in &files {
        let signed = open(&own, &ioc.receipts(file).await.body).unwrap();
        assert_eq!(Receipts::verify(&signed, &keys).unwrap().receipts.len(), 2);
    }
    assert_eq!(media(&ioc), [Sha256::of(photo).to_string()]);
}

#[tokio::test]
async fn a_bundle_is_taken_up_again_at_the_byte_where_it_was_cut() {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    let command = phone.report(1, "Sạt lở chắn đường", &[]);
    let sealed = ioc.sealed(&Identity::generate(), &[&command], Vec::new()).await;
    let created = ioc.create(name(&sealed), sealed.len() as u64).await;
    let path = created.header("location").to_owned();
    assert_eq!(ioc.patch(&path, 0, sealed[..100].to_vec()).await.status, 204);
    ioc.pass(HOUR);
    assert_eq!(ioc.held(&path).await, 100);
    let done = ioc.patch(&path, 100, sealed[100..].to_vec()).await;
    assert_eq!((done.status.as_u16(), done.header("paht-receipt").is_empty()), (204, false));
}
