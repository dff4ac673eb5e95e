use std::sync::LazyLock;

use jiff::civil::{DateTime, Time, Weekday, date, time};
use proptest::prelude::*;

use super::*;

/// The hours of Huế before its seasons, with lunar New Year 2026 off and a Saturday worked in exchange.
fn hue() -> &'static Calendar {
    static HUE: LazyLock<Calendar> = LazyLock::new(|| {
        let tet = std::iter::successors(Some(date(2026, 2, 14)), |day| day.tomorrow().ok()).take(9);
        Calendar::new(Plan { days_off: tet.collect(), days_worked: [date(2026, 8, 22)].into(), ..week() })
            .unwrap()
    });
    &HUE
}

/// The same week with the seasons that hold in Huế since 2026.
fn seasonal() -> &'static Calendar {
    static SEASONAL: LazyLock<Calendar> = LazyLock::new(|| {
        let timetables =
            vec![Timetable::always(old_hours()), Timetable { since: date(2026, 1, 1), seasons: seasons() }];
        Calendar::new(Plan { timetables, ..week() }).unwrap()
    });
    &SEASONAL
}

fn seasons() -> Vec<Season> {
    let season = |from, until, hours| {
        let day = |text| MonthDay::parse(text).unwrap();
        Season { from: day(from), until: day(until), hours }
    };
    let morning = (time(7, 30, 0, 0), time(11, 30, 0, 0));
    let summer = vec![morning, (time(13, 30, 0, 0), time(17, 30, 0, 0))];
    let winter = vec![morning, (time(13, 0, 0, 0), time(17, 0, 0, 0))];
    vec![season("04-01", "09-30", summer), season("10-01", "03-31", winter)]
}

fn old_hours() -> Vec<(Time, Time)> {
    vec![(time(7, 30, 0, 0), time(11, 30, 0, 0)), (time(13, 30, 0, 0), time(17, 0, 0, 0))]
}

fn week() -> Plan {
    Plan {
        zone: TimeZone::get("Asia/Ho_Chi_Minh").unwrap(),
        timetables: vec![Timetable::always(old_hours())],
        working_days: Weekday::Monday.cycle_forward().take(5).collect(),
        days_off: [].into(),
        days_worked: [].into(),
        swaps: vec![],
        provisional: [].into(),
        known_years: [].into(),
    }
}

fn at(local: &str) -> UnixMs {
    let shown: DateTime = local.parse().unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    UnixMs::from_millis(zone.to_timestamp(shown).unwrap().as_millisecond())
}

#[track_caller]
fn due(from: &str, hours: u32, expected: &str) {
    due_by(hue(), from, hours, expected);
}

