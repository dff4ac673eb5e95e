//! tus: resumable at the byte, one writer at a time, nothing kept that was not declared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod world;

use axum::body::Body;
use base64::Engine as _;
use bytes::Bytes;
use futures_util::stream;
use paht_model::receipt::Receipt;
use paht_model::tenant::TenantCard;
use paht_model::wire::sync::PartName;
use tokio::sync::{mpsc, oneshot};
use tower::ServiceExt as _;
use world::{Ioc, Phone, jpeg, metadata};

type Piece = Result<Bytes, std::io::Error>;

/// An IOC that knows a report with one photo, the photo's part, and the address to upload it to.
async fn expecting(photo: &[u8]) -> (Ioc, PartName, String) {
    let (ioc, phone) = (Ioc::new(), Phone::new(1));
    ioc.hand_in(&phone, &phone.report(1, "x", &[photo])).await;
    let part = phone.part(1, photo);
    let created = ioc.create(part, photo.len() as u64).await;
    assert_eq!((created.status.as_u16(), created.header("upload-offset")), (201, "0"));
    let address = created.header("location").to_owned();
    (ioc, part, address)
}

/// A body that a test feeds piece by piece; it tells when it is first read.
fn fed() -> (mpsc::UnboundedSender<Piece>, oneshot::Receiver<()>, Body) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let (reading, is_read) = oneshot::channel();
    let pieces = stream::unfold((receiver, Some(reading)), async |(mut receiver, reading)| {
        if let Some(reading) = reading {
            reading.send(()).ok();
        }
        receiver.recv().await.map(|piece| (piece, (receiver, None)))
    });
    (sender, is_read, Body::from_stream(pieces))
}

/// A PATCH on a task of its own, as a server runs it.
fn patching(ioc: &Ioc, address: &str, offset: u64, body: Body) -> tokio::task::JoinHandle<u16> {
    let request = http::Request::patch(address)
        .header("tus-resumable", "1.0.0")
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream");
    let answer = ioc.router.clone().oneshot(request.body(body).unwrap());
    tokio::spawn(async move { answer.await.unwrap().status().as_u16() })
}

fn broken() -> Piece {
    Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
}

#[tokio::test]
async fn a_photo_in_two_pieces_gets_a_receipt_for_its_hash() {
    let photo = jpeg(1, &[7; 5_000]);
    let (ioc, part, address) = expecting(&photo).await;
    let first = ioc.patch(&address, 0, photo[..3_000].to_vec()).await;
    assert_eq!((first.status.as_u16(), first.header("upload-offset")), (204, "3000"));
    assert_eq!(first.header("paht-receipt"), "");
    let last = ioc.patch(&address, 3_000, photo[3_000..].to_vec()).await;
    assert_eq!((last.status.as_u16(), last.header("upload-offset")), (204, photo.len().to_string().as_str()));
    let receipt = base64::engine::general_purpose::STANDARD.decode(last.header("paht-receipt")).unwrap();
    let card = TenantCard::open(&ioc.get("/v1/card").await.body, &[]).unwrap();
    assert_eq!(Receipt::verify(&receipt, &card.trusted_keys()).unwrap().hash, part.hash);
    assert_ne!(last.header("paht-held"), "", "and the digest of all that is held for this phone");
    let again = ioc.patch(&address, photo.len() as u64, Body::empty()).await;
    assert_eq!(again.header("paht-receipt"), last.header("paht-receipt"), "a lost answer can be had again");
    let created = ioc.create(part, photo.len() as u64).await;
    assert_eq!(
        (created.header("location"), created.header("upload-offset")),
        (address.as_str(), last.header("upload-offset"))
    );
}

