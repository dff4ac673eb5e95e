//! What is tried again, and when: decided here for everything. Retries never stop by themselves; waits grow with
//! decorrelated jitter, never beyond [`WAIT_MS_MAX`], and end at once when the network changes.

use paht_model::fault::Code;
use paht_model::time::ClockReading;

use crate::plan::Wait;

/// Shortest wait after a failure, in milliseconds (1 s). Source: ADR-0007.
pub const WAIT_MS_MIN: u64 = 1_000;
/// Longest wait between attempts, in milliseconds (6 h). Source: ADR-0007.
pub const WAIT_MS_MAX: u64 = 6 * 3_600 * 1_000;
/// Longest `Retry-After` that is believed, in milliseconds (24 h): a broken hub must not silence phones for ever.
pub const RETRY_AFTER_MS_MAX: u64 = 24 * 3_600 * 1_000;

/// Whether something is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// At once: the hub said what to do differently.
    Now,
    /// After a wait.
    After,
    /// Not without a person.
    Never,
}

/// What a code means for trying again. A code nobody here knows is tried again: a newer hub may mean anything, and
/// giving up is the one mistake that cannot be mended.
pub const fn retry(code: Code) -> Retry {
    match code {
        Code::UploadOffsetConflict => Retry::Now,
        Code::MediaEmpty
        | Code::MediaUnknownFormat
        | Code::MediaTruncated
        | Code::MediaBomb
        | Code::MediaTooLarge
        | Code::ReportEmpty
        | Code::ReportTooManyCaptures
        | Code::ReportCaptureTwice
        | Code::CategoryMissing
        | Code::CategoryUnknown
        | Code::TextTooLong
        | Code::TextMissing
        | Code::PlaceUnknown
        | Code::PlaceOutside
        | Code::GradeOutOfRange
        | Code::ServiceMissing
        | Code::ReportState
        | Code::SignatureBad
        | Code::KeyMismatch
        | Code::ClaimBad
        | Code::CommandMalformed
        | Code::CommandTooLarge
        | Code::TenantUnknown
        | Code::CommandConflict
        | Code::UploadWrongLength
        | Code::CaseState
        | Code::CaseUnknown
        | Code::EvidenceMissing
        | Code::Forbidden
        | Code::DeadlinePeriod
        | Code::OfficerUnknown
        | Code::OfficerEnded
        | Code::SmsForeign
        | Code::SmsDamaged
        | Code::SmsNewer
        | Code::SmsIncomplete
        | Code::SmsCheck
        | Code::SmsConfidential
        | Code::SmsUnreadable
        | Code::SmsSender
        | Code::BundleUnreadable
        | Code::BundleEmpty
        | Code::BundleNoKey
        | Code::ReceiptsUnreadable => Retry::Never,
        _ => Retry::After,
    }
}

/// The next wait after a failure: between the shortest and three times the last, never above the longest; at least what
/// the hub asked for.
pub fn next_wait(wait: Wait, now: ClockReading, fault: Code, asked_ms: Option<u64>, random: u64) -> Wait {
    let last = if wait.failures == 0 { WAIT_MS_MIN } else { wait.last_ms.clamp(WAIT_MS_MIN, WAIT_MS_MAX) };
    let top = last.saturating_mul(3).min(WAIT_MS_MAX);
    let span = top.saturating_sub(WAIT_MS_MIN).saturating_add(1);
    let drawn = WAIT_MS_MIN.saturating_add(random.checked_rem(span).unwrap_or(0));
    let wait_ms = drawn.max(asked_ms.unwrap_or(0).min(RETRY_AFTER_MS_MAX));
    Wait {
        failures: wait.failures.saturating_add(1),
        last_ms: drawn,
        until_ticks: now.ticks_ms.saturating_add(wait_ms),
        boot: now.boot,
        fault: Some(fault),
    }
}

/// When an entry that failed so often may go again, in ticks. Its wait grows with its tries, as the link's does with its
/// failures: the link itself may answer well meanwhile.
pub(crate) fn entry_wait(
    attempts: u32,
    now: ClockReading,
    fault: Code,
    asked_ms: Option<u64>,
    random: u64,
) -> u64 {
    let doublings = match fault {
        // What will be mended elsewhere, any time: at most 1.5, and 25 minutes.
        Code::HubFailed | Code::HubBusy => 5,
        Code::HubFull | Code::LinkBlocked | Code::LinkForeign => 9,
        _ => 14,
    };
    let before =
        Wait { failures: attempts, last_ms: WAIT_MS_MIN << attempts.min(doublings), ..Wait::default() };
    next_wait(before, now, fault, asked_ms, random).until_ticks
}

impl Wait {
    /// How long is still to wait, in milliseconds; nothing after a reboot, since those ticks are gone.
    pub const fn left_ms(&self, now: ClockReading) -> u64 {
        if self.boot == now.boot { self.until_ticks.saturating_sub(now.ticks_ms) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paht_model::time::UnixMs;
    use proptest::prelude::*;

    fn at(ticks_ms: u64) -> ClockReading {
        ClockReading { wall: UnixMs::from_millis(0), offset_min: 0, ticks_ms, boot: 1 }
    }

    proptest! {
        /// However often it fails and whatever the hub asks, there is a next try within a day.
        #[test]
        fn there_is_always_a_next_try(draws in prop::collection::vec(any::<u64>(), 1..300), asked in any::<Option<u64>>()) {
            let mut wait = Wait::default();
            for random in draws {
                wait = next_wait(wait, at(7), Code::LinkDown, asked, random);
                let left = wait.left_ms(at(7));
                prop_assert!((WAIT_MS_MIN..=RETRY_AFTER_MS_MAX).contains(&left));
                prop_assert!(asked.is_some_and(|ms| ms > WAIT_MS_MAX) || left <= WAIT_MS_MAX);
                prop_assert!(asked.is_none_or(|ms| left >= ms.min(RETRY_AFTER_MS_MAX)));
            }
        }
    }

    #[test]
    fn a_code_nobody_knows_is_tried_again() {
        assert_eq!(retry(Code::Unknown(40_000)), Retry::After);
        assert_eq!(retry(Code::HubFailed), Retry::After);
        assert_eq!(retry(Code::CategoryUnknown), Retry::Never);
    }

    #[test]
    fn an_entry_that_is_refused_on_the_way_is_tried_ever_less_often_but_within_the_half_hour() {
        let longest = |attempts| entry_wait(attempts, at(0), Code::LinkBlocked, None, u64::MAX - 1);
        let draws = || (0..500_u64).map(|n| n.wrapping_mul(7_919_777));
        let mean = |attempts| {
            let waits = draws().map(|draw| entry_wait(attempts, at(0), Code::LinkBlocked, None, draw));
            waits.sum::<u64>() / 500
        };
        assert!(mean(1) < mean(4) && mean(4) < mean(8), "{} {} {}", mean(1), mean(4), mean(8));
        assert!(longest(1_000) <= 30 * 60 * 1_000);
        assert!(entry_wait(1_000, at(0), Code::HubFailed, None, u64::MAX - 1) <= 2 * 60 * 1_000);
    }

    #[test]
    fn a_reboot_ends_every_wait() {
        let wait = next_wait(Wait::default(), at(1_000), Code::LinkDown, Some(60_000), 5);
        assert!(wait.left_ms(at(1_000)) >= 60_000);
        assert_eq!(wait.left_ms(ClockReading { boot: 2, ..at(0) }), 0);
    }
}
