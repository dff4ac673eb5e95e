//! What a video's metadata boxes say: place, local time, maker. nom-exif reads the ways of iPhones and most Androids;
//! the rest (keys by number, `meta` inside `udta`, 3GPP's `loci`, the accuracy) is read here.

use nom_exif::{MediaParser, MediaSource, TrackInfo, TrackInfoTag};

use super::bmff::{be_u16, be_u32, boxes, child, descend, meta_contents};
use super::moment::Moment;
use super::position::Position;
use super::{Camera, careful, tidy_text};

/// Most metadata keys looked at; an iPhone writes about ten.
const KEYS_MAX: usize = 256;
/// Longest value taken, in bytes.
const VALUE_BYTES_MAX: usize = 1024;

/// What the boxes told.
pub(super) struct Tags {
    pub(super) position: Option<Position>,
    pub(super) taken_at: Option<Moment>,
    pub(super) camera: Camera,
}

/// Reads the metadata of a `moov` box's contents.
pub(super) fn read(moov: &[u8]) -> Tags {
    let known = careful(|| by_nom_exif(moov));
    let keyed = Keyed::read(moov);
    let text = |tag| known.as_ref()?.get(tag)?.as_str().map(str::to_owned);
    let place = text(TrackInfoTag::GpsIso6709).and_then(|text| Position::from_iso6709(&text));
    let position = place
        .or_else(|| keyed.get("location.ISO6709").and_then(|text| Position::from_iso6709(&text)))
        .or_else(|| user_data_position(moov));
    let accuracy = keyed.get("location.accuracy.horizontal").and_then(|text| text.parse().ok());
    let name =
        |tag, key: &str| text(tag).or_else(|| keyed.get(key)).and_then(|text| tidy_text(text.as_bytes()));
    Tags {
        position: position.map(|position| position.with_accuracy(accuracy)),
        taken_at: keyed.get("creationdate").and_then(|text| Moment::parse(&text)),
        camera: Camera { make: name(TrackInfoTag::Make, "make"), model: name(TrackInfoTag::Model, "model") },
    }
}

/// Hands the library a file of its own, head and `moov` alone, so that it never seeks about in two gigabytes.
fn by_nom_exif(moov: &[u8]) -> Option<TrackInfo> {
    let mut file = b"\0\0\0\x14ftypqt  \0\0\0\0qt  ".to_vec();
    file.extend(u32::try_from(moov.len().checked_add(8)?).ok()?.to_be_bytes());
    file.extend(b"moov");
    file.extend(moov);
    MediaParser::new().parse_track(MediaSource::from_memory(file).ok()?).ok()
}

/// Values by the name of their key, from a `meta` box in `moov` or in its `udta`.
struct Keyed<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Keyed<'a> {
    fn read(moov: &'a [u8]) -> Self {
        let metas = [child(moov, *b"meta"), descend(moov, &[*b"udta", *b"meta"])];
        let pairs = metas.into_iter().flatten().filter_map(Self::pairs).flatten().collect();
        Self(pairs)
    }

    fn pairs(meta: &'a [u8]) -> Option<Vec<(&'a [u8], &'a [u8])>> {
        let contents = meta_contents(meta)?;
        let keys: Vec<&[u8]> =
            boxes(child(contents, *b"keys")?.get(8..)?).take(KEYS_MAX).map(|(_, name)| name).collect();
        let values = boxes(child(contents, *b"ilst")?).take(KEYS_MAX).filter_map(|(index, item)| {
            // An item's name is the number of its key, from one; its `data` holds type, locale and value.
            let key = usize::try_from(u32::from_be_bytes(index)).ok()?.checked_sub(1)?;
            Some((*keys.get(key)?, child(item, *b"data")?.get(8..)?))
        });
        Some(values.collect())
    }

    /// The value of a key of Apple's names, by its last part.
    fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(key, _)| {
            key.strip_prefix(b"com.apple.quicktime.").is_some_and(|rest| rest == name.as_bytes())
        })?;
        let value = value.get(..value.len().min(VALUE_BYTES_MAX))?;
        Some(String::from_utf8_lossy(value).into_owned())
    }
}

/// A position in `udta`: `©xyz` (text after length and language) or 3GPP's `loci` (16.16 numbers).
fn user_data_position(moov: &[u8]) -> Option<Position> {
    let user_data = child(moov, *b"udta")?;
    let xyz = child(user_data, *b"\xa9xyz").and_then(|body| {
        let length = usize::from(be_u16(body, 0)?);
        let text = body.get(4..)?;
        Position::from_iso6709(&String::from_utf8_lossy(text.get(..length.min(text.len()))?))
    });
    xyz.or_else(|| loci(child(user_data, *b"loci")?))
}

fn loci(body: &[u8]) -> Option<Position> {
    // Version and language, then a name that ends with a zero, then one byte of role.
    let named = body.get(6..)?;
    let numbers = named.get(named.iter().position(|byte| *byte == 0)?.checked_add(2)?..)?;
    let fixed = |at| be_u32(numbers, at).map(|value| f64::from(value.cast_signed()) / 65_536.0);
    Some(Position::new(fixed(4)?, fixed(0)?)?.with_altitude(fixed(8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: [u8; 4], contents: &[u8]) -> Vec<u8> {
        let size = u32::try_from(8 + contents.len()).unwrap();
        [&size.to_be_bytes(), name.as_slice(), contents].concat()
    }

    #[test]
    fn a_3gpp_location_is_read() {
        let numbers = [(107.5_f64, 4), (-16.25, 4), (580.0, 4)];
        let mut body = b"\0\0\0\0\x15\xc7A Luoi\0\x01".to_vec();
        for (number, _) in numbers {
            #[allow(clippy::cast_possible_truncation)]
            body.extend(((number * 65_536.0) as i32).to_be_bytes());
        }
        let found = read(&boxed(*b"udta", &boxed(*b"loci", &body))).position.unwrap();
        assert_eq!((found.lat, found.lon, found.altitude_m), (-16.25, 107.5, Some(580.0)));
    }

    #[test]
    fn keys_are_tied_to_values_by_number_not_by_order() {
        let key = |name: &str| boxed(*b"mdta", format!("com.apple.quicktime.{name}").as_bytes());
        let keys =
            [vec![0; 4], vec![0, 0, 0, 2], key("location.accuracy.horizontal"), key("location.ISO6709")];
        let value = |text: &str| boxed(*b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], text.as_bytes()].concat());
        let items = [boxed([0, 0, 0, 2], &value("+16.2775+107.2297/")), boxed([0, 0, 0, 1], &value("8.5"))];
        let meta = [boxed(*b"keys", &keys.concat()), boxed(*b"ilst", &items.concat())].concat();
        let found = read(&boxed(*b"udta", &boxed(*b"meta", &meta))).position.unwrap();
        assert_eq!((found.lat, found.accuracy_m), (16.2775, Some(8.5)));
    }
}
