//! What a video's metadata boxes say: place, local time, maker. nom-exif reads the ways of iPhones and most Androids;
//! the rest (keys by number, `meta` inside `udta`, 3GPP's `loci` and `date`, the accuracy) is read here. Where something is
//! said more than once, the first that makes sense counts.

use nom_exif::{MediaParser, MediaSource, TrackInfo, TrackInfoTag};

use super::bmff::{Name, all, be_u32, boxes, child, descend, meta_contents, tracks};
use super::moment::Moment;
use super::position::Position;
use super::{Camera, careful, tidy_text};

/// Most metadata keys looked at; an iPhone writes about ten.
const KEYS_MAX: usize = 256;
/// Longest value taken, in bytes.
const VALUE_BYTES_MAX: usize = 1024;
/// How far into the contents of a user datum its text may begin, in bytes: behind nothing, a length and a language, a
/// version, or the head of an iTunes `data` box.
const LEAD_BYTES_MAX: usize = 24;
/// Longest text of a place or a date, in bytes.
const TEXT_BYTES_MAX: usize = 64;

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
    let user_data = || [moov].into_iter().chain(tracks(moov)).flat_map(|holder| all(holder, *b"udta"));
    let position = text(TrackInfoTag::GpsIso6709)
        .and_then(|text| Position::from_iso6709(&text))
        .or_else(|| keyed.all("location.ISO6709").find_map(|text| Position::from_iso6709(&text)))
        .or_else(|| user_data().find_map(user_data_position));
    let accuracy = keyed.all("location.accuracy.horizontal").find_map(|text| text.parse().ok());
    let taken_at = keyed.all("creationdate").find_map(|text| Moment::parse(&text));
    let name = |tag, key: &str| {
        text(tag).or_else(|| keyed.all(key).next()).and_then(|text| tidy_text(text.as_bytes()))
    };
    Tags {
        position: position.map(|position| position.with_accuracy(accuracy)),
        taken_at: taken_at.or_else(|| user_data().find_map(user_data_moment)),
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

    /// The values of a key of Apple's names, by its last part, in order.
    fn all(&self, name: &str) -> impl Iterator<Item = String> {
        let values = self.0.iter().filter(move |(key, _)| {
            key.strip_prefix(b"com.apple.quicktime.").is_some_and(|rest| rest == name.as_bytes())
        });
        values.filter_map(|(_, value)| value.get(..value.len().min(VALUE_BYTES_MAX))).map(lossy)
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A position in `udta`: `©xyz` (text) or 3GPP's `loci` (16.16 numbers).
fn user_data_position(user_data: &[u8]) -> Option<Position> {
    let is_sign = |byte: u8| matches!(byte, b'+' | b'-');
    let texts = named(user_data, *b"\xa9xyz").flat_map(|body| texts(body, is_sign));
    let mut places = texts.filter_map(|text| Position::from_iso6709(&text));
    places.next().or_else(|| all(user_data, *b"loci").find_map(loci))
}

/// The local time in `udta`: 3GPP's `date`, or `©day` where it is a whole date.
fn user_data_moment(user_data: &[u8]) -> Option<Moment> {
    let bodies = all(user_data, *b"date").chain(named(user_data, *b"\xa9day"));
    let mut moments = bodies
        .flat_map(|body| texts(body, |byte| byte.is_ascii_digit()))
        .filter_map(|text| Moment::parse(&text));
    moments.next()
}

/// What follows this name, wherever it stands. Names that begin with `©` are in no text, and lengths around them are
/// often wrong; one may also lie deeper, in an iTunes list.
fn named(user_data: &[u8], name: Name) -> impl Iterator<Item = &[u8]> {
    let found = user_data.windows(name.len()).enumerate().filter(move |(_, window)| *window == name);
    found.filter_map(move |(at, _)| user_data.get(at.checked_add(name.len())?..))
}

/// The texts that may be meant by a datum's contents: each beginning with a byte that one begins with.
fn texts(body: &[u8], is_first: impl Fn(u8) -> bool) -> impl Iterator<Item = String> {
    let starts = body.iter().take(LEAD_BYTES_MAX).enumerate().filter(move |(_, byte)| is_first(**byte));
    starts.filter_map(|(at, _)| {
        let text = body.get(at..)?;
        let text = text.get(..text.len().min(TEXT_BYTES_MAX))?;
        text.split(|byte| *byte < b' ').next().map(lossy)
    })
}

fn loci(body: &[u8]) -> Option<Position> {
    // Version and language, then a name that ends with a zero (two in UTF-16), then one byte of role.
    let named = body.get(6..)?;
    let end = if named.starts_with(&[0xfe, 0xff]) {
        named.chunks_exact(2).position(|pair| pair == [0, 0])?.checked_mul(2)?.checked_add(2)?
    } else {
        named.iter().position(|byte| *byte == 0)?.checked_add(1)?
    };
    let numbers = named.get(end.checked_add(1)?..)?;
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

    /// A `loci` box of this name and place.
    fn loci_box(name: &[u8], lat: f64, lon: f64) -> Vec<u8> {
        let mut body = [b"\0\0\0\0\x15\xc7", name, &[1]].concat();
        for number in [lon, lat, 580.0] {
            #[allow(clippy::cast_possible_truncation)]
            body.extend(((number * 65_536.0) as i32).to_be_bytes());
        }
        boxed(*b"loci", &body)
    }

    fn xyz_box(text: &str) -> Vec<u8> {
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        boxed(*b"\xa9xyz", &[&length, [0x15, 0xc7].as_slice(), text.as_bytes()].concat())
    }

    fn place_in(user_data: &[Vec<u8>]) -> Option<(f64, f64)> {
        read(&boxed(*b"udta", &user_data.concat())).position.map(|at| (at.lat, at.lon))
    }

    #[test]
    fn a_3gpp_location_is_read() {
        for name in [b"A Luoi\0".as_slice(), b"\0", b"\xfe\xff\0A\x01\xb0\0\0", b"\xfe\xff\0\0"] {
            let found = read(&boxed(*b"udta", &loci_box(name, -16.25, 107.5))).position.unwrap();
            assert_eq!((found.lat, found.lon, found.altitude_m), (-16.25, 107.5, Some(580.0)), "{name:?}");
        }
    }

    #[test]
    fn the_first_place_that_is_one_counts() {
        let good = xyz_box("+16.2775+107.2297/");
        let here = Some((16.2775, 107.2297));
        let mut too_long = good.clone();
        too_long[9] = 0xff;
        let bare = boxed(*b"\xa9xyz", b"+16.2775+107.2297/");
        let itunes = boxed(*b"data", b"\0\0\0\x01\0\0\0\0+16.2775+107.2297/");
        let itunes = boxed(*b"ilst", &boxed(*b"\xa9xyz", &itunes));
        let itunes = boxed(*b"meta", &[&[0; 4], itunes.as_slice()].concat());
        for whole in [&good, &too_long, &bare, &itunes] {
            assert_eq!(place_in(std::slice::from_ref(whole)), here);
            for broken in ["", "/", "+0.0000+000.0000/", "+91.0000+107.2297/", "+16.2775", "unknown"] {
                assert_eq!(place_in(&[xyz_box(broken), whole.clone()]), here, "{broken}");
            }
        }
        let endless = [&[0xff, 0xff, 0xff, 0xff][..], b"smta", b"...."].concat();
        assert_eq!(place_in(&[endless, good.clone()]), here, "a length that cannot be true");
        assert_eq!(place_in(&[xyz_box("/"), loci_box(b"\0", 16.5, 107.25)]), Some((16.5, 107.25)));
        assert_eq!(
            place_in(&[loci_box(b"\0", 0.0, 0.0), loci_box(b"\0", 16.5, 107.25)]),
            Some((16.5, 107.25))
        );
        let udta = |contents: &[u8]| boxed(*b"udta", contents);
        let two = [udta(&xyz_box("/")), udta(&good)].concat();
        assert_eq!(read(&two).position.map(|at| (at.lat, at.lon)), here);
        let in_track = boxed(*b"trak", &udta(&good));
        assert_eq!(read(&in_track).position.map(|at| (at.lat, at.lon)), here);
        assert_eq!(place_in(&[xyz_box("/"), boxed(*b"loci", &[0; 9])]), None);
    }

    #[test]
    fn the_local_time_of_user_data_is_read() {
        let moment = Moment::parse("2026-11-02T07:41:09+0700");
        let text = b"2026-11-02T07:41:09+0700";
        let international = [&[0, 24, 0x15, 0xc7][..], text].concat();
        for datum in [
            boxed(*b"date", text),
            boxed(*b"date", &[&[0, 0, 0, 0, 0x15, 0xc7][..], text, b"\0"].concat()),
            boxed(*b"\xa9day", &international),
            [boxed(*b"date", b"2026"), boxed(*b"date", text)].concat(),
            [boxed(*b"date", b""), boxed(*b"\xa9day", &international)].concat(),
        ] {
            assert_eq!(read(&boxed(*b"udta", &datum)).taken_at, moment);
        }
        assert_eq!(read(&boxed(*b"udta", &boxed(*b"\xa9day", b"\0\x042026"))).taken_at, None);
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