#[track_caller]
fn due_by(calendar: &Calendar, from: &str, hours: u32, expected: &str) {
    assert_eq!(calendar.deadline(at(from), hours), at(expected), "{from} + {hours} h, expected {expected}");
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
fn deadlines_cross_the_borders_of_seasons_by_the_hours_of_each_day() {
    due_by(seasonal(), "2026-09-30T16:30", 2, "2026-10-01T08:30"); // the last day until 17:30
    due_by(seasonal(), "2026-09-30T10:30", 8, "2026-10-01T10:30");
    due_by(seasonal(), "2027-03-31T16:30", 1, "2027-04-01T08:00"); // the last day until 17:00
    due_by(seasonal(), "2027-03-31T16:30", 5, "2027-04-01T14:00"); // the next, lunch until 13:30
    due_by(seasonal(), "2026-10-05T11:00", 1, "2026-10-05T13:30");
    due_by(seasonal(), "2026-09-28T11:00", 1, "2026-09-28T14:00");
    due_by(seasonal(), "2025-12-31T16:30", 1, "2026-01-02T08:00"); // the old hours until the seasons begin
    due_by(seasonal(), "2026-09-30T13:15", 0, "2026-09-30T13:30");
    due_by(seasonal(), "2026-10-01T13:15", 0, "2026-10-01T13:15");
    let (september, november) = (at("2026-09-01T00:00"), at("2026-11-01T00:00"));
    // 20 working days of September are left by National Day and the day before it, and 22 of October: 8 hours each.
    assert_eq!(seasonal().working_ms_between(september, november), (20 + 22) * 8 * HOUR_MS);
}

#[test]
fn a_swap_counts_whichever_day_comes_first() {
    let swaps = vec![
        Swap { off: date(2026, 1, 2), worked: date(2026, 1, 10) },
        Swap { off: date(2026, 8, 31), worked: date(2026, 8, 22) },
    ];
    let calendar = Calendar::new(Plan { swaps, ..week() }).unwrap();
    due_by(&calendar, "2025-12-31T16:00", 2, "2026-01-05T08:30");
    due_by(&calendar, "2026-01-09T16:00", 2, "2026-01-10T08:30");
    due_by(&calendar, "2026-08-21T16:00", 2, "2026-08-22T08:30");
    due_by(&calendar, "2026-08-28T16:00", 2, "2026-09-03T08:30");
}

#[test]
fn a_year_nobody_has_announced_rests_on_the_days_of_the_law_and_says_so() {
    let plan = Plan { known_years: [2026, 2027].into(), days_off: announced(), ..week() };
    let calendar = Calendar::new(plan).unwrap();
    due_by(&calendar, "2027-12-31T16:00", 2, "2028-01-04T08:30"); // 1 January 2028 is a Saturday, made up on Monday
    due_by(&calendar, "2028-01-24T16:00", 2, "2028-02-01T08:30"); // Tết on 26 January
    due_by(&calendar, "2030-02-01T08:30", 1, "2030-02-08T08:30"); // Tết on Saturday 2 February, a day before China's
    let provisional = |from, until| calendar.is_provisional(at(from), at(until));
    assert!(provisional("2027-12-31T16:00", "2028-01-04T08:30"));
    assert!(provisional("2028-05-04T08:00", "2028-05-04T10:00"));
    assert!(!provisional("2027-12-30T16:00", "2027-12-31T17:00"));
    assert!(!provisional("2020-01-01T00:00", "2020-01-03T00:00"), "years before the first known are over");
    for (now, asked) in [
        ("2026-12-31T23:59", None),
        ("2027-09-30T23:59", None),
        ("2027-10-01T00:00", Some(2028)),
        ("2028-06-01T00:00", Some(2028)),
        ("2025-12-01T00:00", None),
    ] {
        assert_eq!(calendar.unknown_year(at(now)), asked, "{now}");
    }
    assert_eq!(Calendar::new(week()).unwrap().unknown_year(at("2026-03-01T00:00")), Some(2026));
}

/// The days off of 2026 and 2027 by the law, a little more.
fn announced() -> std::collections::BTreeSet<Date> {
    let works = |day| !matches!(day, Weekday::Saturday | Weekday::Sunday);
    (2026..=2027).flat_map(|year| law::usual(year, works)).collect()
}

#[test]
fn a_day_that_may_change_makes_what_spans_it_provisional() {
    let (known_years, provisional) = ([2026, 2027].into(), [date(2027, 9, 2), date(2027, 9, 3)].into());
    let plan = Plan { known_years, provisional, days_off: announced(), ..week() };
    let calendar = Calendar::new(plan).unwrap();
    assert!(calendar.is_provisional(at("2027-09-01T16:00"), at("2027-09-06T08:30")));
    assert!(!calendar.is_provisional(at("2027-09-01T08:00"), at("2027-09-01T10:00")));
    assert!(!calendar.is_provisional(at("2027-09-06T08:00"), at("2027-09-01T10:00")));
}

#[test]
fn an_entry_that_a_day_of_the_law_is_worked_is_believed() {
    let days_worked = [date(2028, 11, 24)].into();
    let calendar = Calendar::new(Plan { days_worked, ..week() }).unwrap();
    assert!(calendar.is_working(at("2028-11-24T09:00")));
    assert!(!calendar.is_working(at("2029-11-26T09:00")), "a Saturday, made up on Monday");
}

#[test]
fn a_calendar_nobody_could_work_by_is_refused() {
    let refused = |plan| Calendar::new(plan).unwrap_err();
    let hours = |hours| vec![Timetable::always(hours)];
    let swapped = vec![(time(13, 30, 0, 0), time(17, 0, 0, 0)), (time(7, 30, 0, 0), time(11, 30, 0, 0))];
    let (day, far) = (date(2026, 9, 2), date(3026, 9, 1));
    assert_eq!(refused(Plan { working_days: vec![], ..week() }), BadCalendar::NoWorkingDay);
    assert_eq!(refused(Plan { timetables: hours(vec![]), ..week() }), BadCalendar::NoHours);
    assert_eq!(refused(Plan { timetables: vec![], ..week() }), BadCalendar::NoHours);
    assert_eq!(
        refused(Plan { timetables: hours(swapped), ..week() }),
        BadCalendar::HoursOutOfOrder(time(7, 30, 0, 0))
    );
    assert_eq!(
        refused(Plan { days_off: [day].into(), days_worked: [day].into(), ..week() }),
        BadCalendar::OffAndWorked(day)
    );
    assert_eq!(refused(Plan { days_off: [far].into(), ..week() }), BadCalendar::OutOfRange(far));
    let (friday, saturday) = (date(2026, 1, 2), date(2026, 1, 10));
    let swaps = vec![Swap { off: saturday, worked: friday }];
    assert_eq!(refused(Plan { swaps, ..week() }), BadCalendar::NoSwap(saturday, friday));
    let known = Plan { known_years: [2027].into(), days_off: [date(2027, 1, 1)].into(), ..week() };
    assert_eq!(refused(known), BadCalendar::FeastWorked(date(2027, 2, 8), Feast::Tet));
}

#[test]
fn seasons_cover_each_day_of_the_year_once() {
    let refused = |change: fn(&mut Vec<Season>)| {
        let mut changed = seasons();
        change(&mut changed);
        let timetables = vec![Timetable { since: date(2026, 1, 1), seasons: changed }];
        Calendar::new(Plan { timetables, ..week() }).unwrap_err()
    };
    let day = |text| MonthDay::parse(text).unwrap();
    assert_eq!(refused(|all| drop(all.pop())), BadCalendar::NoSeason(day("01-01")));
    assert_eq!(
        refused(|all| all[0].until = MonthDay::parse("09-29").unwrap()),
        BadCalendar::NoSeason(day("09-30"))
    );
    assert_eq!(
        refused(|all| all[1].until = MonthDay::parse("04-01").unwrap()),
        BadCalendar::TwoSeasons(day("04-01"))
    );
    assert_eq!(refused(Vec::clear), BadCalendar::NoHours);
    let twice = vec![Timetable::always(old_hours()), Timetable::always(old_hours())];
    let refused = Calendar::new(Plan { timetables: twice, ..week() }).unwrap_err();
    assert_eq!(refused, BadCalendar::TimetablesOutOfOrder(date(2000, 1, 1)));
    for bad in ["4-1", "13-01", "02-30", "04-01-01", "", "aa-bb", "+4-01"] {
        assert_eq!(MonthDay::parse(bad), None, "{bad}");
    }
    assert_eq!(MonthDay::parse("02-29").unwrap().to_string(), "02-29");
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

fn either() -> impl Strategy<Value = &'static Calendar> {
    prop_oneof![Just(hue()), Just(seasonal())]
}

proptest! {
    #[test]
    fn a_deadline_is_in_working_time_and_not_before_its_start(calendar in either(), from in instant(), hours in 0_u32..5_000) {
        let due = calendar.deadline(from, hours);
        prop_assert!(calendar.is_working(due));
        prop_assert!(due >= from);
    }

    #[test]
    fn exactly_the_hours_given_lie_before_a_deadline(calendar in either(), from in instant(), hours in 0_u32..5_000) {
        let worked = calendar.working_ms_between(from, calendar.deadline(from, hours));
        prop_assert_eq!(worked, i64::from(hours) * 3_600_000);
    }

    #[test]
    fn a_later_start_or_more_hours_never_end_earlier(
        calendar in either(), a in instant(), later_ms in 0_i64..2_000_000_000, hours in 0_u32..500, more in 0_u32..50,
    ) {
        prop_assert!(calendar.deadline(a, hours) <= calendar.deadline(a.plus_millis(later_ms), hours));
        prop_assert!(calendar.deadline(a, hours) <= calendar.deadline(a, hours + more));
    }

    #[test]
    fn any_instant_and_any_hours_give_an_answer(calendar in either(), from in any::<i64>(), hours in any::<u32>()) {
        prop_assert!(calendar.is_working(calendar.deadline(UnixMs::from_millis(from), hours)));
    }

    #[test]
    fn working_time_agrees_with_counting_the_minutes(
        calendar in either(), day in 0_i64..300, from in 0_i64..1_440, length in 0_i64..20_000,
    ) {
        let from = at("2026-01-20T00:00").plus_millis((day * 1_440 + from) * 60_000);
        let until = from.plus_millis(length * 60_000);
        let counted = counted_minutes(calendar, from, until);
        prop_assert_eq!(calendar.working_ms_between(from, until), counted * 60_000);
        prop_assert_eq!(calendar.working_ms_between(until, from), -counted * 60_000);
    }
}
