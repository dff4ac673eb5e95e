//! Goal: what real phones and programs write beside the standards is read as it was meant, and what is cut is still found
//! to be cut. Method: the files of `../shared/cases`, real files with something behind them, and small ones made here.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use paht_model::place::Point;
use paht_phone::facts::{Facts, FactsError, Moment, inspect};
use paht_phone::picture::{SamplePhoto, Scene, derive, sample_photo};

/// A folder of the shared files, or `None` (with a message) where they are missing; in CI they must be there.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "../shared/{folder} is missing in CI");
    println!("skipped: ../shared/{folder} is not here");
    None
}

fn facts_of(bytes: &[u8]) -> Result<Facts, FactsError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    inspect(file.path())
}

fn code_of(bytes: &[u8]) -> &'static str {
    facts_of(bytes).map_or_else(|error| error.code(), |_| "ok")
}

fn place(facts: &Facts) -> Option<(f64, f64)> {
    facts.position.map(|at| (at.lat, at.lon))
}

fn taken(facts: &Facts) -> Option<(&str, Option<i16>)> {
    facts.taken_at.as_ref().map(|at| (at.local.as_str(), at.offset_min))
}

const A_LUOI: Option<(f64, f64)> = Some((16.2775, 107.2297));
const UTC: Option<i16> = Some(0);
const VIETNAM: Option<i16> = Some(420);

