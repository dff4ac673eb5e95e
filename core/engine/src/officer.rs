//! What an agency's officer does to a case, as the phone keeps and sends it: one signed command, the renditions of its
//! evidence, and behind them the originals. The case is somebody else's report, of which this phone has no row; so acts
//! have rows of their own, are no part of the person's own list, and count like everything else for what is sent.

use paht_model::command::{Body, SignedCommand};
use paht_model::fault::Code;
use paht_model::ids::{CaseCode, ReportId, Sha256};
use paht_model::officer::Act;
use paht_model::part::{Delivery, DeliveryEvent, ParkReason, PartKind};
use paht_model::time::UnixMs;
use paht_model::wire::sync::PartName;

use crate::capture::{Desk, sign_as};
use crate::outbox::{NewEntry, OutboxEntry, enqueue};
use crate::plan::{Change, KeptAct, KeptPiece, Plan};
use crate::ports::{EngineFault, Store, StoreFault};
use crate::status::Way;

/// Does something to a case; the files of an answer are kept already. When the plan is kept, the act will be at the IOC
/// one day, whatever happens. Gives the part that names it.
///
/// # Errors
/// What [`Act::check`] says.
pub fn act(
    desk: &Desk<'_>,
    store: &dyn Store,
    report: ReportId,
    case: CaseCode,
    act: &Act,
) -> Result<(PartName, Plan), EngineFault> {
    act.check()?;
    let before = store.acts_of(&report)?;
    let revision = u32::try_from(before.len()).unwrap_or(u32::MAX).saturating_add(1);
    let signed = sign_as(desk, report, revision, Body::Act(act.clone()), None)?;
    let part = NewEntry::command(&signed).part;
    let mut media = Vec::new();
    for entry in media_of(&signed, act) {
        media.extend(queue(store, &before, entry)?);
    }
    let kept = KeptAct { part, case: Some(case), made: Some(desk.now), pieces: pieces(act) };
    // The act's row comes first: retention keeps an original only if a row refers to it.
    let mut changes = vec![Change::PutAct(kept)];
    changes.extend(enqueue(signed));
    changes.extend(media);
    Ok((part, Plan::of(changes)))
}

/// The originals of an act, as its row keeps them.
pub fn pieces(act: &Act) -> Vec<KeptPiece> {
    act.evidence().iter().map(|piece| KeptPiece { hash: piece.hash, erased: false }).collect()
}

/// The entries of an act's media, renditions first.
pub fn media_of(signed: &SignedCommand, act: &Act) -> Vec<NewEntry> {
    let entry = |hash: Sha256, kind, bytes| NewEntry {
        part: PartName { report: signed.command.report, hash },
        kind,
        bytes,
        declared_by: Some(signed.hash),
    };
    let shown = act.evidence().iter().map(|piece| &piece.rendition);
    let renditions = shown.map(|shown| entry(shown.hash, PartKind::Rendition, shown.bytes));
    let originals = act.evidence().iter().map(|piece| entry(piece.hash, PartKind::Original, piece.bytes));
    let mut media: Vec<NewEntry> = Vec::new();
    for entry in renditions.chain(originals) {
        // Two files may show the same picture.
        if !media.iter().any(|known| known.part == entry.part) {
            media.push(entry);
        }
    }
    media
}

/// Queues one piece. What an earlier act of the same case, or the person's own report, has sent goes once, and so does what
/// the report is about to send; what is not on its way goes with this one.
fn queue(store: &dyn Store, before: &[KeptAct], entry: NewEntry) -> Result<Vec<Change>, EngineFault> {
    let Some(known) = store.entry(&entry.part)? else { return Ok(vec![Change::AddEntry(entry)]) };
    let is_parked = matches!(known.delivery, Delivery::Parked { .. });
    if known.delivery.is_delivered() || (!is_of(&known, before) && !is_parked) {
        return Ok(Vec::new());
    }
    Ok(vec![Change::DropEntry(entry.part), Change::AddEntry(entry)])
}

/// Whether an entry is an act, or what one declares.
fn is_of(entry: &OutboxEntry, acts: &[KeptAct]) -> bool {
    acts.iter().any(|act| act.part == entry.part || entry.declared_by == Some(act.part.hash))
}

