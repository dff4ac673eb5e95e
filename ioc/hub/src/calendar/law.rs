//! The holidays that hold by law while the Government has not announced a year's: article 112 of the Labour Code of 2019, and
//! resolution 28/2026/QH16 for 24 November.
//!
//! The law names days; how Tết's five lie around New Year's Day and which day joins 2 September, the Government chooses each
//! year. What stands here is its usual choice, so a deadline reckoned by it is provisional.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use super::lunar::LunarDay;

/// The first year that holidays are reckoned for: before it, files named every day off, and nobody asks any more.
pub(super) const FIRST_YEAR: i16 = 2026;
/// The last one; a deadline is never given for later.
pub(super) const LAST_YEAR: i16 = 2099;

/// A day that the law itself fixes, so that no announcement can leave it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// 1 January.
    NewYear,
    /// The first three days of the lunar year.
    Tet,
    /// The tenth of the third lunar month.
    HungKings,
    /// 30 April.
    Reunification,
    /// 1 May.
    Labour,
    /// 2 September.
    National,
    /// 24 November, since 2026.
    Culture,
}

impl Feast {
    /// What it is called, in Vietnamese and English.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::NewYear => ("Tết Dương lịch", "New Year's Day"),
            Self::Tet => ("Tết Nguyên đán", "lunar New Year"),
            Self::HungKings => ("Giỗ Tổ Hùng Vương", "Hùng Kings' Day"),
            Self::Reunification => ("Ngày Chiến thắng", "Reunification Day"),
            Self::Labour => ("Ngày Quốc tế lao động", "Labour Day"),
            Self::National => ("Quốc khánh", "National Day"),
            Self::Culture => ("Ngày Văn hóa Việt Nam", "Vietnamese Culture Day"),
        }
    }
}

/// The days of one year that the law fixes.
pub(super) fn fixed(year: i16) -> Vec<(Date, Feast)> {
    let mut days = vec![(date(year, 1, 1), Feast::NewYear)];
    if let Some(tet) = LunarDay::TET.in_year(year) {
        days.extend(
            (0..3).filter_map(|after| tet.checked_add(after.days()).ok()).map(|day| (day, Feast::Tet)),
        );
    }
    days.extend(LunarDay::HUNG_KINGS.in_year(year).map(|day| (day, Feast::HungKings)));
    days.push((date(year, 4, 30), Feast::Reunification));
    days.push((date(year, 5, 1), Feast::Labour));
    days.push((date(year, 9, 2), Feast::National));
    if year >= 2026 {
        days.push((date(year, 11, 24), Feast::Culture));
    }
    days
}

/// All days off that a year is likely to have: those that the law fixes, the Government's usual choice of the rest, and for
/// each that falls on a weekly day off the next working day (article 111).
pub(super) fn usual(year: i16, works: impl Fn(Weekday) -> bool) -> BTreeSet<Date> {
    let mut off: BTreeSet<Date> = fixed(year).into_iter().map(|(day, _)| day).collect();
    // One day before and four from New Year's Day on, as in most years.
    if let Some(tet) = LunarDay::TET.in_year(year) {
        off.extend([-1, 3].into_iter().filter_map(|days: i64| tet.checked_add(days.days()).ok()));
    }
    let national = date(year, 9, 2);
    // The day that joins the weekend; wherever else either makes the same week, the day before.
    let beside =
        if national.weekday() == Weekday::Thursday { national.tomorrow() } else { national.yesterday() };
    off.extend(beside);
    let lost: Vec<Date> = off.iter().copied().filter(|day| !works(day.weekday())).collect();
    for day in lost {
        let later = day.series(1.day()).take(31);
        let instead = later.into_iter().find(|day| works(day.weekday()) && !off.contains(day));
        off.extend(instead);
    }
    off
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked_off(year: i16) -> Vec<String> {
        let works = |day| !matches!(day, Weekday::Saturday | Weekday::Sunday);
        usual(year, works).into_iter().filter(|day| works(day.weekday())).map(|day| day.to_string()).collect()
    }

    #[test]
    fn a_year_nobody_has_announced_has_the_days_of_the_law() {
        let expected = [
            "2028-01-03",
            "2028-01-25",
            "2028-01-26",
            "2028-01-27",
            "2028-01-28",
            "2028-01-31",
            "2028-04-04",
            "2028-05-01",
            "2028-05-02",
            "2028-09-01",
            "2028-09-04",
            "2028-11-24",
        ];
        assert_eq!(worked_off(2028), expected);
    }

    /// Method: the announced days of 2026 and 2027, without what was swapped; Tết's choice differs in 2027.
    #[test]
    fn the_years_that_were_announced_come_out_nearly_the_same() {
        let of_2026 = [
            "2026-01-01",
            "2026-02-16",
            "2026-02-17",
            "2026-02-18",
            "2026-02-19",
            "2026-02-20",
            "2026-04-27",
            "2026-04-30",
            "2026-05-01",
            "2026-09-01",
            "2026-09-02",
            "2026-11-24",
        ];
        assert_eq!(worked_off(2026), of_2026);
        let tet_2027 = ["2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"];
        assert_eq!(worked_off(2027)[1..6], tet_2027);
        assert_eq!(
            worked_off(2027)[6..],
            ["2027-04-16", "2027-04-30", "2027-05-03", "2027-09-02", "2027-09-03", "2027-11-24"]
        );
    }
}
