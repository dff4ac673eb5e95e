//! Huế as shipped: that its files fit together, that they agree with the State's list of communes, that every report gets
//! somebody, and that each slip an administrator can make is named with its file and entry.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::PathBuf;

use paht_hub::calendar::Allowance;
use paht_hub::tenant::{Evidence, Publish, Tenant, TenantFault, TenantFile, TenantFiles};
use paht_hub::triage::{NO_RULE, Route, route, suggest_category};
use paht_model::ids::{AreaCode, CategoryCode};
use paht_model::place::Point;
use paht_model::time::UnixMs;
use serde_json::Value;

fn hue() -> Tenant {
    Tenant::hue().unwrap_or_else(|fault| panic!("{fault}"))
}

fn category(code: &str) -> CategoryCode {
    CategoryCode::parse(code).unwrap()
}

fn area(name: &str) -> AreaCode {
    hue().areas().iter().find(|area| area.name == name).unwrap().code.clone()
}

fn routed(code: &str, commune: Option<&str>, text: &str) -> Route {
    route(&hue(), &category(code), commune.map(area).as_ref(), text)
}

/// A file of the shared folder beside the repository. Without it the test is skipped with a message, except in CI.
fn shared(path: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    match std::fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) => {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{}: {error}", file.display());
            println!("skipped: needs ../shared/{path}");
            None
        }
    }
}

type Ring = Vec<(f64, f64)>;

struct Commune {
    code: String,
    name: String,
    /// Each polygon's rings, as (longitude, latitude): its outline, then its holes.
    polygons: Vec<Vec<Ring>>,
}

impl Commune {
    fn holds(&self, point: Point) -> bool {
        let inside = |ring: &Ring| crossings_east(ring, point.lon(), point.lat()) % 2 == 1;
        self.polygons.iter().any(|rings| rings.iter().filter(|ring| inside(ring)).count() % 2 == 1)
    }
}