#[tokio::test]
async fn every_byte_of_a_broken_request_is_kept() {
    let photo = jpeg(1, &[7; 5_000]);
    let (ioc, _, address) = expecting(&photo).await;
    let mut pieces: Vec<Piece> =
        photo[..2_345].chunks(100).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    pieces.push(broken());
    let body = Body::from_stream(stream::iter(pieces));
    let answer = ioc.patch(&address, 0, body).await;
    answer.is_problem(400, "request.malformed");
    assert_eq!(ioc.held(&address).await, 2_345);
    let rest = ioc.patch(&address, 2_345, photo[2_345..].to_vec()).await;
    assert_ne!(rest.header("paht-receipt"), "");
}

#[tokio::test]
async fn a_handler_that_is_dropped_still_writes_what_had_arrived() {
    let photo = jpeg(1, &[7; 5_000]);
    let (ioc, _, address) = expecting(&photo).await;
    let (sender, is_read, body) = fed();
    let handler = patching(&ioc, &address, 0, body);
    is_read.await.unwrap();
    // As a server does when the connection goes; what it had received is still in the body.
    handler.abort();
    assert!(handler.await.unwrap_err().is_cancelled());
    for piece in photo[..1_000].chunks(250) {
        sender.send(Ok(Bytes::copy_from_slice(piece))).unwrap();
    }
    sender.send(broken()).unwrap();
    sender.closed().await;
    assert_eq!(ioc.held(&address).await, 1_000);
}

#[tokio::test]
async fn who_follows_an_upload_does_not_stop_it() {
    let photo = jpeg(1, &[7; 5_000]);
    let (ioc, _, address) = expecting(&photo).await;
    let (sender, is_read, body) = fed();
    let writing = patching(&ioc, &address, 0, body);
    is_read.await.unwrap();
    sender.send(Ok(Bytes::copy_from_slice(&photo[..1_000]))).unwrap();
    let told = loop {
        let followed = ioc.followed(&address).await;
        assert_eq!((followed.status.as_u16(), followed.header("cache-control")), (204, "no-store"));
        match followed.header("upload-offset") {
            "0" => tokio::task::yield_now().await,
            told => break told.to_owned(),
        }
    };
    assert_eq!(told, "1000");
    sender.send(Ok(Bytes::copy_from_slice(&photo[1_000..]))).unwrap();
    drop(sender);
    assert_eq!(writing.await.unwrap(), 204, "it went on to its end");
    assert_eq!(ioc.followed(&address).await.header("upload-offset"), photo.len().to_string());
    ioc.get(&address).await.is_problem(412, "upload.protocol");
}

#[tokio::test]
async fn a_newer_request_takes_over_from_a_half_open_one() {
    let photo = jpeg(1, &[7; 5_000]);
    let (ioc, _, address) = expecting(&photo).await;
    ioc.patch(&address, 0, photo[..1_000].to_vec()).await;
    let (sender, is_read, body) = fed();
    let older = patching(&ioc, &address, 1_000, body);
    is_read.await.unwrap();
    let newer = ioc.patch(&address, 1_000, photo[1_000..].to_vec()).await;
    assert_ne!(newer.header("paht-receipt"), "", "{}", newer.text());
    assert_eq!(older.await.unwrap(), 409);
    sender.closed().await;
}

#[tokio::test]
async fn asking_for_the_offset_ends_a_half_open_request() {
    let photo = jpeg(1, &[7; 5_000]);
    let (ioc, _, address) = expecting(&photo).await;
    let (sender, is_read, body) = fed();
    let older = patching(&ioc, &address, 0, body);
    is_read.await.unwrap();
    assert_eq!(ioc.held(&address).await, 0);
    assert_eq!(older.await.unwrap(), 409);
    assert!(sender.is_closed());
}

#[tokio::test]
async fn an_offset_behind_what_is_held_is_a_conflict_and_writes_nothing() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, _, address) = expecting(&photo).await;
    ioc.patch(&address, 0, photo[..100].to_vec()).await;
    for offset in [101, 10_000] {
        let answer = ioc.patch(&address, offset, vec![9; 10]).await;
        answer.is_problem(409, "upload.offset-conflict");
        assert_eq!(answer.header("upload-offset"), "100");
    }
    assert_eq!(ioc.held(&address).await, 100);
}