/// The entries of a report that are the person's own, in the order they were made: an officer may also have reported it.
pub fn own_entries(store: &dyn Store, report: &ReportId) -> Result<Vec<OutboxEntry>, StoreFault> {
    let acts = store.acts_of(report)?;
    let mut entries = store.entries_of(report)?;
    entries.retain(|entry| !is_of(entry, &acts));
    Ok(entries)
}

/// The entries of an act: the command, then what it declares.
pub fn entries(store: &dyn Store, part: &PartName) -> Result<Vec<OutboxEntry>, StoreFault> {
    let mut entries = store.entries_of(&part.report)?;
    entries.retain(|entry| entry.part == *part || entry.declared_by == Some(part.hash));
    entries.sort_by_key(|entry| entry.rank);
    Ok(entries)
}

/// The way of an act, told from its entries: [`Way::Waiting`], [`Way::Arriving`], [`Way::Whole`] or [`Way::NeedsYou`].
pub fn way(entries: &[OutboxEntry]) -> Way {
    let parked = entries.iter().find_map(|entry| match &entry.delivery {
        Delivery::Parked { reason } => Some(reason.clone()),
        _ => None,
    });
    if let Some(reason) = parked {
        return Way::NeedsYou { reason };
    }
    let said = entries.iter().filter(|entry| entry.kind == PartKind::Statement);
    if !said.clone().all(|entry| entry.delivery.is_delivered()) {
        return Way::Waiting;
    }
    let delivered = entries.iter().filter(|entry| entry.delivery.is_delivered()).count();
    if delivered == entries.len() { Way::Whole } else { Way::Arriving { delivered, parts: entries.len() } }
}

/// Lets a parked act go: it leaves the outbox, and what it alone declares with it.
///
/// # Errors
/// [`Code::ReportUnknown`] if there is no such act; [`Code::ReportState`] if nothing of it is parked.
pub fn let_go(store: &dyn Store, part: &PartName) -> Result<Plan, EngineFault> {
    let open = parked(store, part)?;
    let mut changes: Vec<Change> = open.iter().map(|entry| Change::DropEntry(entry.part)).collect();
    changes.push(Change::DropAct(*part));
    Ok(Plan::of(changes))
}

/// Sends a parked act again, after a person has mended what it was parked for.
///
/// # Errors
/// Those of [`let_go`].
pub fn again(store: &dyn Store, part: &PartName) -> Result<Plan, EngineFault> {
    Ok(Plan::of(parked(store, part)?.iter().filter_map(requeued).collect()))
}

/// The phone was enrolled, or enrolled again: queues the acts that the hub refused because the phone was not enrolled.
pub fn enrolled(store: &dyn Store) -> Result<Plan, EngineFault> {
    refused_again(store, Code::OfficerUnknown)
}

/// What an earlier hub refused because somebody had sent the same file goes again. Asked at every opening; there is nothing
/// to do but after an update.
pub fn untangled(store: &dyn Store) -> Result<Plan, EngineFault> {
    refused_again(store, Code::ReportCaptureTwice)
}

fn refused_again(store: &dyn Store, code: Code) -> Result<Plan, EngineFault> {
    let refused = Delivery::Parked { reason: ParkReason::Refused(code) };
    let mut changes = Vec::new();
    let mut after = 0;
    loop {
        let page = store.acts(after, 64)?;
        let Some((last, _)) = page.last() else { return Ok(Plan::of(changes)) };
        after = *last;
        for (_, act) in &page {
            let mended = entries(store, &act.part)?.into_iter().filter(|entry| entry.delivery == refused);
            changes.extend(mended.filter_map(|entry| requeued(&entry)));
        }
    }
}

/// What is not delivered of an act of which something is parked.
fn parked(store: &dyn Store, part: &PartName) -> Result<Vec<OutboxEntry>, EngineFault> {
    if !store.acts_of(&part.report)?.iter().any(|act| act.part == *part) {
        return Err(Code::ReportUnknown.into());
    }
    let mut open = entries(store, part)?;
    open.retain(|entry| !entry.delivery.is_delivered());
    let is_parked = |entry: &OutboxEntry| matches!(entry.delivery, Delivery::Parked { .. });
    if open.iter().any(is_parked) { Ok(open) } else { Err(Code::ReportState.into()) }
}

