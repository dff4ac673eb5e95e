use jiff::civil::{DateTime, Weekday, date, time};
use proptest::prelude::*;

use super::*;

/// Huế's hours, with lunar New Year 2026 off and a Saturday worked in exchange.
fn hue() -> Calendar {
    let tet = std::iter::successors(Some(date(2026, 2, 14)), |day| day.tomorrow().ok()).take(9);
    Calendar::new(Plan { days_off: tet.collect(), days_worked: [date(2026, 8, 22)].into(), ..week() })
        .unwrap()
}

fn week() -> Plan {
    Plan {
        zone: TimeZone::get("Asia/Ho_Chi_Minh").unwrap(),
        hours: vec![(time(7, 30, 0, 0), time(11, 30, 0, 0)), (time(13, 30, 0, 0), time(17, 0, 0, 0))],
        working_days: Weekday::Monday.cycle_forward().take(5).collect(),
        days_off: [].into(),
        days_worked: [].into(),
    }
}

fn at(local: &str) -> UnixMs {
    let shown: DateTime = local.parse().unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    UnixMs::from_millis(zone.to_timestamp(shown).unwrap().as_millisecond())
}

#[track_caller]
fn due(from: &str, hours: u32, expected: &str) {
    assert_eq!(hue().deadline(at(from), hours), at(expected), "{from} + {hours} h, expected {expected}");
}

#[test]
fn a_deadline_waits_over_lunch_night_and_weekend() {
    due("2026-10-05T09:00", 2, "2026-10-05T11:00");
    due("2026-10-05T10:30", 2, "2026-10-05T14:30");
    due("2026-10-05T12:10", 1, "2026-10-05T14:30");
    due("2026-10-05T16:00", 2, "2026-10-06T08:30");
    due("2026-10-02T16:30", 2, "2026-10-05T09:00"); // Friday
    due("2026-10-04T03:00", 4, "2026-10-05T11:30"); // Sunday
    due("2026-10-05T07:30", 15, "2026-10-06T17:00"); // two whole days
}

#[test]
fn tet_stops_the_clock_for_nine_days() {
    due("2026-02-13T16:00", 2, "2026-02-23T08:30");
    due("2026-02-17T00:00", 1, "2026-02-23T08:30");
}

#[test]
fn a_saturday_worked_in_exchange_counts() {
    due("2026-08-21T16:00", 2, "2026-08-22T08:30");
    due("2026-08-22T16:30", 1, "2026-08-24T08:00");
}

#[test]
fn no_hours_means_now_or_the_next_opening() {
    due("2026-10-05T09:12:13.014", 0, "2026-10-05T09:12:13.014");
    due("2026-10-05T12:00", 0, "2026-10-05T13:30");
    due("2026-10-02T17:00", 0, "2026-10-02T17:00");
    due("2026-10-02T17:00:00.001", 0, "2026-10-05T07:30");
}

#[test]
fn plain_hours_run_through_the_night() {
    let from = at("2026-02-16T23:00");
    assert_eq!(hue().due(from, Allowance::Plain(4)), at("2026-02-17T03:00"));
    assert_eq!(hue().due(from, Allowance::Working(4)), at("2026-02-23T11:30"));
}

#[test]
fn absurd_instants_and_hours_end_within_the_calendar() {
    let (calendar, last) = (hue(), at("2999-12-31T17:00"));
    assert_eq!(calendar.deadline(at("2026-10-05T09:00"), u32::MAX), last);
    assert_eq!(calendar.deadline(UnixMs::from_millis(i64::MAX), 1), last);
    assert_eq!(calendar.deadline(UnixMs::from_millis(i64::MIN), 1), at("2000-01-03T08:30"));
    assert_eq!(calendar.deadline(at("5000-01-01T00:00"), 1), last);
    assert_eq!(calendar.deadline(UnixMs::from_millis(0), 1), at("2000-01-03T08:30"));
    assert_eq!(calendar.working_ms_between(at("1970-01-01T00:00"), at("2000-01-03T08:30")), 3_600_000);
    assert_eq!(calendar.working_ms_between(UnixMs::from_millis(i64::MAX), UnixMs::from_millis(i64::MAX)), 0);
    assert_eq!(calendar.year(UnixMs::from_millis(i64::MIN)), 2000);
    assert_eq!(calendar.year(at("2026-12-31T23:59")), 2026);
}