#[tokio::test]
async fn what_is_held_is_passed_over_when_it_comes_again() {
    let photo = jpeg(1, &[7; 500]);
    let whole = photo.len();
    let (ioc, part, address) = expecting(&photo).await;
    ioc.patch(&address, 0, photo[..300].to_vec()).await;
    assert_eq!(ioc.create(part, whole as u64).await.header("upload-offset"), "300", "created again");
    // A client that counts by itself is told where its own body ended, and what is held stays.
    for (from, to) in [(0, 100), (100, 299), (200, 300), (300, 300), (0, 0)] {
        let answer = ioc.patch(&address, from as u64, photo[from..to].to_vec()).await;
        assert_eq!((answer.status.as_u16(), answer.header("upload-offset")), (204, to.to_string().as_str()));
        assert_eq!(answer.header("paht-receipt"), "");
        assert_eq!(ioc.held(&address).await, 300);
    }
    let over = ioc.patch(&address, 250, photo[250..400].to_vec()).await;
    assert_eq!((over.status.as_u16(), over.header("upload-offset")), (204, "400"));
    let small: Vec<Piece> = photo.chunks(7).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let last = ioc.patch(&address, 0, Body::from_stream(stream::iter(small))).await;
    assert_eq!((last.status.as_u16(), last.header("upload-offset")), (204, whole.to_string().as_str()));
    assert_ne!(last.header("paht-receipt"), "", "no length was declared, and it is whole");
    assert_eq!(ioc.create(part, whole as u64).await.header("upload-offset"), whole.to_string());
    for (from, to) in [(0, 100), (100, whole), (0, whole), (whole, whole)] {
        let again = ioc.patch(&address, from as u64, photo[from..to].to_vec()).await;
        assert_eq!((again.status.as_u16(), again.header("upload-offset")), (204, to.to_string().as_str()));
        assert_eq!(again.header("paht-receipt"), last.header("paht-receipt"), "it is whole, and stays so");
    }
    ioc.patch(&address, 0, [&photo[..], &[1]].concat()).await.is_problem(422, "upload.wrong-length");
}

#[tokio::test]
async fn a_request_that_breaks_while_it_repeats_takes_nothing_away() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, _, address) = expecting(&photo).await;
    ioc.patch(&address, 0, photo[..300].to_vec()).await;
    for upto in [100, 400] {
        let pieces = [Ok(Bytes::copy_from_slice(&photo[..upto])), broken()];
        let answer = ioc.patch(&address, 0, Body::from_stream(stream::iter(pieces))).await;
        answer.is_problem(400, "request.malformed");
        let held = upto.max(300);
        assert_eq!(answer.header("upload-offset"), held.to_string());
        assert_eq!(ioc.held(&address).await, held as u64);
    }
}

#[tokio::test]
async fn of_other_bytes_the_hash_of_the_whole_tells() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, _, address) = expecting(&photo).await;
    ioc.patch(&address, 0, vec![9; 100]).await;
    ioc.patch(&address, 0, photo.clone()).await.is_problem(460, "upload.wrong-hash");
    assert_eq!(ioc.held(&address).await, 0);
    assert_ne!(ioc.patch(&address, 0, photo).await.header("paht-receipt"), "");
}

#[tokio::test]
async fn wrong_bytes_are_thrown_away() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, _, address) = expecting(&photo).await;
    let wrong = vec![9; photo.len()];
    ioc.patch(&address, 0, wrong).await.is_problem(460, "upload.wrong-hash");
    assert_eq!(ioc.held(&address).await, 0);
    assert_ne!(ioc.patch(&address, 0, photo).await.header("paht-receipt"), "");
}

#[tokio::test]
async fn nothing_is_written_past_the_declared_length() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, _, address) = expecting(&photo).await;
    let long = [photo.clone(), vec![1]].concat();
    ioc.patch(&address, 0, long.clone()).await.is_problem(422, "upload.wrong-length");
    let pieces: Vec<Piece> = long.chunks(100).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let undeclared = Body::from_stream(stream::iter(pieces));
    ioc.patch(&address, 0, undeclared).await.is_problem(422, "upload.wrong-length");
    assert!(ioc.held(&address).await <= photo.len() as u64);
}

