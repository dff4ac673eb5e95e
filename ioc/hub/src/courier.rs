//! Bundles: reports that a neighbour's phone carried here. What is in one is taken like what comes over a link of the
//! phone's own, each command and each piece for itself; so the same bundle carried by three phones changes nothing twice.

use paht_model::bundle::{Bundle, Piece, Receipts, RefusedPart, bytes_of};
use paht_model::capture::MediaType;
use paht_model::command::SignedCommand;
use paht_model::fault::Code;
use paht_model::limits::{BUNDLE_BYTES_MAX, BUNDLE_COMMANDS_MAX, BUNDLE_PIECES_MAX};
use paht_model::part::PartKind;
use paht_model::timeline::Carrier;
use paht_model::wire::Blob;
use paht_model::wire::sync::PartName;

use crate::intake::take_command;
use crate::ports::{
    DeclaredPart, Finished, HubContext, KeptBundle, Ledger, Refusal, Shelf, Staged, StoreFault,
};
use crate::sign;
use crate::upload::{FULL_RETRY_MS, admit, complete};

/// What became of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unpacked {
    /// Every part it speaks of, each once.
    pub parts: Vec<PartName>,
    /// Those that are refused for good.
    pub refused: Vec<RefusedPart>,
    /// Some of its pieces belong behind others that are not here yet: it is to be taken again when more has come.
    pub waits: bool,
}

/// A bundle as the upload of it is admitted, by its name; `None` for a part of a report.
pub(crate) fn declared(part: &PartName) -> Option<Result<DeclaredPart, Code>> {
    let bytes = bytes_of(part)?;
    if bytes == 0 || bytes > BUNDLE_BYTES_MAX {
        return Some(Err(Code::BodyTooLarge));
    }
    Some(Ok(DeclaredPart {
        hash: part.hash,
        kind: PartKind::Bundle,
        bytes,
        media_type: MediaType::Unknown(0),
        of: None,
        size: None,
        thumbhash: None,
        evidence: false,
        by: None,
    }))
}

/// Takes what is in a bundle, and signs for the bundle to whoever carried it. The same again changes nothing.
///
/// # Errors
/// [`Code::TenantUnknown`] for another IOC's, [`Code::BundleUnreadable`] for more in it than one may hold; nothing was
/// stored then. A bad command or piece is that part's refusal, not an error.
pub fn take_bundle(
    ledger: &mut dyn Ledger,
    shelf: &dyn Shelf,
    hub: &HubContext<'_>,
    name: &PartName,
    bundle: &Bundle,
) -> Result<KeptBundle, Refusal> {
    if bundle.tenant != *hub.tenant.id() {
        return Err(Refusal::Never(Code::TenantUnknown));
    }
    if bundle.commands.len() > BUNDLE_COMMANDS_MAX || bundle.pieces.len() > BUNDLE_PIECES_MAX {
        return Err(Refusal::Never(Code::BundleUnreadable));
    }
    let mut unpacked = Unpacked::default();
    for bytes in &bundle.commands {
        // Bytes that are not a command name no part, so the answer cannot mention them.
        let Ok(signed) = SignedCommand::open(&bytes.0) else { continue };
        let part = PartName { report: signed.command.report, hash: signed.hash };
        let taken = take_command(ledger, hub, &bytes.0, Carrier::Courier);
        unpacked.note(part, taken.map(|_| true))?;
    }
    for piece in &bundle.pieces {
        let placed = place(ledger, shelf, hub, piece);
        unpacked.note(piece.part, placed)?;
    }
    let known = ledger.bundle(&name.hash)?.map(|known| known.receipt);
    let receipt = known.unwrap_or_else(|| sign::bundle_receipt(hub, name));
    let (hash, bytes) = (name.hash, bytes_of(name).unwrap_or(0));
    let kept = KeptBundle { hash, bytes, at: hub.now, reply_to: bundle.reply_to.clone(), receipt, unpacked };
    ledger.put_bundle(&kept)?;
    Ok(kept)
}

/// What the phone that made a bundle is told of it: receipts for what is here by now, and what never will be; signed.
pub fn receipts(
    ledger: &dyn Ledger,
    hub: &HubContext<'_>,
    unpacked: &Unpacked,
) -> Result<Vec<u8>, StoreFault> {
    let mut told = Receipts { receipts: Vec::new(), refused: unpacked.refused.clone() };
    for part in &unpacked.parts {
        told.receipts.extend(ledger.receipt(part)?.map(Blob));
    }
    match told.seal(hub.key) {
        Ok(signed) => Ok(signed),
        Err(never) => match never {},
    }
}

impl Unpacked {
    /// Notes what became of a part: whether it found its place, or why not.
    fn note(&mut self, part: PartName, taken: Result<bool, Refusal>) -> Result<(), StoreFault> {
        if !self.parts.contains(&part) {
            self.parts.push(part);
        }
        match taken {
            Ok(is_placed) => self.waits |= !is_placed,
            Err(Refusal::Never(code)) => {
                if self.refused.iter().all(|known| known.part != part) {
                    self.refused.push(RefusedPart { part, code });
                }
            }
            // It comes again by the phone's own link.
            Err(Refusal::After(..)) => {}
            Err(Refusal::Store(fault)) => return Err(fault),
        }
        Ok(())
    }
}

/// Puts a piece where it belongs; false if it belongs behind what is not here yet.
fn place(
    ledger: &mut dyn Ledger,
    shelf: &dyn Shelf,
    hub: &HubContext<'_>,
    piece: &Piece,
) -> Result<bool, Refusal> {
    let part = &piece.part;
    // A bundle in a bundle would be carried without end.
    if bytes_of(part).is_some() {
        return Err(Refusal::Never(Code::UploadUndeclared));
    }
    let declared = admit(ledger, part, None)?;
    let length = u64::try_from(piece.bytes.0.len()).unwrap_or(u64::MAX);
    let end = piece.offset_bytes.checked_add(length).filter(|end| *end <= declared.bytes);
    let end = end.ok_or(Refusal::Never(Code::UploadWrongLength))?;
    if shelf.is_whole(part)? {
        return complete(ledger, hub, part).map(|_| true);
    }
    let mut held = shelf.staged_bytes(part)?;
    if held < piece.offset_bytes {
        return Ok(false);
    }
    let new = usize::try_from(held.saturating_sub(piece.offset_bytes)).ok();
    if let Some(new) = new.and_then(|at| piece.bytes.0.get(at..)).filter(|new| !new.is_empty()) {
        match shelf.append(part, held, new)? {
            Staged::At(now) => held = now,
            // The phone itself sends it at this moment.
            Staged::Conflict(_) => return Ok(false),
            // Its words are taken; it comes again by the phone's own link.
            Staged::NoRoom(_) => return Err(Refusal::After(Code::HubFull, FULL_RETRY_MS)),
        }
    }
    if held < declared.bytes || end < declared.bytes {
        return Ok(true);
    }
    match shelf.finish(part)? {
        Finished::Whole => complete(ledger, hub, part).map(|_| true),
        Finished::WrongHash => Err(Refusal::Never(Code::UploadWrongHash)),
    }
}
