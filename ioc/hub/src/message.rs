//! Text messages: a report's essentials in our own format, or a person's plain words. Nobody has signed them, so the case
//! they make is unverified until its statement comes and joins it. What cannot be trusted or read is kept for a person.

use paht_model::fault::Code;
use paht_model::ids::{CaseCode, CategoryCode, Sha256, TenantId};
use paht_model::place::{Place, PlaceSource, Point};
use paht_model::sms::{CheckKey, Digest, Received, Series, Tag, Unreadable, decode, is_ours, is_readable};
use paht_model::statement::check_text;
use paht_model::text::{composed, is_blank};
use paht_model::time::UnixMs;
use paht_model::timeline::{Carrier, What};

use crate::change::Change;
use crate::intake::{classify, dispatch_if_urgent, fresh_code};
use crate::ports::{
    Advice, CaseRecord, HubContext, KeptMessage, Ledger, MessageState, Refusal, SenderMark, StoreFault,
};
use crate::triage::category_of_danger;

/// Most cases that one number may make in a day; a person looks at the rest.
pub const CASES_PER_DAY_MAX: usize = 20;
/// Most replies that one number gets in a day: each costs money.
pub const REPLIES_PER_DAY_MAX: usize = 3;
/// Most messages of one number that wait for others of their report.
const WAITING_MAX: usize = 200;
/// How long a message waits for the others of its report, in milliseconds (a week).
const WAITS_MS: i64 = 7 * DAY_MS;
const DAY_MS: i64 = 24 * 3_600_000;

/// A text message as the gateway hands it over.
#[derive(Debug, Clone)]
pub struct Message {
    /// Whose it is: not the number, but what only this hub can make of it.
    pub sender: SenderMark,
    /// The number, sealed to the operators.
    pub sealed: Vec<u8>,
    /// The key that a registered phone of this number has.
    pub key: CheckKey,
    /// What it says.
    pub text: String,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It made a case.
    Begun {
        /// Its code.
        case: CaseCode,
        /// Whether the sender is told so.
        reply: bool,
    },
    /// The case is here already; nothing is said.
    Known {
        /// Its code.
        case: CaseCode,
    },
    /// Others of the report are missing.
    Waits {
        /// How many there are.
        have: usize,
        /// How many there must be.
        of: usize,
    },
    /// A person must look at it; nothing is said.
    Quarantined {
        /// Why.
        why: Code,
    },
}

/// Takes one message; the same again changes nothing.
///
/// # Errors
/// [`Code::TextMissing`] for a blank one; nothing was stored then.
pub fn take_message(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    message: &Message,
) -> Result<Taken, Refusal> {
    if is_blank(&message.text) {
        return Err(Refusal::Never(Code::TextMissing));
    }
    if !is_readable(&message.text) {
        return quarantine(ledger, hub, message, Code::SmsUnreadable);
    }
    let message = &Message { text: composed(message.text.clone()), ..message.clone() };
    if !is_ours(&message.text) {
        return plain(ledger, hub, message);
    }
    let series = match Series::of(&message.text) {
        Ok(series) => series,
        Err(why) => return quarantine(ledger, hub, message, why.code()),
    };
    let waiting = ledger.waiting(&message.sender, hub.now.plus_millis(-WAITS_MS))?;
    if waiting.len() >= WAITING_MAX {
        return quarantine(ledger, hub, message, Code::TooMany);
    }
    let own = |kept: &&KeptMessage| Series::of(&kept.text).as_ref() == Ok(&series);
    let mut texts: Vec<String> = waiting.iter().filter(own).map(|kept| kept.text.clone()).collect();
    let is_new = !texts.contains(&message.text);
    texts.push(message.text.clone());
    match decode(&texts) {
        Err(Unreadable::Missing { have, of }) => {
            if is_new {
                ledger.put_message(&kept(hub, message, MessageState::Waits))?;
            }
            Ok(Taken::Waits { have, of })
        }
        Err(why) => quarantine(ledger, hub, message, why.code()),
        Ok(received) => {
            for text in &texts {
                ledger.drop_waiting(&message.sender, text)?;
            }
            whole(ledger, hub, message, received)
        }
    }
}

/// Keeps a message for a person: nobody can read it, or answer who sent it. The same again changes nothing.
///
/// # Errors
/// [`Code::TextMissing`] for a blank one; nothing was stored then.
pub fn keep_message(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    message: &Message,
    why: Code,
) -> Result<Taken, Refusal> {
    if message.text.trim().is_empty() {
        return Err(Refusal::Never(Code::TextMissing));
    }
    quarantine(ledger, hub, message, why)
}

/// A report's essentials, all of them.
fn whole(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    message: &Message,
    received: Received,
) -> Result<Taken, Refusal> {
    if received.digest.tenant != *hub.tenant.id() {
        return quarantine(ledger, hub, message, Code::TenantUnknown);
    }
    if received.check.is_some() && !received.verifies(&message.key) {
        return quarantine(ledger, hub, message, Code::SmsCheck);
    }
    let Digest { tag, category, place, text, .. } = received.digest;
    if let Some(known) = ledger.case_by_tag(&tag)? {
        return Ok(Taken::Known { case: known.case.code });
    }
    let said = Said { tag, carrier: Carrier::Sms, category: Some(category), place, text };
    begin(ledger, hub, message, said)
}