#[test]
fn files_that_were_read_wrong_are_read_right() {
    let Some(folder) = shared("cases") else { return };
    for (name, when, offset_min) in [
        ("mp4-good.mp4", "2026-11-02T00:41:09", UTC),
        ("mp4-four-zeros-behind.mp4", "2026-11-02T00:41:09", UTC),
        ("mp4-counts-from-1970.mp4", "2026-11-02T00:41:09", UTC),
        ("mp4-3gpp-date.mp4", "2026-11-02T07:41:09", VIETNAM),
        ("jpeg-no-end-samsung-trailer.jpg", "2026-11-02T07:41:09", None),
        ("jpeg-hour-24.jpg", "2019-01-01T00:04:20", VIETNAM),
    ] {
        let facts = inspect(&folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(taken(&facts), Some((when, offset_min)), "{name}");
        // 3GPP's numbers end after sixteen bits: half a metre.
        let (lat, lon) = place(&facts).unwrap();
        assert!((lat - 16.2775).abs() < 1e-5 && (lon - 107.2297).abs() < 1e-5, "{name}: {lat}, {lon}");
    }
    let webp = inspect(&folder.join("webp-exif-prefix.webp")).unwrap();
    assert_eq!(place(&webp), A_LUOI);
    assert!(webp.taken_at.is_some() && webp.camera.make.is_some(), "{webp:?}");
}

/// Everything but the size and the hash, which must differ.
fn same_but_longer(whole: &Facts, longer: &Facts) {
    let cut = Facts { bytes: whole.bytes, sha256: whole.sha256, ..longer.clone() };
    assert_eq!((&cut, longer.bytes > whole.bytes), (whole, true));
}

#[test]
fn what_stands_behind_a_real_file_changes_nothing() {
    let Some(folder) = shared("media") else { return };
    let sefd = [&[0, 0, 0, 20], b"sefd".as_slice(), &[7; 8], b"SEFT"].concat();
    let junk = b"\xff\xff\xff\xffsefd\x01\x0a".to_vec();
    for name in ["iphone_13_pro_max.HEIC", "meta.mp4", "meta.mov"] {
        let bytes = fs::read(folder.join(name)).unwrap();
        let whole = facts_of(&bytes).unwrap();
        for behind in
            [vec![0], vec![0; 4], vec![0; 8], vec![0; 200], b"SEFT".to_vec(), sefd.clone(), junk.clone()]
        {
            let longer = facts_of(&[bytes.clone(), behind.clone()].concat());
            same_but_longer(&whole, &longer.unwrap_or_else(|error| panic!("{name} and {behind:?}: {error}")));
        }
        assert_eq!(code_of(&[&bytes[..bytes.len() - 9], b"SEFT"].concat()), "media.truncated", "{name}");
    }
}

fn boxed(name: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    [&u32::try_from(8 + contents.len()).unwrap().to_be_bytes()[..], &name, &contents].concat()
}

/// A head with a 64-bit size.
fn boxed_wide(name: [u8; 4], contents: &[u8]) -> Vec<u8> {
    [&1_u32.to_be_bytes()[..], &name, &(16 + contents.len() as u64).to_be_bytes(), contents].concat()
}

fn ftyp() -> Vec<u8> {
    boxed(*b"ftyp", &[b"isom\0\0\x02\0isommp42"])
}

/// Seconds since 1904 of the three heads of a small video, with its chunk's offset and what its user data say.
#[derive(Default)]
struct Small {
    movie: Vec<u8>,
    track: Vec<u8>,
    media: Vec<u8>,
    chunk: Option<u32>,
    user_data: Vec<u8>,
}

/// Version and creation time, the change time the same.
fn times(seconds: u64) -> Vec<u8> {
    match u32::try_from(seconds) {
        Ok(short) => [&[0; 4][..], &short.to_be_bytes(), &short.to_be_bytes()].concat(),
        Err(_) => wide_times(seconds),
    }
}

fn wide_times(seconds: u64) -> Vec<u8> {
    [&[1, 0, 0, 0][..], &seconds.to_be_bytes(), &seconds.to_be_bytes()].concat()
}

impl Small {
    /// All three heads say this.
    fn of(times: &[u8]) -> Self {
        let all = || times.to_vec();
        Self { movie: all(), track: all(), media: all(), ..Self::default() }
    }

    fn moov(&self) -> Vec<u8> {
        // Version 1 has eight bytes for the duration, after the scale or a track's number and reserve.
        let long = |times: &[u8]| vec![0; if times[0] == 1 { 8 } else { 4 }];
        let [scale, one] = [1_000_u32, 1].map(u32::to_be_bytes);
        let matrix: Vec<u8> = [0x1_0000_u32, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000]
            .iter()
            .flat_map(|n| n.to_be_bytes())
            .collect();
        let movie = boxed(*b"mvhd", &[&self.movie, &scale, &long(&self.movie), &[0; 16], &matrix, &[0; 28]]);
        let size = [640_u32 << 16, 480 << 16].map(u32::to_be_bytes).concat();
        let head =
            boxed(*b"tkhd", &[&self.track, &one, &[0; 4], &long(&self.track), &[0; 16], &matrix, &size]);
        let clock = boxed(*b"mdhd", &[&self.media, &scale, &long(&self.media), &[0; 4]]);
        let handler = boxed(*b"hdlr", &[&[0; 8], b"vide", &[0; 13]]);
        let chunk = self.chunk.map(|at| [[0; 4], one, at.to_be_bytes()].concat());
        let table = chunk.map(|list| boxed(*b"minf", &[&boxed(*b"stbl", &[&boxed(*b"stco", &[&list])])]));
        let media = boxed(*b"mdia", &[&clock, &handler, &table.unwrap_or_default()]);
        let user_data = boxed(*b"udta", &[&self.user_data]);
        boxed(*b"moov", &[&movie, &boxed(*b"trak", &[&head, &media]), &user_data])
    }
}

/// 2026-11-02T00:41:09Z, counted from 1904 and from 1970.
const FROM_1904: u64 = 3_876_424_869;
const FROM_1970: u64 = 1_793_580_069;

#[test]
fn boxes_stand_in_any_order_and_size() {
    let moov = Small::of(&times(FROM_1904)).moov();
    let (media, filler) = ([9; 40], boxed(*b"free", &[&[0; 30]]));
    let to_end = [&0_u32.to_be_bytes()[..], b"mdat", &media].concat();
    let uuid = boxed(*b"uuid", &[&[3; 16], b"a maker's"]);
    let wide = boxed(*b"wide", &[]);
    for (mime, parts) in [
        ("video/mp4", vec![ftyp(), boxed(*b"mdat", &[&media]), moov.clone()]),
        ("video/mp4", vec![ftyp(), moov.clone(), to_end]),
        ("video/mp4", vec![ftyp(), wide.clone(), boxed_wide(*b"mdat", &media), filler.clone(), moov.clone()]),
        (
            "video/mp4",
            vec![ftyp(), boxed_wide(*b"free", &media), boxed_wide(*b"moov", &moov[8..]), uuid.clone()],
        ),
        ("video/mp4", vec![filler.clone(), ftyp(), moov.clone()]),
        ("video/quicktime", vec![filler.clone(), boxed(*b"mdat", &[&media]), moov.clone()]),
        ("video/quicktime", vec![wide, boxed(*b"mdat", &[&media]), moov.clone()]),
        ("video/quicktime", vec![boxed(*b"skip", &[&[0; 9]]), moov.clone()]),
        ("video/quicktime", vec![uuid, filler, moov.clone()]),
        ("video/quicktime", vec![boxed(*b"mdat", &[&media]), moov.clone()]),
        ("video/quicktime", vec![moov]),
    ] {
        let facts = facts_of(&parts.concat()).unwrap();
        assert_eq!((facts.mime.as_str(), taken(&facts)), (mime, Some(("2026-11-02T00:41:09", UTC))));
    }
}

#[test]
fn a_video_whose_media_are_missing_is_cut() {
    let small = |chunk| Small { chunk: Some(chunk), ..Small::of(&times(FROM_1904)) };
    let whole = [ftyp(), small(600).moov(), boxed(*b"mdat", &[&[9; 400]])].concat();
    assert_eq!(code_of(&whole), "ok");
    let index = ftyp().len() + small(600).moov().len();
    for cut in [index, index + 4, index + 8, index + 200, whole.len() - 1] {
        assert_eq!(code_of(&whole[..cut]), "media.truncated", "{cut}");
    }
    let nothing = [ftyp(), boxed(*b"mdat", &[&[9; 40]])].concat();
    assert_eq!(code_of(&nothing), "media.truncated", "no index");
}

#[test]
fn a_video_is_dated_by_the_first_clock_that_was_set() {
    let right = Some(("2026-11-02T00:41:09", UTC));
    let (unset, boot) = (times(0), times(125));
    for (movie, media, track, expected) in [
        (times(FROM_1904), unset.clone(), unset.clone(), right),
        (wide_times(FROM_1904), unset.clone(), unset.clone(), right),
        (times(FROM_1970), unset.clone(), unset.clone(), right),
        (wide_times(FROM_1970), wide_times(FROM_1970), wide_times(FROM_1970), right),
        (unset.clone(), times(FROM_1970), unset.clone(), right),
        (boot.clone(), unset.clone(), wide_times(FROM_1904), right),
        (times(2_082_844_800), times(2_082_844_800), times(2_082_844_800), None),
        (times(u32::MAX.into()), wide_times(u64::MAX), boot.clone(), None),
        (wide_times(FROM_1970 * 1_000), unset.clone(), unset, None),
        (boot.clone(), boot.clone(), boot, None),
    ] {
        let file = [ftyp(), Small { movie, track, media, ..Small::default() }.moov()].concat();
        let facts = facts_of(&file).unwrap();
        assert_eq!(taken(&facts), expected);
        assert_eq!(facts.created, facts.taken_at);
    }
}

#[test]
fn the_local_time_goes_before_the_time_of_the_export() {
    let user_data = boxed(*b"date", &[b"2026-11-02T07:41:09+0700"]);
    let small = Small { user_data, ..Small::of(&times(FROM_1904 + 34)) };
    let facts = facts_of(&[ftyp(), small.moov()].concat()).unwrap();
    assert_eq!(taken(&facts), Some(("2026-11-02T07:41:09", VIETNAM)));
    assert_eq!(facts.created, Moment::parse("2026-11-02T00:41:43Z"));
    let user_data = boxed(*b"date", &[b"2026-13-02T07:41:09+0700"]);
    let small = Small { user_data, ..Small::of(&times(FROM_1904)) };
    let facts = facts_of(&[ftyp(), small.moov()].concat()).unwrap();
    assert_eq!(taken(&facts), Some(("2026-11-02T00:41:09", UTC)), "no date at all");
}

fn sample(width: u32, height: u32) -> Vec<u8> {
    let point = Point::from_degrees(16.2775, 107.2297).unwrap();
    let (scene, taken_local) = (Scene::Landslide, "2026-11-02T07:41:09");
    sample_photo(&SamplePhoto { scene, point, taken_local, offset_min: 420, width, height, seed: 7 }).unwrap()
}

/// Samsung's: one block, its directory, and the directory's length.
fn samsung_trailer(block: &[u8]) -> Vec<u8> {
    let size = u32::try_from(block.len()).unwrap().to_le_bytes();
    let directory = [b"SEFH".as_slice(), &[106, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 10], &size, &size].concat();
    [block, &directory, &24_u32.to_le_bytes(), b"SEFT"].concat()
}

#[test]
fn a_jpeg_without_its_end_is_taken_if_a_trailer_follows_a_whole_picture() {
    let whole = sample(640, 480);
    let data = whole.strip_suffix(&[0xff, 0xd9]).unwrap();
    let film = [b"\0\0\0\x18ftypmp42", vec![0x3c; 90_000].as_slice(), b"moov"].concat();
    for trailer in [
        samsung_trailer(b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1795000000000"),
        samsung_trailer(&film),
        b"{\"maker\":\"vivo\",\"model\":\"x\"}cameraalbum".to_vec(),
        [samsung_trailer(b"Image_UTC_Data"), vec![0; 5]].concat(),
    ] {
        let facts = facts_of(&[data, &trailer].concat()).unwrap();
        assert_eq!((place(&facts), taken(&facts)), (A_LUOI, Some(("2026-11-02T07:41:09", VIETNAM))));
        for missing in [40, data.len() / 3, data.len() * 2 / 3] {
            let cut = [&data[..data.len() - missing], &trailer].concat();
            let code = code_of(&cut);
            // A film behind it is long enough to be decoded as what is missing; of known trailers the length is known.
            assert_eq!(code, "media.truncated", "{missing} bytes are missing before {} more", trailer.len());
        }
    }
    for nothing in [b"".as_slice(), b"\xff", &[0; 60], b"SEFT"] {
        assert_eq!(code_of(&[data, nothing].concat()), "media.truncated", "{nothing:?}");
    }
}

#[test]
fn a_jpeg_without_its_end_is_shown_as_if_it_had_one() {
    let whole = sample(640, 480);
    let data = whole.strip_suffix(&[0xff, 0xd9]).unwrap();
    let behind = [data, &samsung_trailer(b"Image_UTC_Data1795000000000")].concat();
    let made = |bytes: &[u8]| {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        derive(file.path(), &inspect(file.path()).unwrap(), None).unwrap()
    };
    assert_eq!(made(&behind), made(&whole));
    let Some(folder) = shared("cases") else { return };
    let case = folder.join("jpeg-no-end-samsung-trailer.jpg");
    let made = derive(&case, &inspect(&case).unwrap(), None).unwrap();
    assert_eq!((made.rendition.width, made.rendition.height), (640, 480));
}

/// A WebP of one chunk of pixels, with this EXIF chunk.
fn webp_with(exif: &[u8]) -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(64, 32, |x, _| image::Rgb(if x < 32 { [250, 0, 0] } else { [0, 0, 250] }));
    let mut plain = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut plain, image::ImageFormat::WebP).unwrap();
    let plain = plain.into_inner();
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let pad = vec![0; data.len() % 2];
        [name, &u32::try_from(data.len()).unwrap().to_le_bytes()[..], data, &pad].concat()
    };
    let head = chunk(b"VP8X", &[8, 0, 0, 0, 63, 0, 0, 31, 0, 0]);
    let body = [b"WEBP".as_slice(), &head, &plain[12..], &chunk(b"EXIF", exif)].concat();
    [b"RIFF".as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
}

