//! EXIF of stills, through kamadak-exif: errors in one field leave the others standing.

use std::io::{BufRead, Seek};

use exif::{Exif, In, Reader, Tag, Value};

use super::moment::Moment;
use super::position::{Position, sexagesimal};
use super::{Camera, Told, careful, tidy_text};

/// From the bare TIFF block of a JPEG's APP1.
pub(super) fn from_block(block: Vec<u8>) -> Told {
    careful(|| finish(Reader::new().continue_on_error(true).read_raw(block))).unwrap_or_default()
}

/// From a container that kamadak-exif walks itself (HEIC, PNG, WebP). The caller has bounded the file's size.
pub(super) fn from_container<R: BufRead + Seek>(file: &mut R) -> Told {
    if file.rewind().is_err() {
        return Told::default();
    }
    careful(|| finish(Reader::new().continue_on_error(true).read_from_container(file))).unwrap_or_default()
}

fn finish(read: Result<Exif, exif::Error>) -> Option<Told> {
    let exif = read.or_else(|error| error.distill_partial_result(|_| ())).ok()?;
    Some(Told {
        orientation: orientation(&exif),
        position: position(&exif),
        taken_at: moment(&exif, Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
        created: moment(&exif, Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
        camera: Camera {
            make: ascii(&exif, Tag::Make).and_then(tidy_text),
            model: ascii(&exif, Tag::Model).and_then(tidy_text),
        },
    })
}

fn orientation(exif: &Exif) -> Option<u8> {
    let value = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
}

fn moment(exif: &Exif, time: Tag, offset: Tag) -> Option<Moment> {
    let offset = text(exif, offset);
    Some(Moment::parse(&text(exif, time)?)?.with_offset(offset.as_deref()))
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

fn angle(exif: &Exif, tag: Tag) -> Option<f64> {
    let degrees = number(exif, tag, 0)?;
    sexagesimal(degrees, number(exif, tag, 1).unwrap_or(0.0), number(exif, tag, 2).unwrap_or(0.0))
}

fn hemisphere(exif: &Exif, tag: Tag, plus: u8, minus: u8) -> Option<f64> {
    match ascii(exif, tag)?.first()?.to_ascii_uppercase() {
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
    ascii(exif, tag).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => lines.first().map(Vec::as_slice),
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

    fn gps(refs: Option<(&str, &str)>, lat: [(u32, u32); 3], lon: [(u32, u32); 3]) -> Option<Position> {
        let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
        let angle = |parts: [(u32, u32); 3]| {
            Value::Rational(parts.iter().map(|&(num, denom)| Rational { num, denom }).collect())
        };
        let mut fields = vec![field(Tag::GPSLatitude, angle(lat)), field(Tag::GPSLongitude, angle(lon))];
        if let Some((ns, ew)) = refs {
            fields.push(field(Tag::GPSLatitudeRef, Value::Ascii(vec![ns.into()])));
            fields.push(field(Tag::GPSLongitudeRef, Value::Ascii(vec![ew.into()])));
        }
        let mut writer = Writer::new();
        for field in &fields {
            writer.push_field(field);
        }
        let mut block = std::io::Cursor::new(Vec::new());
        writer.write(&mut block, false).unwrap();
        from_block(block.into_inner()).position
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
