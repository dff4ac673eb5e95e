//! Bytes from the wire to the shelf, piece by piece as they arrive. However a request ends, what arrived before is
//! held, and nothing is ever written past the declared length.

use std::sync::Arc;

use axum::body::Body;
use bytes::{Buf as _, Bytes};
use http::HeaderValue;
use http_body_util::BodyExt as _;
use paht_hub::ports::{DeclaredPart, Finished, Shelf as _, Staged};
use paht_hub::upload::{self, complete};
use paht_model::fault::Code;
use paht_model::part::PartKind;
use paht_model::wire::sync::{PartName, SetDigest};
use tokio::sync::watch;

use super::floor::{Stop, Turn};
use super::{Standing, UPLOAD_OFFSET, standing};
use crate::courier;
use crate::hub::Hub;
use crate::problem::Problem;

/// Where a link that can tell how much is held, while more comes, hears of it.
#[derive(Clone)]
pub(crate) struct Arrived(pub(crate) watch::Sender<u64>);

/// Bytes on their way in.
pub(crate) struct Incoming {
    /// They come in pieces.
    pub(crate) body: Body,
    /// Where the first of them, after those to skip, belongs.
    pub(crate) from: u64,
    /// How many are held already and are only read past.
    pub(crate) skip: u64,
    /// How many there are in all, where that is declared.
    pub(crate) length: Option<u64>,
    /// Told how many bytes of the part are held.
    pub(crate) arrived: Option<Arrived>,
}

/// How reading a body ended.
enum End {
    /// All of it came.
    Done,
    /// The connection broke or fell silent.
    Broken,
    /// The writer had to stop.
    Told(Stop),
}

/// Writes what comes; gives where the upload stands if all of it came.
pub(crate) async fn write(
    hub: &Arc<Hub>,
    turn: Turn,
    declared: &DeclaredPart,
    mut incoming: Incoming,
) -> Result<Standing, Problem> {
    let turn = Arc::new(turn);
    let coming = incoming.length.unwrap_or(0).saturating_sub(incoming.skip);
    let mut at = begin(hub, &turn, declared, incoming.from, coming).await?;
    incoming.skip = incoming.skip.saturating_add(at.saturating_sub(incoming.from));
    let end = loop {
        let piece = match next(hub, &turn, &mut incoming).await {
            Ok(piece) => piece,
            Err(end) => break end,
        };
        let fits = u64::try_from(piece.len()).ok().and_then(|len| at.checked_add(len));
        if fits.is_none_or(|end| end > declared.bytes) {
            return Err(at_offset(Problem::of(Code::UploadWrongLength), at));
        }
        at = append(hub, &turn, at, piece).await?;
        if let Some(Arrived(arrived)) = &incoming.arrived {
            arrived.send_replace(at);
        }
    };
    if at < declared.bytes {
        let turn = Arc::clone(&turn);
        hub.off_thread(move |hub| Ok(hub.shelf.sync(turn.part())?)).await?;
    }
    match end {
        End::Told(Stop::Overtaken) => Err(at_offset(Problem::of(Code::UploadOffsetConflict), at)),
        _ if at >= declared.bytes => {
            let declared = declared.clone();
            let settled = hub.off_thread(move |hub| settle(hub, turn.part(), &declared)).await?;
            Ok(Standing { held: reached(at, &incoming), ..settled })
        }
        End::Done => {
            let held = reached(at, &incoming);
            Ok(Standing { held, length: declared.bytes, receipt: None, phones: None })
        }
        End::Broken => Err(at_offset(Problem::of(Code::RequestMalformed), at)),
        End::Told(Stop::Stopping) => Err(at_offset(Problem::of(Code::HubBusy).after(STOP_RETRY_MS), at)),
    }
}

/// Where the body ended. Of one that began before what is held a client counts on, also where less came than is held.
const fn reached(at: u64, incoming: &Incoming) -> u64 {
    at.saturating_sub(incoming.skip)
}

/// When to try again after the server stopped, in milliseconds.
const STOP_RETRY_MS: u64 = 2_000;

