//! EXIF of stills, through kamadak-exif: errors in one field leave the others standing.

use exif::{Exif, In, Reader, Tag, Value};

use super::moment::Moment;
use super::position::{Position, sexagesimal};
use super::{Camera, Told, careful, tidy_text};

/// How far into a block its TIFF may begin, in bytes. HEIC puts a length before it, and some writers `Exif\0\0` even where
/// the container says what it is: libvips (so sharp) in WebP, others in PNG and HEIC.
const LEAD_BYTES_MAX: usize = 64;
/// How a TIFF begins, in either order of bytes.
const TIFF_HEADS: [&[u8; 4]; 2] = [b"II*\0", b"MM\0*"];
/// The three times of a photo, each with the offset that goes with it.
const TIMES: [(Tag, Tag); 3] = [
    (Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
    (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
    (Tag::DateTime, Tag::OffsetTime),
];

/// From a TIFF block, whatever stands before it.
pub(super) fn from_block(block: &[u8]) -> Told {
    let lead =
        block.windows(4).take(LEAD_BYTES_MAX).position(|head| TIFF_HEADS.iter().any(|one| *one == head));
    let tiff = block.get(lead.unwrap_or(0)..).unwrap_or_default().to_vec();
    careful(|| finish(Reader::new().continue_on_error(true).read_raw(tiff))).unwrap_or_default()
}

fn finish(read: Result<Exif, exif::Error>) -> Option<Told> {
    let exif = read.or_else(|error| error.distill_partial_result(|_| ())).ok()?;
    Some(Told {
        orientation: orientation(&exif),
        position: position(&exif),
        taken_at: moment(&exif, Tag::DateTimeOriginal),
        created: moment(&exif, Tag::DateTimeDigitized),
        camera: Camera {
            make: bytes(&exif, Tag::Make).and_then(tidy_text),
            model: bytes(&exif, Tag::Model).and_then(tidy_text),
        },
    })
}

fn orientation(exif: &Exif) -> Option<u8> {
    let value = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
}

/// A time with its offset. Some cameras write the offset beside another of the three times alone; where that time is the
/// same, so is its offset.
fn moment(exif: &Exif, time: Tag) -> Option<Moment> {
    let said = text(exif, time)?;
    let moment = Moment::parse(&said)?;
    let own = TIMES.iter().filter(|(tag, _)| *tag == time);
    let same = TIMES.iter().filter(|(tag, _)| *tag != time && text(exif, *tag).as_ref() == Some(&said));
    let offsets = own.chain(same).filter_map(|(_, offset)| text(exif, *offset));
    Some(offsets.fold(moment, |moment, offset| {
        if moment.offset_min.is_some() { moment } else { moment.with_offset(Some(&offset)) }
    }))
}

/// Latitude and longitude with the hemisphere each names: without one a place has two answers, so it has none.
fn position(exif: &Exif) -> Option<Position> {
    let lat = angle(exif, Tag::GPSLatitude)? * hemisphere(exif, Tag::GPSLatitudeRef, b'N', b'S')?;
    let lon = angle(exif, Tag::GPSLongitude)? * hemisphere(exif, Tag::GPSLongitudeRef, b'E', b'W')?;
    let below = exif
        .get_field(Tag::GPSAltitudeRef, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0).or_else(|| first_byte(&field.value).map(u32::from)))
        .is_some_and(|side| side == 1);
    let altitude = number(exif, Tag::GPSAltitude, 0).map(|metres| if below { -metres } else { metres });
    let accuracy = number(exif, Tag::GPSHPositioningError, 0);
    Some(Position::new(lat, lon)?.with_altitude(altitude).with_accuracy(accuracy))
}

/// Degrees, minutes and seconds. Cameras that count in fractions of degrees or minutes leave out what is finer, or write
/// it as `0/0`; behind a whole number `0/0` is something that nobody knows, and so is the place.
fn angle(exif: &Exif, tag: Tag) -> Option<f64> {
    let degrees = number(exif, tag, 0)?;
    let minutes = number(exif, tag, 1).unwrap_or(0.0);
    let seconds = number(exif, tag, 2).unwrap_or(0.0);
    let finer = |coarse: f64, fine: f64| if fine.is_nan() && coarse.fract() != 0.0 { 0.0 } else { fine };
    let minutes = finer(degrees, minutes);
    let coarser = if minutes == 0.0 { degrees } else { minutes };
    sexagesimal(degrees, minutes, finer(coarser, seconds))
}

fn hemisphere(exif: &Exif, tag: Tag, plus: u8, minus: u8) -> Option<f64> {
    let side = bytes(exif, tag)?.iter().find(|byte| **byte != b' ')?.to_ascii_uppercase();
    match side {
        side if side == plus => Some(1.0),
        side if side == minus => Some(-1.0),
        _ => None,
    }
}

/// A rational as it stands; `0/0` becomes NaN, which no check lets through.
fn number(exif: &Exif, tag: Tag, index: usize) -> Option<f64> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(values) => values.get(index).map(exif::Rational::to_f64),
        Value::SRational(values) => values.get(index).map(exif::SRational::to_f64),
        _ => None,
    }
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    bytes(exif, tag).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

