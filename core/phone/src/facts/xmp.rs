//! The few things that editors write only into XMP. The packet is searched for two names, not parsed: it is XML from
//! strangers, and nothing else in it is asked for.

use super::Told;
use super::moment::Moment;

/// How an XMP packet begins inside a JPEG's APP1.
pub(super) const HEAD: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// Fills in what EXIF left open: when it was made, and how to hold it.
pub(super) fn complete(told: &mut Told, packet: &[u8]) {
    if told.created.is_none() {
        told.created = ["xmp:CreateDate", "xap:CreateDate"]
            .iter()
            .find_map(|name| value(packet, name))
            .and_then(|text| Moment::parse(&text));
    }
    if told.orientation.is_none() {
        told.orientation = value(packet, "tiff:Orientation")
            .and_then(|text| text.trim().parse().ok())
            .filter(|orientation| (1..=8).contains(orientation));
    }
}

/// The value of a simple property, as attribute (`name="value"`) or element (`<name>value<`).
fn value(packet: &[u8], name: &str) -> Option<String> {
    let at = packet.windows(name.len()).position(|window| window == name.as_bytes())?;
    let rest = packet.get(at + name.len()..)?;
    let end = rest.len().min(64);
    let text = String::from_utf8_lossy(rest.get(..end)?).into_owned();
    let text = text.trim_start();
    let (open, close) = if text.starts_with('=') { (['"', '\''], '"') } else { (['>', '>'], '<') };
    let (_, inner) = text.split_once(open)?;
    let inner = inner.split([close, '\'', '<']).next()?;
    Some(inner.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_property_are_found() {
        let attribute = br#"<rdf:Description xmp:CreateDate="2013-09-23T10:09:46+02:00" x:y="z">"#;
        let element = b"<xmp:CreateDate>2013-09-23T10:09:46+02:00</xmp:CreateDate><tiff:Orientation>6</tiff:Orientation>";
        for (packet, orientation) in [(attribute.as_slice(), None), (element.as_slice(), Some(6))] {
            let mut told = Told::default();
            complete(&mut told, packet);
            let created = told.created.unwrap();
            assert_eq!((created.local.as_str(), created.offset_min), ("2013-09-23T10:09:46", Some(120)));
            assert_eq!(told.orientation, orientation);
        }
    }

    #[test]
    fn a_cut_packet_says_nothing() {
        let mut told = Told::default();
        complete(&mut told, b"<xmp:CreateDate");
        complete(&mut told, b"<tiff:Orientation>99<");
        assert!(told.created.is_none() && told.orientation.is_none());
    }
}