/// A PNG with this EXIF chunk.
fn png_with(exif: &[u8]) -> Vec<u8> {
    let mut plain = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(64, 32).write_to(&mut plain, image::ImageFormat::Png).unwrap();
    let plain = plain.into_inner();
    let (head, rest) = plain.split_at(33);
    // Nobody checks this chunk's checksum.
    let length = u32::try_from(exif.len()).unwrap().to_be_bytes();
    [head, &length, b"eXIf", exif, &[0; 4], rest].concat()
}

/// A HEIC of a list of items and an EXIF item inside `meta`, without a picture.
fn heic_with(exif: &[u8]) -> Vec<u8> {
    let size = u32::try_from(exif.len()).unwrap().to_be_bytes();
    let located = [&[1, 0, 0, 0, 0x44, 0, 0, 1, 0, 5, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0][..], &size].concat();
    let info = boxed(*b"infe", &[&[2, 0, 0, 0, 0, 5, 0, 0], b"Exif\0"]);
    let sized = boxed(*b"ispe", &[&[0; 4], &[0, 0, 0, 64, 0, 0, 0, 32]]);
    let meta = [
        vec![0; 4],
        boxed(*b"iinf", &[&[0, 0, 0, 0, 0, 1], &info]),
        boxed(*b"iloc", &[&located]),
        boxed(*b"iprp", &[&boxed(*b"ipco", &[&sized])]),
        boxed(*b"idat", &[exif]),
    ];
    [boxed(*b"ftyp", &[b"heic\0\0\0\0mif1heic"]), boxed(*b"meta", &[&meta.concat()])].concat()
}