/// A text's bytes, up to the zero that ends it. It should be of the type ASCII; some writers say that it is bytes.
fn bytes(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
        Value::Byte(bytes) | Value::Undefined(bytes, _) => bytes.split(|byte| *byte == 0).next(),
        _ => None,
    }
}

fn first_byte(value: &Value) -> Option<u8> {
    match value {
        Value::Byte(bytes) | Value::Undefined(bytes, _) => bytes.first().copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use exif::experimental::Writer;
    use exif::{Field, Rational};

    use super::*;

    fn block(said: Vec<(Tag, Value)>) -> Vec<u8> {
        let fields: Vec<Field> =
            said.into_iter().map(|(tag, value)| Field { tag, ifd_num: In::PRIMARY, value }).collect();
        let mut writer = Writer::new();
        for field in &fields {
            writer.push_field(field);
        }
        let mut block = std::io::Cursor::new(Vec::new());
        writer.write(&mut block, false).unwrap();
        block.into_inner()
    }

    fn ascii(text: &str) -> Value {
        Value::Ascii(vec![text.into()])
    }

    fn gps(refs: Option<(&str, &str)>, lat: [(u32, u32); 3], lon: [(u32, u32); 3]) -> Option<Position> {
        let angle = |parts: [(u32, u32); 3]| {
            Value::Rational(parts.iter().map(|&(num, denom)| Rational { num, denom }).collect())
        };
        let mut said = vec![(Tag::GPSLatitude, angle(lat)), (Tag::GPSLongitude, angle(lon))];
        if let Some((ns, ew)) = refs {
            said.extend([(Tag::GPSLatitudeRef, ascii(ns)), (Tag::GPSLongitudeRef, ascii(ew))]);
        }
        from_block(&block(said)).position
    }

    #[test]
    fn whatever_stands_before_the_tiff_is_passed_over() {
        let block = block(vec![(Tag::Make, ascii("PAHT")), (Tag::Orientation, Value::Short(vec![6]))]);
        for lead in
            [b"".as_slice(), b"Exif\0\0", b"Exif\0\xff", b"\0", b"\0\0\0\x06Exif\0\0", b"Exif\0\0Exif\0\0"]
        {
            let told = from_block(&[lead, &block].concat());
            assert_eq!((told.camera.make.as_deref(), told.orientation), (Some("PAHT"), Some(6)), "{lead:?}");
        }
        assert_eq!(from_block(b"Exif\0\0").orientation, None);
    }

    #[test]
    fn an_offset_beside_the_same_time_is_this_times_too() {
        let (seven, eight) = ("2026:11:02 07:41:09", "2026:11:02 08:41:09");
        let told = |modified, offsets: &[(Tag, &str)]| {
            let mut said = vec![(Tag::DateTimeOriginal, ascii(seven)), (Tag::DateTime, ascii(modified))];
            said.extend(offsets.iter().map(|(tag, text)| (*tag, ascii(text))));
            from_block(&block(said)).taken_at.unwrap().offset_min
        };
        assert_eq!(told(seven, &[]), None);
        assert_eq!(told(seven, &[(Tag::OffsetTime, "+07:00")]), Some(420));
        assert_eq!(
            told(seven, &[(Tag::OffsetTimeOriginal, "   :  "), (Tag::OffsetTime, "+07:00")]),
            Some(420)
        );
        assert_eq!(
            told(seven, &[(Tag::OffsetTimeOriginal, "+08:00"), (Tag::OffsetTime, "+07:00")]),
            Some(480)
        );
        assert_eq!(told(eight, &[(Tag::OffsetTime, "+07:00")]), None, "the time of an edit is another's");
    }

    #[test]
    fn texts_of_the_wrong_type_are_read() {
        let said = vec![
            (Tag::DateTimeOriginal, Value::Undefined(b"2026:11:02 07:41:09\0".to_vec(), 0)),
            (Tag::GPSLatitudeRef, Value::Byte(b" n\0".to_vec())),
            (Tag::GPSLongitudeRef, Value::Undefined(b"East".to_vec(), 0)),
            (Tag::GPSLatitude, Value::Rational(vec![Rational { num: 162_775, denom: 10_000 }])),
            (Tag::GPSLongitude, Value::Rational(vec![Rational { num: 1_072_297, denom: 10_000 }])),
        ];
        let told = from_block(&block(said));
        assert_eq!(told.taken_at.unwrap().local, "2026-11-02T07:41:09");
        assert_eq!(told.position.map(|at| (at.lat, at.lon)), Some((16.2775, 107.2297)));
    }

    #[test]
    fn what_is_finer_than_a_fraction_may_be_missing() {
        let north_east = Some(("N", "E"));
        let found =
            gps(north_east, [(16, 1), (333, 20), (0, 0)], [(214_459, 2_000), (0, 0), (0, 0)]).unwrap();
        assert_eq!((found.lat, found.lon), (16.2775, 107.2295));
        assert_eq!(gps(north_east, [(16, 1), (16, 1), (0, 0)], [(107, 1), (0, 1), (0, 1)]), None);
        assert_eq!(gps(north_east, [(16, 1), (5, 0), (0, 1)], [(107, 1), (0, 1), (0, 1)]), None, "5/0");
    }

    #[test]
    fn hemispheres_are_honoured() {
        let (lat, lon) = ([(33, 1), (30, 1), (0, 1)], [(70, 1), (15, 1), (0, 1)]);
        for (refs, signs) in [(("N", "E"), (1.0, 1.0)), (("S", "W"), (-1.0, -1.0)), (("s", "E"), (-1.0, 1.0))]
        {
            let found = gps(Some(refs), lat, lon).unwrap();
            assert_eq!((found.lat, found.lon), (33.5 * signs.0, 70.25 * signs.1));
        }
    }

    #[test]
    fn hidden_empty_and_impossible_positions_are_unknown() {
        let good = [(16, 1), (0, 1), (0, 1)];
        let north_east = Some(("N", "E"));
        assert_eq!(gps(north_east, [(0, 1); 3], [(0, 1); 3]), None, "null island");
        assert_eq!(gps(north_east, [(0, 0); 3], good), None, "0/0");
        assert_eq!(gps(north_east, good, [(107, 1), (0, 0), (0, 1)]), None, "minutes of 0/0");
        assert_eq!(gps(north_east, [(91, 1), (0, 1), (0, 1)], good), None, "off the Earth");
        assert_eq!(gps(None, good, good), None, "no hemisphere");
        assert_eq!(gps(Some(("", "?")), good, good), None, "an empty hemisphere");
    }
}
