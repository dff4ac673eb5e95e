//! One question on a stream of its own, and its answer in the shape that HTTP's have, so that both links are read alike.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use http::{HeaderValue, StatusCode};
use paht_model::fault::Code;
use paht_model::wire::exchange::{Answer, Ask, LENGTH_BYTES, Said, frame_bytes, from_frame, to_frame};
use quinn::{RecvStream, SendStream, VarInt};
use reqwest::{Body, Response};

use super::Road;
use super::listening::LISTEN_MS;
use crate::link::LinkFailure;
use crate::link::stall::Moved;

/// Largest piece that is taken off a stream at once, in bytes.
const PIECE_BYTES: usize = 16 * 1024;

/// What is asked, and how.
pub(in crate::link) struct Question<'q, B> {
    /// The question.
    pub(in crate::link) ask: Ask,
    /// Its body.
    pub(in crate::link) body: B,
    /// Counts what moves.
    pub(in crate::link) moved: &'q Moved,
    /// Streams with more of it go first.
    pub(in crate::link) priority: i32,
    /// Told what becomes of a part's bytes.
    pub(in crate::link) part: Option<&'q Telling>,
}

/// Where a transfer tells how it stands.
#[derive(Debug, Clone)]
pub(in crate::link) struct Telling {
    /// How many bytes of the part the hub holds.
    pub(in crate::link) held: tokio::sync::watch::Sender<u64>,
    /// Whether all of its bytes were handed over, so that another may follow.
    pub(in crate::link) all_handed: tokio::sync::watch::Sender<bool>,
}

impl Road {
    /// Asks; the answer has the form of HTTP's. Dropping it takes back what is not sent yet.
    pub(in crate::link) async fn ask<B>(&self, question: Question<'_, B>) -> Result<Response, LinkFailure>
    where
        B: Stream<Item = std::io::Result<Bytes>> + Send,
    {
        let Question { ask, body, moved, priority, part } = question;
        let _waiting = self.begin_listening();
        let (send, receive) = self.connection.open_bi().await.map_err(|_| Code::LinkDown)?;
        let _ = send.set_priority(priority);
        let mut writing = std::pin::pin!(write(Unfinished(Some(send)), ask, body));
        let mut hearing = std::pin::pin!(hear(receive, moved, part));
        let mut listen = tokio::time::interval(Duration::from_millis(LISTEN_MS));
        let mut is_sent = false;
        loop {
            tokio::select! {
                biased;
                // The hub may answer before it has heard everything: then it wants no more.
                heard = &mut hearing => {
                    self.listen();
                    return heard.ok_or_else(|| Code::LinkDown.into());
                }
                broke = &mut writing, if !is_sent => {
                    // If it broke, what the hub says of it is worth hearing; if nothing can be heard, that ends it.
                    is_sent = true;
                    if let (None, Some(part)) = (&broke, part) {
                        part.all_handed.send_replace(true);
                    }
                    if broke == Some(Broke::Here) {
                        return Err(Code::LinkDown.into());
                    }
                }
                _ = listen.tick() => self.listen(),
            }
        }
    }
}

/// Where sending broke off.
#[derive(Debug, PartialEq, Eq)]
enum Broke {
    /// What was to be sent cannot be read.
    Here,
    /// The hub takes no more, or the link is gone.
    There,
}

/// A stream that takes back what was not sent, should it be dropped before its end.
struct Unfinished(Option<SendStream>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(send) = &mut self.0 {
            let _ = send.reset(VarInt::from_u32(0));
        }
    }
}

async fn write<B>(mut stream: Unfinished, ask: Ask, body: B) -> Option<Broke>
where
    B: Stream<Item = std::io::Result<Bytes>>,
{
    let send = stream.0.as_mut()?;
    if send.write_all(&to_frame(&ask)).await.is_err() {
        return Some(Broke::There);
    }
    let mut body = std::pin::pin!(body);
    while let Some(piece) = body.next().await {
        let Ok(piece) = piece else { return Some(Broke::Here) };
        if send.write_all(&piece).await.is_err() {
            return Some(Broke::There);
        }
    }
    let _ = send.finish();
    stream.0 = None;
    None
}

/// Hears the hub out, up to the head of its answer.
async fn hear(mut receive: RecvStream, moved: &Moved, part: Option<&Telling>) -> Option<Response> {
    let mut most = 0;
    loop {
        let mut length = [0_u8; LENGTH_BYTES];
        receive.read_exact(&mut length).await.ok()?;
        let mut bytes = vec![0_u8; frame_bytes(length).ok()?];
        receive.read_exact(&mut bytes).await.ok()?;
        match from_frame(&bytes).ok()? {
            // Said again without more being held, it shows that the link lives, not that the transfer does.
            Said::Held(now) if now > most => {
                moved.more(now.saturating_sub(most));
                most = now;
                if let Some(part) = part {
                    part.held.send_replace(now);
                }
            }
            Said::Held(_) => {}
            Said::Answer(answer) => {
                moved.more(1);
                return response(&answer, receive);
            }
        }
    }
}

fn response(answer: &Answer, receive: RecvStream) -> Option<Response> {
    let mut response = http::Response::new(Body::wrap_stream(pieces(receive)));
    *response.status_mut() = StatusCode::from_u16(answer.status).ok()?;
    let headers = response.headers_mut();
    // Nobody else speaks this protocol.
    headers.insert("paht-hub", HeaderValue::from_static("1"));
    for field in &answer.fields {
        if let (Some(name), Ok(value)) = (field.name(), HeaderValue::from_str(&field.value)) {
            headers.insert(name, value);
        }
    }
    Some(response.into())
}

fn pieces(receive: RecvStream) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    stream::try_unfold(receive, |mut receive| async move {
        let chunk = receive.read_chunk(PIECE_BYTES, true).await.map_err(std::io::Error::other)?;
        Ok(chunk.map(|chunk| (chunk.bytes, receive)))
    })
}
