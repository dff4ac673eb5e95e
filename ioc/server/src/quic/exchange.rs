//! One question on one stream: read, given to the routes as an HTTP request, and answered. While a body comes, the phone
//! is told again and again how much of it is held: so it shows the truth, and knows at once when a silence is over.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use futures_util::{Stream, StreamExt as _, stream};
use http::Request;
use http::header::CONTENT_LENGTH;
use paht_model::fault::Code;
use paht_model::wire::exchange::{
    Answer, Ask, Field, LENGTH_BYTES, Said, Verb, frame_bytes, from_frame, to_frame,
};
use paht_model::words::Language;
use quinn::{RecvStream, SendStream};
use tokio::sync::watch;
use tokio::time::Instant;
use tower::ServiceExt as _;

use crate::problem::Problem;
use crate::tus::Arrived;

/// How often it is looked at whether to tell the phone how much is held, in milliseconds.
const TELL_MS: u64 = 500;
/// While bytes come the phone is told after so many more: what it sends to acknowledge that is then one part in two hundred
/// of them, on a link however thin.
const TELL_BYTES: u64 = 8 * PACKET_BYTES;
/// A full packet, in bytes.
const PACKET_BYTES: u64 = 1_400;
/// Nothing for as long as so many packets take is a silence; the longest that is waited for one, in milliseconds.
const SILENT_PACKETS: u32 = 4;
const SILENT_MS_MAX: u64 = 4_000;
/// Largest piece that is taken off a stream at once, in bytes.
const PIECE_BYTES: usize = 64 * 1_024;

/// Reads one question and answers it; `None` if the stream ended before.
pub(super) async fn answer(
    routes: Router,
    mut send: SendStream,
    mut receive: RecvStream,
    head: Duration,
) -> Option<()> {
    let ask = tokio::time::timeout(head, read_ask(&mut receive)).await.ok()??;
    let uploads = ask.verb == Verb::Patch;
    let (tell, told_bytes) = watch::channel(0);
    let response = match request(&ask, receive, tell) {
        Some(request) => told(routes.oneshot(request), &mut send, uploads.then_some(told_bytes)).await?,
        None => not_here(&ask),
    };
    say(send, response).await
}

async fn read_ask(receive: &mut RecvStream) -> Option<Ask> {
    let mut length = [0_u8; LENGTH_BYTES];
    receive.read_exact(&mut length).await.ok()?;
    let mut bytes = vec![0_u8; frame_bytes(length).ok()?];
    receive.read_exact(&mut bytes).await.ok()?;
    from_frame(&bytes).ok()
}

/// The request as the routes know it; `None` for what is not for phones.
fn request(ask: &Ask, receive: RecvStream, arrived: watch::Sender<u64>) -> Option<Request<Body>> {
    if !ask.path.starts_with("/v1/") || ask.path.starts_with("/v1/desk") {
        return None;
    }
    let mut request = Request::builder().method(ask.verb.name()).uri(&ask.path);
    for field in &ask.fields {
        // A number of a newer phone's is passed over.
        if let Some(name) = field.name() {
            request = request.header(name, &field.value);
        }
    }
    if ask.body_bytes > 0 {
        request = request.header(CONTENT_LENGTH, ask.body_bytes);
    }
    let mut request = request.body(Body::from_stream(body(receive, ask.body_bytes))).ok()?;
    request.extensions_mut().insert(Arrived(arrived));
    Some(request)
}

/// The declared bytes, and an error if the stream ends before them or goes on after them.
fn body(
    receive: RecvStream,
    bytes: u64,
) -> impl Stream<Item = std::io::Result<bytes::Bytes>> + Send + 'static {
    stream::try_unfold((receive, bytes), |(mut receive, left)| async move {
        let broken = |_| std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        if left == 0 {
            return Ok(None);
        }
        let chunk = receive.read_chunk(PIECE_BYTES, true).await.map_err(broken)?;
        let chunk = chunk.ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let left = left.checked_sub(chunk.bytes.len() as u64).ok_or(std::io::ErrorKind::InvalidData)?;
        Ok(Some((chunk.bytes, (receive, left))))
    })
}