/// How often a line from a point to the east crosses a ring.
fn crossings_east(ring: &Ring, x: f64, y: f64) -> usize {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let crosses = |&(&(x1, y1), &(x2, y2)): &(&(f64, f64), &(f64, f64))| {
        (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    };
    edges.filter(crosses).count()
}

fn communes() -> Option<Vec<Commune>> {
    let text = shared("areas/hue-communes-2025.geojson")?;
    let json: Value = serde_json::from_str(&text).unwrap();
    let position = |pair: &Value| (pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap());
    let ring = |ring: &Value| ring.as_array().unwrap().iter().map(position).collect::<Ring>();
    let polygon = |rings: &Value| rings.as_array().unwrap().iter().map(ring).collect();
    let commune = |feature: &Value| Commune {
        code: feature["properties"]["code"].as_str().unwrap().to_owned(),
        name: feature["properties"]["name"].as_str().unwrap().to_owned(),
        polygons: feature["geometry"]["coordinates"].as_array().unwrap().iter().map(polygon).collect(),
    };
    Some(json["features"].as_array().unwrap().iter().map(commune).collect())
}

#[test]
fn the_areas_are_the_forty_communes_and_every_point_lies_in_its_own() {
    let tenant = hue();
    assert_eq!(tenant.areas().len(), 40);
    let Some(communes) = communes() else { return };
    assert_eq!(communes.len(), 40);
    for commune in &communes {
        let area = tenant.area(&AreaCode::parse(&commune.code).unwrap()).expect(&commune.name);
        assert_eq!(area.name, commune.name);
        assert!(commune.holds(area.centre), "the centre of {} lies outside it", commune.name);
        for point in &area.points {
            assert!(commune.holds(*point), "{point:?} of {} lies outside it", commune.name);
        }
        assert_eq!(tenant.area_of(area.centre), Some(area));
    }
}

/// Method: a grid of points about 700 m apart over the whole province, each compared with the polygon it lies in.
#[test]
fn nine_positions_in_ten_find_their_commune() {
    let Some(communes) = communes() else { return };
    let tenant = hue();
    let (mut right, mut all) = (0_u32, 0_u32);
    for lat in 0_i32..122 {
        for lon in 0_i32..184 {
            let (lat, lon) = (15.9901 + f64::from(lat) * 0.0063, 107.0301 + f64::from(lon) * 0.0065);
            let point = Point::from_degrees(lat, lon).unwrap();
            let Some(commune) = communes.iter().find(|commune| commune.holds(point)) else { continue };
            let found = tenant.area_of(point).expect("a place in a commune is never out of reach");
            all += 1;
            right += u32::from(found.code.as_str() == commune.code);
        }
    }
    println!("{right} of {all} positions");
    assert!(all > 5_000 && right * 10 >= all * 9, "{right} of {all}");
}

#[test]
fn places_outside_the_province_have_no_area() {
    let tenant = hue();
    let point = |lat, lon| Point::from_degrees(lat, lon).unwrap();
    for outside in
        [point(21.0278, 105.8342), point(16.0544, 108.5), point(-16.4, -107.5), point(16.2775, -107.2297)]
    {
        assert!(!tenant.contains(outside) && tenant.area_of(outside).is_none(), "{outside:?}");
    }
    let at_sea = point(16.80, 108.25);
    assert!(
        tenant.contains(at_sea) && tenant.area_of(at_sea).is_none(),
        "in the box, but far from every commune"
    );
    let a_luoi = tenant.area_of(point(16.2775, 107.2297)).unwrap();
    assert!(a_luoi.name.starts_with("Xã A Lưới"), "{}", a_luoi.name);
}

#[test]
fn every_category_in_every_area_gets_somebody_on_board() {
    let tenant = hue();
    let known = tenant.areas().iter().map(|area| Some(&area.code));
    let mut stood_in = 0;
    for area in known.chain([None]) {
        for category in tenant.categories() {
            let route = route(&tenant, &category.code, area, "");
            let agency = tenant.agency(&route.agency).expect("the agency exists");
            assert!(agency.on_board, "{} is not on board", agency.id);
            assert!(tenant.rules().iter().any(|rule| rule.id == route.rule), "{}", route.rule);
            if let Some(fallback) = route.fallback {
                stood_in += 1;
                assert_eq!(route.agency, tenant.fallback().agency);
                assert_eq!(fallback.duty_phone, tenant.fallback().duty_phone);
                assert!(!tenant.agency(&fallback.instead_of).unwrap().on_board);
            }
        }
    }
    assert!(stood_in > 0, "some agency must still be off board, or the fallback is never shown");
}

#[test]
fn words_and_places_choose_the_agency() {
    let cases = [
        ("urban", Some("Phường Phú Xuân"), "Trạm biến áp kêu to", "dien-luc-hue", "urban-electricity"),
        ("urban", Some("Xã A Lưới 2"), "cup nuoc tu sang", "huewaco", "urban-water"),
        ("urban", Some("Phường Vỹ Dạ"), "Đèn đường hỏng", "hepco", "urban-lights-and-drains-city"),
        ("urban", Some("Xã Khe Tre"), "Đèn đường hỏng", "ubnd-xa-khe-tre", "urban-commune"),
        ("sanitation", Some("Phường Thuận Hóa"), "rác đầy đường", "hepco", "sanitation-city"),
        ("sanitation", Some("Xã A Lưới 1"), "rác đầy đường", "ubnd-xa-a-luoi-1", "sanitation-commune"),
        ("traffic", Some("Xã A Lưới 1"), "Cây đổ trên quốc lộ 49", "so-xay-dung", "traffic-national-road"),
        ("traffic", Some("Xã A Lưới 1"), "Đường liên thôn sạt lở", "ubnd-xa-a-luoi-1", "traffic-commune"),
        ("traffic", None, "Đường hỏng", "so-xay-dung", "traffic-default"),
        ("misconduct", Some("Phường An Cựu"), "trễ hẹn", "thanh-tra-thanh-pho", "misconduct-default"),
        ("security", None, "mất trộm", "cong-an-thanh-pho", "security-default"),
        ("tourism", None, "thuyền rồng bẩn", "so-du-lich", "tourism-default"),
        ("tourism", None, "lăng Tự Đức", "trung-tam-bao-ton-di-tich", "tourism-heritage"),
        ("other", None, "xin hỏi", "ioc-hue", "other-default"),
    ];
    for (code, commune, text, agency, rule) in cases {
        let route = routed(code, commune, text);
        assert_eq!((route.agency.as_str(), route.rule.as_str()), (agency, rule), "{code} {commune:?} {text}");
        assert_eq!(route.fallback, None);
    }
}

#[test]
fn an_agency_off_board_is_stood_in_for_by_name_and_number() {
    let route = routed("traffic", Some("Xã Nam Đông"), "Đường hỏng");
    assert_eq!((route.agency.as_str(), route.rule.as_str()), ("ioc-hue", "traffic-commune"));
    let fallback = route.fallback.unwrap();
    assert_eq!(
        (fallback.instead_of.as_str(), fallback.duty_phone.as_str()),
        ("ubnd-xa-nam-dong", "19001075")
    );
}

#[test]
fn a_category_or_area_nobody_knows_still_gets_somebody() {
    let (tenant, nowhere) = (hue(), AreaCode::parse("1").unwrap());
    let unknown = route(&tenant, &category("flying-saucers"), Some(&nowhere), "");
    assert_eq!((unknown.agency.as_str(), unknown.rule.as_str()), ("ioc-hue", NO_RULE));
    assert_eq!(route(&tenant, &category("traffic"), Some(&nowhere), "").rule, "traffic-default");
}

#[test]
fn urgent_words_are_heard_with_and_without_marks() {
    for urgent in
        ["Đường bị sạt lở", "duong bi sat lo nang", "có CHÁY lớn", "nguoi bi dien giat", "nước ngập vào nhà"]
    {
        assert!(routed("traffic", None, urgent).urgent, "{urgent}");
    }
    for calm in ["xe chạy cả đêm", "xe chay ca dem", "Đèn đường hỏng", "", "sắp hết rác", "ngáp"]
    {
        assert!(!routed("traffic", None, calm).urgent, "{calm}");
    }
}

#[test]
fn most_of_the_sample_reports_suggest_their_own_category() {
    let Some(samples) = shared("texts/reports-vi.tsv") else { return };
    let tenant = hue();
    let (mut right, mut all) = (0, 0);
    for line in samples.lines().filter(|line| !line.trim().is_empty()) {
        let (code, text) = line.split_once('\t').unwrap();
        assert!(tenant.category(&category(code)).is_some(), "{code} is no category");
        let suggested = suggest_category(&tenant, text);
        all += 1;
        if suggested.as_ref().map(CategoryCode::as_str) == Some(code) {
            right += 1;
        } else {
            println!("{code}, suggested {suggested:?}: {text}");
        }
    }
    println!("{right} of {all} reports");
    assert!(all >= 30 && right * 100 >= all * 60, "{right} of {all}");
    assert_eq!(suggest_category(&tenant, "xin chao"), None);
}

#[test]
fn categories_ask_for_what_their_answers_can_bring() {
    let tenant = hue();
    let of = |code| tenant.category(&category(code)).unwrap();
    assert_eq!(of("traffic").evidence, Evidence::AfterPhoto);
    assert_eq!(of("traffic").allowance(true), Allowance::Plain(4));
    assert_eq!(of("traffic").allowance(false), Allowance::Working(23));
    assert_eq!(
        (of("misconduct").evidence, of("misconduct").publish),
        (Evidence::Paper, Publish::AfterReview)
    );
}

/// Each number stands beside the danger it is for; 112 is for disasters since decision 2023/QĐ-TTg.
#[test]
fn the_emergency_numbers_say_for_which_danger_they_are() {
    let tenant = hue();
    let numbers = tenant.emergency_numbers();
    let digits: Vec<&str> = numbers.iter().map(|one| one.number.as_str()).collect();
    assert_eq!(digits, ["112", "113", "114", "115"]);
    assert!(numbers[0].name.vi.contains("sạt lở") && numbers[0].name.en.contains("landslide"));
}

fn at(local: &str) -> UnixMs {
    let zoned: jiff::Zoned = format!("{local}[Asia/Ho_Chi_Minh]").parse().unwrap();
    UnixMs::from_millis(zoned.timestamp().as_millisecond())
}

#[test]
fn the_shipped_calendar_rests_over_tet_and_works_the_swapped_saturdays() {
    let tenant = hue();
    let works = |day: &str| tenant.calendar().is_working(at(&format!("{day}T09:00:00+07:00")));
    for off in [
        "2026-01-02",
        "2026-02-16",
        "2026-04-27",
        "2026-05-01",
        "2026-08-31",
        "2026-09-02",
        "2026-11-24",
        "2027-02-04",
        "2027-02-10",
        "2027-05-03",
        "2027-11-24",
        "2028-01-26",
        "2029-02-13",
        "2030-02-04",
    ] {
        assert!(!works(off), "{off}");
    }
    for on in [
        "2025-11-24",
        "2026-01-10",
        "2026-02-13",
        "2026-02-23",
        "2026-04-28",
        "2026-08-22",
        "2026-09-03",
        "2026-11-23",
        "2027-02-03",
        "2027-02-11",
    ] {
        assert!(works(on), "{on}");
    }
}

#[test]
fn the_shipped_offices_open_by_season_since_2026() {
    let tenant = hue();
    let works = |time: &str| tenant.calendar().is_working(at(&format!("{time}:00+07:00")));
    for open in
        ["2026-11-30T13:00", "2026-09-30T17:30", "2027-03-31T13:05", "2025-09-30T16:59", "2026-04-01T17:29"]
    {
        assert!(works(open), "{open}");
    }
    for closed in
        ["2026-11-30T17:01", "2026-09-30T13:29", "2027-04-01T13:05", "2025-09-30T17:01", "2025-11-28T13:05"]
    {
        assert!(!works(closed), "{closed}");
    }
    let due = |from: &str, hours| tenant.calendar().deadline(at(&format!("{from}:00+07:00")), hours);
    assert_eq!(due("2026-11-23T16:00", 2), at("2026-11-25T08:30:00+07:00"), "not on 24 November");
    assert_eq!(due("2027-02-03T16:00", 2), at("2027-02-11T08:30:00+07:00"), "not over Tết");
    assert_eq!(due("2026-09-30T16:30", 2), at("2026-10-01T08:30:00+07:00"));
}

#[test]
fn the_shipped_calendar_knows_its_years_and_names_every_source() {
    let tenant = hue();
    assert_eq!(tenant.calendar().known_years().collect::<Vec<_>>(), [2026, 2027]);
    assert_eq!(tenant.calendar().unknown_year(at("2026-12-01T08:00:00+07:00")), None);
    assert_eq!(tenant.calendar().unknown_year(at("2027-10-01T08:00:00+07:00")), Some(2028));
    assert_eq!(tenant.almanac().unsourced(), 0);
    assert_eq!(tenant.almanac().swaps.len(), 2);
}

/// A file from before seasons, years and sources: a hub that is made newer starts with it, and asks for what it lacks.
#[test]
fn an_older_calendar_file_is_still_read() {
    let older = r#"
        working_days = ["mon", "tue", "wed", "thu", "fri"]
        hours = [{ from = "07:30", until = "11:30" }, { from = "13:30", until = "17:00" }]
        [[holiday]]
        name = { vi = "Tết Nguyên đán Đinh Mùi", en = "Lunar New Year 2027 (provisional)" }
        from = "2027-02-05"
        until = "2027-02-11"
        [[worked]]
        name = { vi = "Làm bù ngày 2/1/2026", en = "For 2 January 2026" }
        date = "2026-01-10"
    "#;
    let tenant = with_file(TenantFile::Calendar, |_| older.to_owned()).unwrap();
    let works = |day: &str| tenant.calendar().is_working(at(&format!("{day}T09:00:00+07:00")));
    assert!(works("2026-01-10") && !works("2026-11-24") && !works("2027-02-05"));
    assert_eq!(tenant.calendar().unknown_year(at("2026-12-01T08:00:00+07:00")), Some(2026));
    assert_eq!(tenant.almanac().unsourced(), 2);
}

/// The tenant, with one of the shipped files changed.
fn with_file(file: TenantFile, change: impl Fn(&str) -> String) -> Result<Tenant, TenantFault> {
    let [tenant, categories, agencies, areas, rules, calendar, services] =
        Tenant::shipped_files().map(|shipped| {
            if shipped.name == file.name() { change(shipped.text) } else { shipped.text.to_owned() }
        });
    Tenant::parse(&TenantFiles {
        tenant: &tenant,
        categories: &categories,
        agencies: &agencies,
        areas: &areas,
        rules: &rules,
        calendar: &calendar,
        services: &services,
    })
}

/// Puts a slip into one shipped file and returns the fault.
fn slip(file: TenantFile, right: &str, wrong: &str) -> TenantFault {
    let slipped = with_file(file, |text| {
        assert!(text.contains(right), "{right} is not in {}", file.name());
        text.replacen(right, wrong, 1)
    });
    slipped.expect_err(wrong)
}

/// A file, what stands in it, what somebody writes instead, and the entry and code of the fault.
type Slip = (TenantFile, &'static str, &'static str, &'static str, &'static str);

const SLIPS: &[Slip] = &[
    (TenantFile::Tenant, "zone = \"Asia/Ho_Chi_Minh\"", "zone = \"Asia/Hue\"", "zone", "tenant.unknown-zone"),
    (
        TenantFile::Tenant,
        "max_km_from_area = 15.0",
        "max_km_from_area = nan",
        "max_km_from_area",
        "tenant.bad-distance",
    ),
    (TenantFile::Tenant, "# sms = \"8175\"", "sms = \"gọi 8175\"", "sms", "tenant.bad-number"),
    (TenantFile::Tenant, "south = 15.90", "south = 17.0", "bounds", "tenant.bad-bounds"),
    (TenantFile::Tenant, "agency = \"ioc-hue\"", "agency = \"ioc\"", "fallback", "tenant.unknown-agency"),
    (TenantFile::Tenant, "\"ioc-hue\"", "\"ubnd-xa-nam-dong\"", "fallback", "tenant.fallback-not-on-board"),
    (TenantFile::Tenant, "id = \"hue\"", "id = \"Huế\"", "line 5", "tenant.unreadable"),
    (TenantFile::Tenant, "duty_phone = \"19001075\"", "duty_phone = \" \"", "fallback", "tenant.empty"),
    (
        TenantFile::Categories,
        "normal_hours = 38",
        "normal_hours = 0",
        "category \"construction\"",
        "tenant.bad-deadline",
    ),
    (TenantFile::Categories, "code = \"traffic\"", "code = \"urban\"", "category \"urban\"", "tenant.double"),
    (
        TenantFile::Tenant,
        "[fallback]",
        "[apps]\nios = [\"vn.paht.app\"]\n[fallback]",
        "apps",
        "tenant.no-app",
    ),
    (TenantFile::Categories, "\"rác\"", "\"?\"", "category \"sanitation\"", "tenant.bad-keyword"),
    (TenantFile::Agencies, "id = \"hepco\"", "id = \"huewaco\"", "agency \"huewaco\"", "tenant.double"),
    (TenantFile::Agencies, "on_board = true", "", "line 11", "tenant.unreadable"),
    (TenantFile::Areas, "\"ubnd-phuong-phu-xuan\"", "\"ubnd\"", "area \"19753\"", "tenant.unknown-agency"),
    (TenantFile::Areas, "centre = [16.", "centre = [61.", "area \"19753\"", "tenant.bad-position"),
    (TenantFile::Areas, "\"2025-07-01\"", "\"1/7/2025\"", "area \"19753\"", "tenant.bad-date"),
    (TenantFile::Areas, "code = \"19774\"", "code = \"19753\"", "area \"19753\"", "tenant.double"),
    (
        TenantFile::Rules,
        "agency = \"huewaco\"",
        "agency = \"hue-waco\"",
        "rule \"urban-water\"",
        "tenant.unknown-agency",
    ),
    (
        TenantFile::Rules,
        "category = \"misconduct\"",
        "category = \"conduct\"",
        "rule \"misconduct-default\"",
        "tenant.unknown-category",
    ),
    (
        TenantFile::Rules,
        "areas = [\"city-wards\"]",
        "areas = [\"city\"]",
        "rule \"sanitation-city\"",
        "tenant.unknown-area",
    ),
    (TenantFile::Rules, "\"19753\"", "\"99999\"", "group \"city-wards\"", "tenant.unknown-area"),
    (
        TenantFile::Rules,
        "agency = \"thanh-tra-thanh-pho\"",
        "agency = \"@committee\"",
        "category \"misconduct\"",
        "tenant.no-default-rule",
    ),
    (
        TenantFile::Rules,
        "agency = \"@committee\"",
        "agency = \"so-xay-dung\"",
        "rule \"construction-default\"",
        "tenant.unreachable-rule",
    ),
    (TenantFile::Rules, "areas = [\"city-wards\"]", "areas = []", "rule \"sanitation-city\"", "tenant.empty"),
    (
        TenantFile::Calendar,
        "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]",
        "[]",
        "working_days",
        "tenant.no-working-time",
    ),
    (TenantFile::Services, "code = \"dai-noi\"", "code = \"ga-hue\"", "service \"ga-hue\"", "tenant.double"),
    (TenantFile::Services, "at = [16.", "at = [61.", "service \"dai-noi\"", "tenant.bad-position"),
    (
        TenantFile::Services,
        "address = \"Đường 23 Tháng 8, phường Phú Xuân\"",
        "address = \"\"",
        "service \"dai-noi\"",
        "tenant.empty",
    ),
    (
        TenantFile::Services,
        "code = \"dai-noi\"",
        "code = \"dai-noi\"\ncategory = \"touring\"",
        "service \"dai-noi\"",
        "tenant.unknown-category",
    ),
    (TenantFile::Calendar, "from = \"13:30\"", "from = \"11:00\"", "hours", "tenant.bad-calendar"),
    (TenantFile::Calendar, "from = \"07:30\"", "from = \"7h30\"", "hours", "tenant.bad-time"),
    (
        TenantFile::Calendar,
        "until = \"2026-02-22\"",
        "until = \"2062-02-22\"",
        "holiday \"Tết Nguyên đán Bính Ngọ\"",
        "tenant.bad-period",
    ),
    (
        TenantFile::Calendar,
        "worked = \"2026-01-10\"",
        "worked = \"2026-02-30\"",
        "swap \"Hoán đổi dịp Tết Dương lịch 2026\"",
        "tenant.bad-date",
    ),
    (
        TenantFile::Calendar,
        "worked = \"2026-01-10\"",
        "worked = \"2027-01-10\"",
        "swap \"Hoán đổi dịp Tết Dương lịch 2026\"",
        "tenant.bad-swap",
    ),
    (TenantFile::Calendar, "worked = \"2026-01-10\"", "worked = \"2026-01-09\"", "swap", "tenant.bad-swap"),
    (
        TenantFile::Calendar,
        "from = \"04-01\"",
        "from = \"1/4\"",
        "season \"Tháng 4 đến tháng 9\"",
        "tenant.bad-month-day",
    ),
    (TenantFile::Calendar, "from = \"04-01\"", "from = \"04-02\"", "season", "tenant.bad-season"),
    (TenantFile::Calendar, "until = \"03-31\"", "until = \"04-01\"", "season", "tenant.bad-season"),
    (
        TenantFile::Calendar,
        "source = \"Điều 112 Bộ luật Lao động 2019\"",
        "source = \" \"",
        "holiday \"Tết Dương lịch 2026\"",
        "tenant.empty",
    ),
    (TenantFile::Calendar, "year = 2027", "year = 2026", "year 2026", "tenant.double"),
    (TenantFile::Calendar, "year = 2027", "year = 2028", "holiday", "tenant.missing-holiday"),
    (
        TenantFile::Calendar,
        "from = \"2026-11-24\"\nuntil = \"2026-11-24\"",
        "from = \"2026-11-23\"\nuntil = \"2026-11-23\"",
        "holiday",
        "tenant.missing-holiday",
    ),
];

#[test]
fn every_slip_is_named_with_its_file_entry_and_code() {
    for &(file, right, wrong, item, code) in SLIPS {
        let fault = slip(file, right, wrong);
        assert_eq!((fault.file, fault.item.as_str(), fault.problem.code()), (file, item, code), "{fault}");
        assert!(fault.to_string().starts_with(file.name()), "{fault}");
    }
}

#[test]
fn files_of_an_editor_that_composes_nothing_are_the_same_tenant() {
    use unicode_normalization::UnicodeNormalization as _;
    let texts: Vec<String> = Tenant::shipped_files().iter().map(|file| file.text.nfd().collect()).collect();
    let named = |name: &str| {
        let at = Tenant::shipped_files().iter().position(|file| file.name == name).unwrap();
        texts[at].as_str()
    };
    let files = TenantFiles {
        tenant: named("tenant.toml"),
        categories: named("categories.toml"),
        agencies: named("agencies.toml"),
        areas: named("areas.toml"),
        rules: named("rules.toml"),
        calendar: named("calendar.toml"),
        services: named("services.toml"),
    };
    assert_ne!(
        files.areas,
        Tenant::shipped_files().iter().find(|file| file.name == "areas.toml").unwrap().text
    );
    let read = Tenant::parse(&files).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(
        (read.areas(), read.categories(), read.services()),
        (hue().areas(), hue().categories(), hue().services())
    );
}