fn requeued(entry: &OutboxEntry) -> Option<Change> {
    match entry.delivery {
        Delivery::Parked { .. } => {
            entry.moved(DeliveryEvent::Requeued { not_before: UnixMs::from_millis(0) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{Draft, submit};
    use crate::memory::MemoryStore;
    use crate::plan::Link;
    use crate::ports::{Acts as _, Entropy};
    use crate::sync::{absorb, prepare};
    use paht_model::capture::{MediaKind, MediaType};
    use paht_model::ids::{CategoryCode, Epoch, TenantId};
    use paht_model::officer::{EvidencePiece, EvidenceRendition};
    use paht_model::time::ClockReading;
    use paht_model::wire::Blob;
    use paht_model::wire::envelope::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES, Sign, SoftwareKey};
    use paht_model::wire::sync::{Outcome, SyncReply, Transfer};
    use std::cell::Cell;

    struct Key(SoftwareKey);

    impl Sign for Key {
        type Error = Code;
        fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
            self.0.public_key()
        }
        fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE_BYTES], Code> {
            let Ok(signature) = self.0.sign(message);
            Ok(signature)
        }
    }

    struct Counter(Cell<u8>);

    impl Entropy for Counter {
        fn fill(&self, out: &mut [u8]) {
            self.0.set(self.0.get() + 1);
            out.fill(self.0.get());
        }
    }

    const NOW: ClockReading =
        ClockReading { wall: UnixMs::from_millis(9), offset_min: 420, ticks_ms: 9, boot: 1 };

    /// A store, and what decisions look at.
    struct Phone {
        store: MemoryStore,
        tenant: TenantId,
        key: Key,
        entropy: Counter,
    }

    impl Phone {
        fn new() -> Self {
            Self {
                store: MemoryStore::default(),
                tenant: TenantId::parse("hue").unwrap(),
                key: Key(SoftwareKey::from_secret(&[1; 32]).unwrap()),
                entropy: Counter(Cell::new(0)),
            }
        }

        fn decide<T>(
            &mut self,
            verb: impl FnOnce(&Desk<'_>, &MemoryStore) -> Result<(T, Plan), EngineFault>,
        ) -> Result<T, EngineFault> {
            let desk = Desk {
                tenant: &self.tenant,
                card: None,
                keys: &self.key,
                entropy: &self.entropy,
                now: NOW,
                seal: &|_, _| None,
            };
            let (value, plan) = verb(&desk, &self.store)?;
            self.store.apply(&plan)?;
            Ok(value)
        }

        fn answers(&mut self, report: ReportId, names: &[u8]) -> Result<PartName, EngineFault> {
            let evidence = names.iter().map(|name| piece(*name)).collect();
            let answer = Act::Answer { assignment: 1, text: "Đã xong".into(), evidence };
            let code = CaseCode::parse("HUE-1").unwrap();
            self.decide(|desk, store| act(desk, store, report, code, &answer))
        }

        fn reports(&mut self) -> ReportId {
            let draft = Draft {
                category: Some(CategoryCode::parse("traffic").unwrap()),
                text: "Ổ gà".into(),
                place: None,
                captures: Vec::new(),
                sender: None,
                language: "vi".into(),
                review: None,
                hold: false,
            };
            self.decide(|desk, _| submit(desk, &Link::default(), draft)).unwrap()
        }

        /// A sync in which the hub refuses every command with this code.
        fn refused(&mut self, code: Code) {
            let prepared = prepare(&self.store, &self.store.link().unwrap(), &self.tenant, NOW).unwrap();
            let refused = Outcome::Refused { code, retry_after_ms: None };
            let reply = SyncReply {
                hub_time: NOW.wall,
                epoch: Epoch::from_bytes([1; 8]),
                outcomes: vec![refused; prepared.commands.len()],
                transfers: vec![Transfer::Undeclared; prepared.offers.len()],
                entries: Vec::new(),
                cursor: Blob(Vec::new()),
                more: false,
                snapshot: false,
                held_equal: true,
                itemised: Vec::new(),
                card: None,
                bulletin: None,
            };
            let plan = absorb(&self.store, &prepared, &reply, NOW, &self.entropy).unwrap();
            self.store.apply(&plan).unwrap();
        }

        fn way(&self, act: &PartName) -> Way {
            way(&entries(&self.store, act).unwrap())
        }
    }

    fn piece(name: u8) -> EvidencePiece {
        EvidencePiece {
            hash: Sha256::of(&[name, 0]),
            kind: MediaKind::Photo,
            media_type: MediaType::Jpeg,
            bytes: 100,
            rendition: EvidenceRendition {
                hash: Sha256::of(&[name, 1]),
                bytes: 10,
                media_type: MediaType::Webp,
                width: 4,
                height: 3,
            },
        }
    }

    #[test]
    fn an_act_on_a_stranger_s_report_is_queued_with_renditions_before_originals() {
        let mut phone = Phone::new();
        let report = ReportId::from_bytes([7; 16]);
        let act = phone.answers(report, &[1, 2]).unwrap();
        let kinds: Vec<_> = entries(&phone.store, &act).unwrap().iter().map(|entry| entry.kind).collect();
        let (rendition, original) = (PartKind::Rendition, PartKind::Original);
        assert_eq!(kinds, [PartKind::Statement, rendition, rendition, original, original]);
        assert!(phone.store.reports(None, 9).unwrap().is_empty());
        assert!(own_entries(&phone.store, &report).unwrap().is_empty());
        assert_eq!(phone.way(&act), Way::Waiting);
    }

    #[test]
    fn a_refused_act_is_parked_with_its_media_and_can_be_sent_again_or_let_go() {
        let mut phone = Phone::new();
        let act = phone.answers(ReportId::from_bytes([7; 16]), &[1]).unwrap();
        phone.refused(Code::OfficerUnknown);
        let reason = ParkReason::Refused(Code::OfficerUnknown);
        assert_eq!(phone.way(&act), Way::NeedsYou { reason: reason.clone() });
        let all = |phone: &Phone, delivery: &Delivery| {
            entries(&phone.store, &act).unwrap().iter().all(|entry| entry.delivery == *delivery)
        };
        assert!(all(&phone, &Delivery::Parked { reason }));
        phone.decide(|_, store| Ok(((), enrolled(store)?))).unwrap();
        let queued = Delivery::Queued { not_before: UnixMs::from_millis(0) };
        assert!(all(&phone, &queued), "the phone was enrolled meanwhile");
        assert_eq!(let_go(&phone.store, &act), Err(Code::ReportState.into()), "it is on its way");
        phone.refused(Code::CaseState);
        phone.decide(|_, store| Ok(((), enrolled(store)?))).unwrap();
        assert!(!all(&phone, &queued), "an enrolment mends nothing else");
        phone.decide(|_, store| Ok(((), again(store, &act)?))).unwrap();
        assert!(all(&phone, &queued));
        phone.refused(Code::CaseState);
        phone.decide(|_, store| Ok(((), let_go(store, &act)?))).unwrap();
        assert!(
            entries(&phone.store, &act).unwrap().is_empty() && phone.store.acts(0, 9).unwrap().is_empty()
        );
        assert_eq!(again(&phone.store, &act), Err(Code::ReportUnknown.into()));
    }

    #[test]
    fn an_officer_s_own_report_and_acts_on_it_do_not_mix() {
        let mut phone = Phone::new();
        let report = phone.reports();
        let statement = own_entries(&phone.store, &report).unwrap();
        let act = phone.answers(report, &[1]).unwrap();
        assert_eq!(own_entries(&phone.store, &report).unwrap(), statement);
        phone.decide(|_, store| Ok(((), crate::feedback::hold(store, &report)?))).unwrap();
        assert_eq!(phone.way(&act), Way::Waiting, "to hold the report is not to hold the agency's answer");
        let kept = phone.store.report(&report).unwrap().unwrap();
        assert_eq!(crate::status::way(&kept, &own_entries(&phone.store, &report).unwrap()), Way::Held);
    }

    #[test]
    fn the_same_photo_goes_once_whoever_sends_it_first() {
        let mut phone = Phone::new();
        let report = ReportId::from_bytes([7; 16]);
        let first = phone.answers(report, &[1]).unwrap();
        let second = phone.answers(report, &[1]).unwrap();
        assert_eq!(entries(&phone.store, &first).unwrap().len(), 1, "its command alone");
        assert_eq!(entries(&phone.store, &second).unwrap().len(), 3);
        let own = PartName { report, hash: piece(3).hash };
        let entry = NewEntry { part: own, kind: PartKind::Original, bytes: 100, declared_by: None };
        phone.store.apply(&Plan::of(vec![Change::AddEntry(entry)])).unwrap();
        let third = phone.answers(report, &[3]).unwrap();
        assert_eq!(entries(&phone.store, &third).unwrap().len(), 2, "the command and the rendition");
        assert_eq!(phone.store.entry(&own).unwrap().unwrap().declared_by, None, "it stays the report's");
    }
}