#[test]
fn a_calendar_nobody_could_work_by_is_refused() {
    let refused = |plan| Calendar::new(plan).unwrap_err();
    let swapped = vec![(time(13, 30, 0, 0), time(17, 0, 0, 0)), (time(7, 30, 0, 0), time(11, 30, 0, 0))];
    let (day, far) = (date(2026, 9, 2), date(3026, 9, 1));
    assert_eq!(refused(Plan { working_days: vec![], ..week() }), BadCalendar::NoWorkingDay);
    assert_eq!(refused(Plan { hours: vec![], ..week() }), BadCalendar::NoHours);
    assert_eq!(refused(Plan { hours: swapped, ..week() }), BadCalendar::HoursOutOfOrder(time(7, 30, 0, 0)));
    assert_eq!(
        refused(Plan { days_off: [day].into(), days_worked: [day].into(), ..week() }),
        BadCalendar::OffAndWorked(day)
    );
    assert_eq!(refused(Plan { days_off: [far].into(), ..week() }), BadCalendar::OutOfRange(far));
}

/// Instants from 2000 to 2100, in milliseconds, most of them near the exceptions of [`hue`].
fn instant() -> impl Strategy<Value = UnixMs> {
    let anywhere = 946_659_600_000_i64..4_102_444_800_000;
    let near_2026 = at("2026-01-15T00:00").millis()..at("2026-09-15T00:00").millis();
    prop_oneof![anywhere, near_2026].prop_map(UnixMs::from_millis)
}

/// Opening time between two instants less than some weeks apart, counted minute by minute.
fn counted_minutes(calendar: &Calendar, from: UnixMs, until: UnixMs) -> i64 {
    let minutes = (from.millis()..until.millis()).step_by(60_000);
    let open = |ms: &i64| calendar.is_working(UnixMs::from_millis(ms + 1));
    i64::try_from(minutes.filter(open).count()).unwrap()
}

proptest! {
    #[test]
    fn a_deadline_is_in_working_time_and_not_before_its_start(from in instant(), hours in 0_u32..5_000) {
        let (calendar, due) = (hue(), hue().deadline(from, hours));
        prop_assert!(calendar.is_working(due));
        prop_assert!(due >= from);
    }

    #[test]
    fn exactly_the_hours_given_lie_before_a_deadline(from in instant(), hours in 0_u32..5_000) {
        let calendar = hue();
        let worked = calendar.working_ms_between(from, calendar.deadline(from, hours));
        prop_assert_eq!(worked, i64::from(hours) * 3_600_000);
    }

    #[test]
    fn a_later_start_or_more_hours_never_end_earlier(
        a in instant(), later_ms in 0_i64..2_000_000_000, hours in 0_u32..500, more in 0_u32..50,
    ) {
        let calendar = hue();
        prop_assert!(calendar.deadline(a, hours) <= calendar.deadline(a.plus_millis(later_ms), hours));
        prop_assert!(calendar.deadline(a, hours) <= calendar.deadline(a, hours + more));
    }

    #[test]
    fn any_instant_and_any_hours_give_an_answer(from in any::<i64>(), hours in any::<u32>()) {
        let calendar = hue();
        prop_assert!(calendar.is_working(calendar.deadline(UnixMs::from_millis(from), hours)));
    }

    #[test]
    fn working_time_agrees_with_counting_the_minutes(day in 0_i64..60, from in 0_i64..1_440, length in 0_i64..20_000) {
        let calendar = hue();
        let from = at("2026-01-20T00:00").plus_millis((day * 1_440 + from) * 60_000);
        let until = from.plus_millis(length * 60_000);
        let counted = counted_minutes(&calendar, from, until);
        prop_assert_eq!(calendar.working_ms_between(from, until), counted * 60_000);
        prop_assert_eq!(calendar.working_ms_between(until, from), -counted * 60_000);
    }
}