/// How much is held, where these bytes leave no gap and are not too many. They may begin before what is held: clients create
/// an upload again and send it from its beginning. That is read past, and the hash of the whole tells whether it fitted.
async fn begin(
    hub: &Arc<Hub>,
    turn: &Arc<Turn>,
    declared: &DeclaredPart,
    from: u64,
    coming: u64,
) -> Result<u64, Problem> {
    let (held_turn, part) = (Arc::clone(turn), declared.clone());
    let held = hub
        .off_thread(move |hub| {
            courier::may_begin(hub, held_turn.part())?;
            let held = standing(hub, &held_turn, &part)?.held;
            Ok((held, hub.shelf.has_room(held_turn.part(), part.bytes.saturating_sub(held))?))
        })
        .await?;
    let (held, has_room) = held;
    if from > held {
        return Err(at_offset(Problem::of(Code::UploadOffsetConflict), held));
    }
    if from.checked_add(coming).is_none_or(|end| end > declared.bytes) {
        return Err(at_offset(Problem::of(Code::UploadWrongLength), held));
    }
    // Before a byte of what could never be whole takes the room of something smaller.
    if has_room || held == declared.bytes { Ok(held) } else { Err(no_room(held)) }
}

fn no_room(held: u64) -> Problem {
    at_offset(Problem::of(Code::HubFull).after(upload::FULL_RETRY_MS), held)
}

/// The next piece that is not empty.
async fn next(hub: &Hub, turn: &Turn, incoming: &mut Incoming) -> Result<Bytes, End> {
    loop {
        let frame = tokio::select! {
            biased;
            stop = turn.stopped() => return Err(End::Told(stop)),
            frame = tokio::time::timeout(hub.limits.silence(), incoming.body.frame()) => frame,
        };
        let mut piece = match frame {
            Ok(None) => return Err(End::Done),
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            Ok(Some(Err(_))) | Err(_) => return Err(End::Broken),
        };
        let skip = incoming.skip.min(piece.len() as u64);
        incoming.skip -= skip;
        piece.advance(usize::try_from(skip).unwrap_or(piece.len()));
        if !piece.is_empty() {
            return Ok(piece);
        }
    }
}

/// Puts a piece on the shelf. The turn goes along, so that nobody else's begins before it lies there.
async fn append(hub: &Arc<Hub>, turn: &Arc<Turn>, at: u64, piece: Bytes) -> Result<u64, Problem> {
    let turn = Arc::clone(turn);
    hub.off_thread(move |hub| match hub.shelf.append(turn.part(), at, &piece)? {
        Staged::At(now) => Ok(now),
        Staged::Conflict(held) => Err(at_offset(Problem::of(Code::UploadOffsetConflict), held)),
        Staged::NoRoom(held) => Err(no_room(held)),
    })
    .await
}

/// All bytes are there: checks the hash, puts the part in its place, and signs for it.
pub(crate) fn settle(hub: &Hub, part: &PartName, declared: &DeclaredPart) -> Result<Standing, Problem> {
    // A bundle is on the shelf only until it was taken.
    if declared.kind == PartKind::Bundle
        && let Some(known) = hub.read_here(|ledger| Ok(ledger.bundle(&part.hash)?))?
        && !hub.shelf.is_whole(part)?
    {
        hub.shelf.forget(part)?;
        return Ok(whole(declared, known.receipt, None));
    }
    if !hub.shelf.is_whole(part)? && hub.shelf.finish(part)? == Finished::WrongHash {
        return Err(at_offset(Problem::of(Code::UploadWrongHash), 0));
    }
    let (receipt, phones) = match declared.kind {
        PartKind::Bundle => (courier::settle(hub, part)?, None),
        _ => hub.decide_here(|ledger, _, context| {
            Ok((complete(ledger, context, part)?, upload::held(ledger, part)?))
        })?,
    };
    Ok(whole(declared, receipt, phones))
}

const fn whole(declared: &DeclaredPart, receipt: Vec<u8>, phones: Option<SetDigest>) -> Standing {
    Standing { held: declared.bytes, length: declared.bytes, receipt: Some(receipt), phones }
}

fn at_offset(problem: Problem, held: u64) -> Problem {
    problem.with_header(UPLOAD_OFFSET, HeaderValue::from(held))
}