/// A person's own words.
fn plain(ledger: &mut dyn Ledger, hub: &HubContext<'_>, message: &Message) -> Result<Taken, Refusal> {
    let text = message.text.trim().to_owned();
    if let Err(code) = check_text(&text) {
        return quarantine(ledger, hub, message, code);
    }
    // A gateway that heard no answer says it again: the same words on the same day are the same message.
    let tag = tag_of_words(hub.tenant.id(), &message.sender, &text, hub.now);
    if let Some(known) = ledger.case_by_tag(&tag)? {
        return Ok(Taken::Known { case: known.case.code });
    }
    begin(ledger, hub, message, Said { tag, carrier: Carrier::Text, category: None, place: None, text })
}

fn tag_of_words(tenant: &TenantId, sender: &SenderMark, text: &str, now: UnixMs) -> Tag {
    let day = now.millis().div_euclid(DAY_MS).to_be_bytes();
    let said = [b"paht/sms/plain/1", tenant.as_str().as_bytes(), sender.as_bytes(), &day, text.as_bytes()];
    let hash = Sha256::of(&said.join(&0));
    Tag::from_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default())
}

/// What a message says of a report.
struct Said {
    tag: Tag,
    carrier: Carrier,
    category: Option<CategoryCode>,
    place: Option<Point>,
    text: String,
}

fn begin(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    message: &Message,
    said: Said,
) -> Result<Taken, Refusal> {
    let (cases, replies) = ledger.taken_since(&message.sender, hub.now.plus_millis(-DAY_MS))?;
    if cases >= CASES_PER_DAY_MAX {
        return quarantine(ledger, hub, message, Code::TooMany);
    }
    let (report, key) = said.tag.stand_in();
    let code = fresh_code(ledger, hub, said.tag)?;
    let inside = |point: &Point| hub.tenant.contains(*point);
    let place = said.place.filter(inside);
    let record = |case| CaseRecord {
        report,
        key,
        // No secret of 16 bytes has this hash: nobody can claim the case.
        claim: Sha256::of(b"nobody"),
        case,
        // What a digest's check was made of is verified; what is read of it is composed.
        text: composed(said.text),
        place: place.map(|point| Place { point, accuracy_m: None, source: PlaceSource::Pin }),
        review: None,
        language: "vi".into(),
        sender: Some(message.sealed.clone()),
        declared: Vec::new(),
        advice: Advice::default(),
        pending: Vec::new(),
    };
    let begun = Change::begin(What::Received { case: code.clone() }, hub.now, record);
    let mut change = begun.ok_or(Refusal::Never(Code::HubFailed))?;
    change.tell(What::Carried { by: said.carrier }, None)?;
    // A category that is no longer one, like none at all, is for an operator to find, unless there is danger.
    let known = said.category.filter(|category| hub.tenant.category(category).is_some());
    let category = known.or_else(|| category_of_danger(hub.tenant, &change.record.text));
    if let Some(category) = category {
        classify(&mut change, hub, &category)?;
        dispatch_if_urgent(&mut change, hub)?;
    }
    change.write(ledger)?;
    let reply = replies < REPLIES_PER_DAY_MAX;
    ledger.put_message(&kept(hub, message, MessageState::Taken { replied: reply }))?;
    Ok(Taken::Begun { case: code, reply })
}

fn quarantine(
    ledger: &mut dyn Ledger,
    hub: &HubContext<'_>,
    message: &Message,
    why: Code,
) -> Result<Taken, Refusal> {
    // A gateway that heard no answer says it again.
    if !ledger.is_quarantined(&message.sender, &message.text)? {
        ledger.put_message(&kept(hub, message, MessageState::Quarantined { why }))?;
    }
    Ok(Taken::Quarantined { why })
}

/// What is kept of it: of one that made a case, not the words, which the case has.
fn kept(hub: &HubContext<'_>, message: &Message, state: MessageState) -> KeptMessage {
    let is_taken = matches!(state, MessageState::Taken { .. });
    let (text, sealed) =
        if is_taken { Default::default() } else { (message.text.clone(), message.sealed.clone()) };
    KeptMessage { number: 0, sender: message.sender, sealed, at: hub.now, state, text }
}

/// Whether a case is one that a statement of this tag may join: nobody has signed for it, it is open, and nothing lies on
/// the shelf under its name.
fn may_join(record: &CaseRecord, tag: Tag) -> bool {
    let (report, key) = tag.stand_in();
    record.report == report && record.key == key && record.case.ended.is_none() && record.declared.is_empty()
}

/// The case that waits for the statement of this tag, if there is one.
pub(crate) fn waiting_case(ledger: &dyn Ledger, tag: Tag) -> Result<Option<CaseRecord>, StoreFault> {
    Ok(ledger.case_by_tag(&tag)?.filter(|record| may_join(record, tag)))
}