#[tokio::test]
async fn only_declared_parts_of_the_declared_length_are_created() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, part, _) = expecting(&photo).await;
    let stranger = Phone::new(2).part(1, &photo);
    ioc.create(stranger, photo.len() as u64).await.is_problem(422, "upload.undeclared");
    let other = Phone::new(1).part(1, b"other");
    ioc.create(other, 5).await.is_problem(422, "upload.undeclared");
    ioc.create(part, 5).await.is_problem(422, "upload.wrong-length");
    let session = paht_hub::upload::session(&other);
    ioc.patch(&format!("/v1/files/{session}"), 0, vec![1]).await.is_problem(404, "upload.undeclared");
    let staged = ioc.dir.path().join("media/staged").read_dir().unwrap().count();
    assert_eq!(staged, 0, "nothing was stored");
}

#[tokio::test]
async fn tricks_in_names_find_nothing() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, part, address) = expecting(&photo).await;
    let session = paht_hub::upload::session(&part);
    let upper = session.to_uppercase();
    let tricks = [
        "..",
        ".",
        "%2e%2e",
        "..%2f..%2fkeys%2fhub.key",
        "%00",
        "....//",
        "%5c..%5chub.key",
        "a%2Fb",
        &upper,
        &format!("{session}%00"),
        &format!("{session}%2f..%2f..%2fx"),
        &format!("{session}."),
        "%ff%fe",
    ];
    for trick in tricks {
        let answer = ioc.patch(&format!("/v1/files/{trick}"), 0, photo.clone()).await;
        assert!(answer.status == 404 || answer.status == 400, "{trick}: {}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{trick}");
    }
    let evil = PartName { hash: part.hash, ..part };
    let bad = metadata(evil).replace("report ", "report Li4vLi4v,x ");
    let headers = [("tus-resumable", "1.0.0"), ("upload-length", "1"), ("upload-metadata", bad.as_str())];
    ioc.call("POST", "/v1/files", &headers, Body::empty()).await.is_problem(400, "request.malformed");
    assert_eq!(ioc.held(&address).await, 0);
}

#[tokio::test]
async fn the_protocols_own_rules_hold() {
    let photo = jpeg(1, &[7; 500]);
    let (ioc, _, address) = expecting(&photo).await;
    let options = ioc.call("OPTIONS", "/v1/files", &[], Body::empty()).await;
    assert_eq!((options.status.as_u16(), options.header("tus-version")), (204, "1.0.0"));
    assert_eq!(options.header("tus-extension"), "creation");
    let old = ioc.call("PATCH", &address, &[("tus-resumable", "0.2.2")], Body::empty()).await;
    old.is_problem(412, "upload.protocol");
    assert_eq!((old.header("tus-version"), old.header("tus-resumable")), ("1.0.0", "1.0.0"));
    let head = ioc.call("HEAD", &address, &[("tus-resumable", "1.0.0")], Body::empty()).await;
    assert_eq!(
        (head.header("cache-control"), head.header("upload-length")),
        ("no-store", photo.len().to_string().as_str())
    );
    assert_eq!(head.header("tus-resumable"), "1.0.0");
    let typed = [("tus-resumable", "1.0.0"), ("upload-offset", "0"), ("content-type", "image/jpeg")];
    ioc.call("PATCH", &address, &typed, photo.clone()).await.is_problem(415, "request.malformed");
    let kind = "application/offset+octet-stream";
    let through_a_proxy = [
        ("tus-resumable", "1.0.0"),
        ("upload-offset", "0"),
        ("content-type", kind),
        ("x-http-method-override", "PATCH"),
    ];
    assert_eq!(ioc.call("POST", &address, &through_a_proxy, photo).await.status, 204);
}