/// The TIFF block of a sample photo, which says where and when, turned by a quarter.
fn tiff() -> Vec<u8> {
    let photo = sample(64, 32);
    let at = photo.windows(6).position(|window| window == b"Exif\0\0").unwrap();
    let length = usize::from(u16::from_be_bytes([photo[at - 2], photo[at - 1]])) - 2;
    let mut block = photo[at + 6..at + length].to_vec();
    let orientation = block.windows(4).position(|window| window == [0x01, 0x12, 0, 3]).unwrap();
    block[orientation + 9] = 6;
    block
}

type Wrapped = fn(&[u8]) -> Vec<u8>;

#[test]
fn exif_is_read_whatever_stands_before_it() {
    let tiff = tiff();
    let wrapped: [(&str, Wrapped); 3] = [("webp", webp_with), ("png", png_with), ("heic", heic_with)];
    for (name, wrap) in wrapped {
        for lead in [b"".as_slice(), b"Exif\0\0", b"\0\0\0\0", b"\0\0\0\x06Exif\0\0"] {
            let facts = facts_of(&wrap(&[lead, &tiff].concat())).unwrap();
            let said = (place(&facts), taken(&facts), facts.frame.unwrap().orientation);
            assert_eq!(said, (A_LUOI, Some(("2026-11-02T07:41:09", VIETNAM)), Some(6)), "{name} {lead:?}");
        }
    }
}

#[test]
fn a_webp_on_its_side_is_published_upright() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), webp_with(&[b"Exif\0\0".as_slice(), &tiff()].concat())).unwrap();
    let made = derive(file.path(), &inspect(file.path()).unwrap(), None).unwrap();
    assert_eq!((made.rendition.width, made.rendition.height), (32, 64));
    let shown = image::load_from_memory(&made.rendition.bytes).unwrap().to_rgb8();
    let [top, bottom] = [shown.get_pixel(16, 5).0, shown.get_pixel(16, 58).0];
    assert!(top[0] > 200 && top[2] < 60 && bottom[2] > 200 && bottom[0] < 60, "{top:?} {bottom:?}");
}
