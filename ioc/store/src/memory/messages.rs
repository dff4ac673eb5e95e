//! Text messages in memory, and the cases that they make.

use std::sync::Arc;

use paht_hub::ports::{
    CaseRecord, KeptMessage, MESSAGES_KEPT_MS, MessageState, Messages, SenderMark, StoreFault,
};
use paht_model::ids::{KeyThumbprint, ReportId};
use paht_model::sms::Tag;
use paht_model::time::UnixMs;
use paht_model::wire::sync::Told;

use super::MemoryRecord;

impl Messages for MemoryRecord {
    fn case_by_tag(&self, tag: &Tag) -> Result<Option<CaseRecord>, StoreFault> {
        let tagged = |record: &&Arc<CaseRecord>| Tag::as_known(&record.key, &record.report) == *tag;
        Ok(self.cases.values().find(tagged).map(|record| CaseRecord::clone(record)))
    }

    fn adopt(
        &mut self,
        stand_in: &ReportId,
        report: &ReportId,
        key: &KeyThumbprint,
    ) -> Result<(), StoreFault> {
        let unknown =
            || StoreFault { what: "joining a case", source: Some("there is no such report".into()) };
        let record = self.cases.remove(stand_in).ok_or_else(unknown)?;
        self.codes.insert(record.case.code.clone(), *report);
        if let Some(log) = self.logs.remove(stand_in) {
            self.logs.insert(*report, log);
        }
        let heard = self.told.remove(&record.key).unwrap_or_default();
        let moved = heard.iter().map(|told| Told { report: *report, ..told.clone() });
        Arc::make_mut(self.told.entry(*key).or_default()).extend(moved);
        self.cases.insert(*report, record);
        Ok(())
    }

    fn put_message(&mut self, message: &KeptMessage) -> Result<(), StoreFault> {
        let old = message.at.plus_millis(-MESSAGES_KEPT_MS);
        let is_kept =
            |kept: &KeptMessage| kept.at >= old || matches!(kept.state, MessageState::Quarantined { .. });
        self.inbound.messages.retain(is_kept);
        let number = self.inbound.messages.last().map_or(0, |last| last.number).saturating_add(1);
        self.inbound.messages.push(KeptMessage { number, ..message.clone() });
        Ok(())
    }

    fn waiting(&self, sender: &SenderMark, after: UnixMs) -> Result<Vec<KeptMessage>, StoreFault> {
        let waits = |kept: &&KeptMessage| {
            kept.sender == *sender && kept.state == MessageState::Waits && kept.at > after
        };
        Ok(self.inbound.messages.iter().filter(waits).cloned().collect())
    }

    fn drop_waiting(&mut self, sender: &SenderMark, text: &str) -> Result<(), StoreFault> {
        let said = |kept: &KeptMessage| {
            kept.sender == *sender && kept.state == MessageState::Waits && kept.text == text
        };
        self.inbound.messages.retain(|kept| !said(kept));
        Ok(())
    }

    fn taken_since(&self, sender: &SenderMark, after: UnixMs) -> Result<(usize, usize), StoreFault> {
        let own = self.inbound.messages.iter().filter(|kept| kept.sender == *sender && kept.at > after);
        let replies = own.filter_map(|kept| match kept.state {
            MessageState::Taken { replied } => Some(replied),
            MessageState::Waits | MessageState::Quarantined { .. } => None,
        });
        let replies: Vec<bool> = replies.collect();
        Ok((replies.len(), replies.iter().filter(|replied| **replied).count()))
    }

    fn is_quarantined(&self, sender: &SenderMark, text: &str) -> Result<bool, StoreFault> {
        let same = |kept: &KeptMessage| {
            let waits = matches!(kept.state, MessageState::Quarantined { .. });
            waits && kept.sender == *sender && kept.text == text
        };
        Ok(self.inbound.messages.iter().any(same))
    }

    fn quarantined(&self, limit: usize) -> Result<Vec<KeptMessage>, StoreFault> {
        let kept = self.inbound.messages.iter().rev();
        let kept = kept.filter(|kept| matches!(kept.state, MessageState::Quarantined { .. }));
        Ok(kept.take(limit).cloned().collect())
    }

    fn dismiss(&mut self, number: u64) -> Result<bool, StoreFault> {
        let before = self.inbound.messages.len();
        let named = |kept: &KeptMessage| {
            kept.number == number && matches!(kept.state, MessageState::Quarantined { .. })
        };
        self.inbound.messages.retain(|kept| !named(kept));
        Ok(self.inbound.messages.len() < before)
    }
}
