//! What can be wrong with a tenant's files, and what to do about it.

use jiff::civil::Date;

use super::Category;
use crate::calendar::BadCalendar;

/// Something in a tenant's files that cannot be read or does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}, {item}: {problem} [{}]", .file.name(), .problem.code())]
pub struct TenantFault {
    /// The file to edit.
    pub file: TenantFile,
    /// The entry in it, e.g. `rule "urban-water"` or `line 12`.
    pub item: String,
    /// What is wrong, and what to do.
    #[source]
    pub problem: Problem,
}

/// One of a tenant's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TenantFile {
    /// Names, numbers, bounds, fallback.
    Tenant,
    /// What reports are about.
    Categories,
    /// Who handles cases.
    Agencies,
    /// The communes.
    Areas,
    /// Which agency gets what.
    Rules,
    /// Working time.
    Calendar,
    /// What people can review.
    Services,
}

impl TenantFile {
    /// Its name in the tenant's folder.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tenant => "tenant.toml",
            Self::Categories => "categories.toml",
            Self::Agencies => "agencies.toml",
            Self::Areas => "areas.toml",
            Self::Rules => "rules.toml",
            Self::Calendar => "calendar.toml",
            Self::Services => "services.toml",
        }
    }

    pub(super) fn fault(self, item: impl Into<String>, problem: Problem) -> TenantFault {
        TenantFault { file: self, item: item.into(), problem }
    }
}

/// What is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No TOML, a field missing, unknown, or of the wrong kind.
    #[error("cannot be read ({0}). Compare it with the entries around it")]
    Unreadable(String),
    /// A text or list that must hold something.
    #[error("{0} is empty. Fill it in")]
    Empty(&'static str),
    /// Two entries under one name.
    #[error("stands there twice. Remove one of the two or give it another name")]
    Double,
    /// An agency that `agencies.toml` does not have.
    #[error("there is no agency {0:?}. Add it to agencies.toml or correct the id")]
    UnknownAgency(String),
    /// A category that `categories.toml` does not have.
    #[error("there is no category {0:?}. Add it to categories.toml or correct the code")]
    UnknownCategory(String),
    /// Neither a commune of `areas.toml` nor a group.
    #[error("{0:?} is neither a group nor the code of a commune. Add it to areas.toml or correct it")]
    UnknownArea(String),
    /// Some reports of a category would have nobody.
    #[error("has no default rule. End its rules in rules.toml with one that has only an agency")]
    NoDefaultRule,
    /// A rule below its category's default.
    #[error("is never reached: the default rule of its category stands above it. Move it up")]
    UnreachableRule,
    /// The desk that stands in for others cannot take cases itself.
    #[error("agency {0:?} is not on board, so it cannot stand in for others. Name one that is")]
    FallbackNotOnBoard(String),
    /// A deadline of no time or of years.
    #[error("{0} is no deadline. Give 1 to {max} hours", max = Category::HOURS_MAX)]
    BadDeadline(u32),
    /// Degrees that are no place, or a place outside the tenant's bounds.
    #[error(
        "{0} {1} is no position within the bounds of tenant.toml. Give latitude, then longitude, in degrees"
    )]
    BadPosition(String, String),
    /// An address of a website that is none.
    #[error("{0:?} is no address of a website. Give one that begins with https://")]
    BadWebsite(String),
    /// A number that no phone can send a message to.
    #[error("{0:?} is no number for messages. Give its digits, e.g. 8175 or +84234123456")]
    BadNumber(String),
    /// A box whose edges are swapped or off the Earth.
    #[error("is no box. Give degrees with south below north and west below east")]
    BadBounds,
    /// A distance that is no positive number.
    #[error("is no distance. Give kilometres, more than 0")]
    BadDistance,
    /// A zone that the zone database does not have.
    #[error("there is no time zone {0:?}. Give an IANA name, e.g. Asia/Ho_Chi_Minh")]
    UnknownZone(String),
    /// Text that is no date.
    #[error("{0:?} is no date. Write year-month-day, e.g. 2026-02-17")]
    BadDate(String),
    /// Text that is no time of day.
    #[error("{0:?} is no time of day. Write hours and minutes, e.g. 07:30")]
    BadTime(String),
    /// A period that ends before it starts, or a holiday of months.
    #[error("{0} to {1} is no holiday. Put the earlier date first; at most {max} days", max = HOLIDAY_DAYS_MAX)]
    BadPeriod(Date, Date),
    /// Text that is no day of a year.
    #[error("{0:?} is no day of a year. Write month-day, e.g. 04-01")]
    BadMonthDay(String),
    /// Two days that are months apart.
    #[error("{0} and {1} are more than {max} days apart. Correct the year", max = SWAP_DAYS_MAX)]
    BadSwap(Date, Date),
    /// Nobody could work by this calendar.
    #[error("{0}. Correct the entry")]
    BadCalendar(#[source] BadCalendar),
    /// Neither a package, nor the fingerprint of a certificate, nor an app's id; or an app without a fingerprint.
    #[error(
        "{0:?} is no app. Give a package such as vn.paht.app with its certificate's fingerprint AB:CD:…, or TEAM.vn.paht.app"
    )]
    NoApp(String),
    /// A keyword without a letter.
    #[error("{0:?} is no keyword. Write one or more words")]
    BadKeyword(String),
}

/// Longest holiday, in days: a slip in the year would close the offices for good.
pub(super) const HOLIDAY_DAYS_MAX: i64 = 60;
/// Most days between a day off and the day worked for it.
pub(super) const SWAP_DAYS_MAX: i64 = 60;

impl Problem {
    /// The stable code, for scripts and searches; it keeps its meaning for good.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoApp(_) => "tenant.no-app",
            Self::Unreadable(_) => "tenant.unreadable",
            Self::Empty(_) => "tenant.empty",
            Self::Double => "tenant.double",
            Self::UnknownAgency(_) => "tenant.unknown-agency",
            Self::UnknownCategory(_) => "tenant.unknown-category",
            Self::UnknownArea(_) => "tenant.unknown-area",
            Self::NoDefaultRule => "tenant.no-default-rule",
            Self::UnreachableRule => "tenant.unreachable-rule",
            Self::FallbackNotOnBoard(_) => "tenant.fallback-not-on-board",
            Self::BadDeadline(_) => "tenant.bad-deadline",
            Self::BadPosition(..) => "tenant.bad-position",
            Self::BadWebsite(_) => "tenant.bad-website",
            Self::BadNumber(_) => "tenant.bad-number",
            Self::BadBounds => "tenant.bad-bounds",
            Self::BadDistance => "tenant.bad-distance",
            Self::UnknownZone(_) => "tenant.unknown-zone",
            Self::BadDate(_) => "tenant.bad-date",
            Self::BadTime(_) => "tenant.bad-time",
            Self::BadPeriod(..) => "tenant.bad-period",
            Self::BadMonthDay(_) => "tenant.bad-month-day",
            Self::BadSwap(..) | Self::BadCalendar(BadCalendar::NoSwap(..)) => "tenant.bad-swap",
            Self::BadCalendar(BadCalendar::NoSeason(_) | BadCalendar::TwoSeasons(_)) => "tenant.bad-season",
            Self::BadCalendar(BadCalendar::FeastWorked(..)) => "tenant.missing-holiday",
            Self::BadCalendar(BadCalendar::NoWorkingDay | BadCalendar::NoHours) => "tenant.no-working-time",
            Self::BadCalendar(_) => "tenant.bad-calendar",
            Self::BadKeyword(_) => "tenant.bad-keyword",
        }
    }
}