/// Waits for the answer, telling meanwhile how much is held where that is asked.
async fn told<E>(
    answering: impl Future<Output = Result<Response, E>>,
    send: &mut SendStream,
    held: Option<watch::Receiver<u64>>,
) -> Option<Response> {
    let mut answering = std::pin::pin!(answering);
    let Some(held) = held else { return answering.await.ok() };
    let mut tell = tokio::time::interval(Duration::from_millis(TELL_MS));
    tell.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut telling = Telling::new(Instant::now());
    loop {
        tokio::select! {
            biased;
            response = &mut answering => return response.ok(),
            _ = tell.tick() => {
                let bytes = *held.borrow();
                if telling.is_due(bytes, Instant::now()) {
                    send.write_all(&to_frame(&Said::Held(bytes))).await.ok()?;
                }
            }
        }
    }
}

/// What was told, and what came when: when to tell again.
#[derive(Debug)]
struct Telling {
    began: Instant,
    told: u64,
    held: u64,
    /// When something came last.
    came: Instant,
}

impl Telling {
    const fn new(now: Instant) -> Self {
        Self { began: now, told: 0, held: 0, came: now }
    }

    /// Whether the phone is to be told: the first time, after a good deal more, and again and again while nothing comes, so
    /// that it hears the end of a silence.
    fn is_due(&mut self, held: u64, now: Instant) -> bool {
        if held > self.held {
            (self.held, self.came) = (held, now);
        }
        let much = held >= self.told.saturating_add(TELL_BYTES);
        // Nothing is known before the first byte lies there.
        let due = held > 0 && (self.told == 0 || much || self.is_silent(now));
        if due {
            self.told = held;
        }
        due
    }

    /// Whether nothing came for longer than some packets take, as fast as all came until now.
    fn is_silent(&self, now: Instant) -> bool {
        let packets = u32::try_from(self.held / PACKET_BYTES).unwrap_or(u32::MAX).max(1);
        let packet = now.saturating_duration_since(self.began) / packets;
        let least = Duration::from_millis(TELL_MS);
        let patience = (packet * SILENT_PACKETS).clamp(least, Duration::from_millis(SILENT_MS_MAX));
        now.saturating_duration_since(self.came) >= patience
    }
}

fn not_here(ask: &Ask) -> Response {
    let reader = ask.fields.iter().find(|field| field.name() == Some("accept-language"));
    let language = Language::best(reader.map_or("", |field| &field.value));
    Problem::of(Code::NotFound).document(language)
}

async fn say(mut send: SendStream, response: Response) -> Option<()> {
    let (head, body) = response.into_parts();
    let fields = head.headers.iter();
    let fields = fields.filter_map(|(name, value)| Field::new(name.as_str(), value.to_str().ok()?)).collect();
    let answer = Said::Answer(Answer { status: head.status.as_u16(), fields });
    send.write_all(&to_frame(&answer)).await.ok()?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        // A body that breaks must not look whole: the stream is reset when it is dropped unfinished.
        let Ok(piece) = piece else {
            let _ = send.reset(quinn::VarInt::from_u32(1));
            return None;
        };
        send.write_all(&piece).await.ok()?;
    }
    send.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks twice a second for a minute at a transfer that comes at so many bytes a second and stops after so many seconds;
    /// how often the phone was told by then, and in the rest of the minute.
    fn told_at(bytes_a_second: u64, stops_after_s: u64) -> (u64, u64) {
        let start = Instant::now();
        let mut telling = Telling::new(start);
        let mut told = (0, 0);
        for look in 0..120 {
            let ms = look * TELL_MS;
            let came = bytes_a_second * ms.min(stops_after_s * 1_000) / 1_000;
            let whole = came / PACKET_BYTES * PACKET_BYTES;
            let due = u64::from(telling.is_due(whole, start + Duration::from_millis(ms)));
            if ms <= stops_after_s * 1_000 { told.0 += due } else { told.1 += due }
        }
        told
    }

    #[test]
    fn on_a_thin_link_the_phone_is_told_by_bytes_not_by_time() {
        for bytes_a_second in [2_000, 5_000, 16_000] {
            let (told, _) = told_at(bytes_a_second, 60);
            let wanted = bytes_a_second * 60 / TELL_BYTES;
            assert!((wanted / 2..=wanted + 2).contains(&told), "{bytes_a_second}: {told} for {wanted}");
        }
        assert_eq!(told_at(500_000, 60).0, 119, "twice a second at most");
    }

    #[test]
    fn in_a_silence_the_phone_is_told_again_and_again() {
        for bytes_a_second in [2_000, 5_000, 15_000, 500_000] {
            let (_, told) = told_at(bytes_a_second, 30);
            assert!(told >= 50, "{bytes_a_second}: {told} times in half a minute");
        }
        assert_eq!(told_at(0, 30), (0, 0), "nothing lies there yet");
    }
}
