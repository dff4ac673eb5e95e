//! What stands in a message, in this order: whether there is a check; tenant, category, place, time, tag, check; the text.

use super::coder::{Decoder, Encoder, Even, Few};
use super::{Digest, Tag, place, text};
use crate::ids::{CategoryCode, TenantId};
use crate::limits::TEXT_CHARS_MAX;
use crate::time::UnixMs;

/// Known tenants and categories have a number; others are spelled. Part of the format: only ever added to, at the end, and
/// then with a new version.
const TENANTS: [&str; 2] = ["hue", "quang-tri"];
const TENANT_ODDS: [u16; 3] = [44, 16, 4];
const CATEGORIES: [&str; 8] =
    ["traffic", "sanitation", "urban", "construction", "security", "tourism", "misconduct", "other"];
const CATEGORY_ODDS: [u16; 9] = [14, 14, 14, 9, 9, 9, 7, 7, 5];
const SLUG: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-";
const SLUG_CHARS_MAX: u64 = 32;

/// Unchecked, checked.
const CHECKED: [u16; 2] = [1, 2];
const MINUTE_MS: i64 = 60_000;
/// 2025-01-01T00:00Z, in minutes since 1970.
const TIME_FROM_MIN: i64 = 28_928_160;
/// Minutes in reach from there: 31.9 years.
const TIME_SPAN_MIN: u64 = 1 << 24;
/// A time in reach, any other.
const TIME_ODDS: [u16; 2] = [63, 1];
/// The earliest minute that a time can be in; from there 49 bits hold all.
const TIME_EARLIEST_MIN: i64 = i64::MIN / MINUTE_MS - 1;
const LOW_BITS: u32 = 24;
const TAG_BITS: u32 = 48;
const TIME_BITS: u32 = 49;

/// The digits of a whole message, without prefix and sums.
pub(super) fn write(digest: &Digest, check: Option<u32>) -> Option<Vec<u8>> {
    let mut encoder = Encoder::new();
    encoder.put(&Few(&CHECKED), usize::from(check.is_some()))?;
    put_name(&mut encoder, &TENANTS, &TENANT_ODDS, digest.tenant.as_str())?;
    put_name(&mut encoder, &CATEGORIES, &CATEGORY_ODDS, digest.category.as_str())?;
    place::put(&mut encoder, &digest.tenant, digest.place)?;
    put_time(&mut encoder, digest.at)?;
    let tag = digest.tag.0.iter().fold(0, |tag, byte| tag << 8 | u64::from(*byte));
    put_wide(&mut encoder, TAG_BITS, tag)?;
    if let Some(check) = check {
        encoder.put(&Even(1 << 32), usize::try_from(check).ok()?)?;
    }
    text::put(&encoder, &digest.text)
}

/// What the digits say; `None` if nobody can have written them.
pub(super) fn read(digits: &[u8]) -> Option<(Digest, Option<u32>)> {
    let mut decoder = Decoder::new(digits);
    let checked = decoder.get(&Few(&CHECKED)) == 1;
    let tenant = TenantId::parse(&get_name(&mut decoder, &TENANTS, &TENANT_ODDS)?).ok()?;
    let category = CategoryCode::parse(&get_name(&mut decoder, &CATEGORIES, &CATEGORY_ODDS)?).ok()?;
    let place = place::get(&mut decoder, &tenant)?;
    let at = get_time(&mut decoder)?;
    let [_, _, tag @ ..] = get_wide(&mut decoder, TAG_BITS)?.to_be_bytes();
    let check = if checked { Some(u32::try_from(decoder.get(&Even(1 << 32))).ok()?) } else { None };
    let text = text::get(&mut decoder, TEXT_CHARS_MAX)?;
    let digest = Digest { tenant, tag: Tag(tag), category, place, at, text };
    // One message has one form: what would be written otherwise was not written by us.
    (write(&digest, check)? == digits).then_some((digest, check))
}

fn put_name(encoder: &mut Encoder, known: &[&str], odds: &[u16], name: &str) -> Option<()> {
    if let Some(at) = known.iter().position(|known| *known == name) {
        return encoder.put(&Few(odds), at);
    }
    encoder.put(&Few(odds), known.len())?;
    encoder.put(&Even(SLUG_CHARS_MAX), name.len().checked_sub(1)?)?;
    name.bytes().try_for_each(|byte| {
        encoder.put(&Even(SLUG.len() as u64), SLUG.iter().position(|known| *known == byte)?)
    })
}

fn get_name(decoder: &mut Decoder<'_>, known: &[&str], odds: &[u16]) -> Option<String> {
    let at = decoder.get(&Few(odds));
    if at < known.len() {
        return known.get(at).map(|name| (*name).to_owned());
    }
    let length = decoder.get(&Even(SLUG_CHARS_MAX)) + 1;
    (0..length).map(|_| SLUG.get(decoder.get(&Even(SLUG.len() as u64))).copied().map(char::from)).collect()
}

fn put_time(encoder: &mut Encoder, at: UnixMs) -> Option<()> {
    let minute = at.millis().div_euclid(MINUTE_MS);
    let near = u64::try_from(minute - TIME_FROM_MIN).ok().filter(|near| *near < TIME_SPAN_MIN);
    encoder.put(&Few(&TIME_ODDS), usize::from(near.is_none()))?;
    match near {
        Some(near) => encoder.put(&Even(TIME_SPAN_MIN), usize::try_from(near).ok()?),
        None => put_wide(encoder, TIME_BITS, u64::try_from(minute - TIME_EARLIEST_MIN).ok()?),
    }
}

fn get_time(decoder: &mut Decoder<'_>) -> Option<UnixMs> {
    let minute = if decoder.get(&Few(&TIME_ODDS)) == 0 {
        TIME_FROM_MIN.checked_add(i64::try_from(decoder.get(&Even(TIME_SPAN_MIN))).ok()?)?
    } else {
        TIME_EARLIEST_MIN.checked_add(i64::try_from(get_wide(decoder, TIME_BITS)?).ok()?)?
    };
    // The earliest minute of all begins before what a time can hold.
    Some(UnixMs::from_millis(minute.saturating_mul(MINUTE_MS)))
}

/// A number of so many bits, 24 or more.
fn put_wide(encoder: &mut Encoder, bits: u32, value: u64) -> Option<()> {
    encoder.put(&Even(1 << (bits - LOW_BITS)), usize::try_from(value >> LOW_BITS).ok()?)?;
    encoder.put(&Even(1 << LOW_BITS), usize::try_from(value & ((1 << LOW_BITS) - 1)).ok()?)
}

fn get_wide(decoder: &mut Decoder<'_>, bits: u32) -> Option<u64> {
    let high = u64::try_from(decoder.get(&Even(1 << (bits - LOW_BITS)))).ok()?;
    Some(high << LOW_BITS | u64::try_from(decoder.get(&Even(1 << LOW_BITS))).ok()?)
}
