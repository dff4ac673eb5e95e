//! Goal: a stranger can work from `docs/wire.md` alone. Method: every key, number and type of the code's formats, read from
//! its source, is compared with the page's tables, and nothing else stands in them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;

use paht_model::capture::MediaType;
use paht_model::wire::exchange::Field as HeaderField;
use syn::{Attribute, Fields, Item, Type};

const PAGE: &str = include_str!("../../../docs/wire.md");
/// Golden bytes that the page shows.
const RECEIPT: &str = include_str!("snapshots/golden__signed-receipt.snap");
/// Kept on the phone alone: never on the wire.
const OWN: [&str; 2] = ["Delivery", "ParkReason"];
/// What is read in two goes, or has its fields' names elsewhere: as the page calls it.
const CALLED: [(&str, &str); 3] = [("About", "TenantCard"), ("Province", "TenantCard"), ("Known", "What")];

/// Rows of one table: number, name and type.
type Rows = Vec<(u32, String, String)>;

fn sources() -> Vec<(String, syn::File)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((text.clone(), syn::parse_file(&text).unwrap()));
            }
        }
    }
    found
}

/// The number in `#[n(…)]`, or in `#[cbor(n(…), …)]`.
fn number(attributes: &[Attribute]) -> Option<u32> {
    attributes.iter().find(|one| one.path().is_ident("n")).map(|one| {
        let literal: syn::LitInt = one.parse_args().unwrap();
        literal.base10_parse().unwrap()
    })
}

fn is_derived(attributes: &[Attribute], what: &str) -> bool {
    attributes.iter().any(|one| {
        let mut found = false;
        let derive = one.path().is_ident("derive");
        let _ = derive.then(|| {
            one.parse_nested_meta(|meta| {
                found |= meta.path.is_ident(what);
                Ok(())
            })
        });
        found
    })
}

fn is_transparent(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|one| {
        one.path().is_ident("cbor")
            && one.meta.require_list().is_ok_and(|list| list.tokens.to_string().contains("transparent"))
    })
}

/// A type as the page calls it.
fn said(kind: &Type) -> String {
    let Type::Path(path) = kind else { panic!("no path") };
    let last = path.path.segments.last().unwrap();
    let inner = || match &last.arguments {
        syn::PathArguments::AngleBracketed(of) => match of.args.first().unwrap() {
            syn::GenericArgument::Type(of) => said(of),
            _ => panic!("no type"),
        },
        _ => panic!("nothing within"),
    };
    match last.ident.to_string().as_str() {
        "Option" => format!("{}?", inner()),
        "Vec" => format!("[{}]", inner()),
        "String" | "TenantId" | "CategoryCode" | "AgencyId" | "ServiceCode" | "AreaCode" | "CaseCode" => {
            "text".into()
        }
        "u8" | "u16" | "u32" | "u64" => "uint".into(),
        "i8" | "i16" | "i32" | "i64" => "int".into(),
        "bool" => "bool".into(),
        "Blob" => "bytes".into(),
        "Epoch" => "bytes 8".into(),
        "ReportId" | "CommandId" | "AlertId" | "ClaimSecret" | "SetDigest" => "bytes 16".into(),
        "Sha256" => "bytes 32".into(),
        "UnixMs" => "time".into(),
        "Code" => "code".into(),
        "Texts" => "[Text]".into(),
        own => own.into(),
    }
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Name and type of each numbered field, in order: `a uint, b text`.
fn listed(fields: &Fields) -> String {
    let one = |field: &syn::Field| {
        let name = field.ident.as_ref().map(|name| format!("{name} ")).unwrap_or_default();
        format!("{name}{}", said(&field.ty))
    };
    fields.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Every format of the code, by the page's name.
fn formats() -> BTreeMap<String, Rows> {
    let mut formats: BTreeMap<String, Rows> = BTreeMap::new();
    let called = |name: String| {
        CALLED.iter().find(|(own, _)| *own == name).map_or(name, |(_, page)| (*page).to_owned())
    };
    for item in sources().into_iter().flat_map(|(_, file)| file.items) {
        let (name, attributes, rows): (_, _, Rows) = match item {
            Item::Struct(item) => {
                let row = |field: &syn::Field| {
                    let name = field.ident.as_ref().map(ToString::to_string)?;
                    Some((number(&field.attrs)?, name, said(&field.ty)))
                };
                (item.ident.to_string(), item.attrs, item.fields.iter().filter_map(row).collect())
            }
            Item::Enum(item) => {
                let row = |variant: &syn::Variant| {
                    let name = kebab(&variant.ident.to_string());
                    Some((number(&variant.attrs)?, name, listed(&variant.fields)))
                };
                (item.ident.to_string(), item.attrs, item.variants.iter().filter_map(row).collect())
            }
            _ => continue,
        };
        let travels = is_derived(&attributes, "Decode") && !is_transparent(&attributes);
        if travels && !OWN.contains(&name.as_str()) {
            formats.entry(called(name)).or_default().extend(rows);
        }
    }
    for rows in formats.values_mut() {
        rows.sort();
    }
    formats
}

/// Every enum that travels as one number.
fn numbers() -> BTreeMap<String, BTreeMap<u32, String>> {
    let mut found = BTreeMap::new();
    for (text, _) in sources() {
        for call in text.split("coded_enum!(").skip(1) {
            let Some((name, rest)) = call.split_once(" {") else { continue };
            let pairs = rest.split('}').next().unwrap().split(',').filter_map(|pair| pair.split_once("=>"));
            let pairs = pairs.map(|(number, variant)| {
                let number: u32 = number.trim().parse().unwrap();
                let plain = kebab(variant.trim());
                let media = MediaType::from_code(u8::try_from(number).unwrap()).as_str();
                (number, if name == "MediaType" { media.to_owned() } else { plain })
            });
            found.insert(name.to_owned(), pairs.collect());
        }
    }
    found
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inside.split('|').map(|cell| cell.trim().replace('`', "")).collect())
}

/// The page's tables: below a heading that is a format's name, rows that begin with a number.
fn tables() -> BTreeMap<String, Rows> {
    let mut tables: BTreeMap<String, Rows> = BTreeMap::new();
    let mut heading = String::new();
    for line in PAGE.lines() {
        if line.starts_with('#') {
            let name = line.strip_prefix("### `").and_then(|rest| rest.strip_suffix('`'));
            name.unwrap_or_default().clone_into(&mut heading);
        }
        let Some(cells) = cells(line).filter(|_| !heading.is_empty()) else { continue };
        if let Ok(number) = cells[0].parse() {
            let row = (number, cells[1].clone(), cells[2].replace('–', ""));
            tables.entry(heading.clone()).or_default().push(row);
        }
    }
    tables
}

/// The names that the code gives and the page need not, since a tuple has none: `assignment uint` is `uint`.
fn without_names(listed: &str) -> String {
    let last = |one: &str| match one.rsplit_once(' ') {
        Some((before, "8" | "16" | "32")) => {
            let kind = before.rsplit(' ').next().unwrap();
            format!("{kind} {}", one.rsplit(' ').next().unwrap())
        }
        Some((_, kind)) => kind.to_owned(),
        None => one.to_owned(),
    };
    listed.split(", ").map(last).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_page_has_every_format_with_its_keys_and_types_and_no_other() {
    let (formats, tables) = (formats(), tables());
    let names = |of: &BTreeMap<String, Rows>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&tables), names(&formats), "formats of the page, and of the code");
    for (name, rows) in formats {
        let own: Rows = tables[&name].clone();
        let own = own.into_iter().map(|(number, field, kind)| (number, field, without_names(&kind)));
        let rows = rows.into_iter().map(|(number, field, kind)| (number, field, without_names(&kind)));
        assert_eq!(own.collect::<Rows>(), rows.collect::<Rows>(), "{name}");
    }
}

#[test]
fn the_page_has_every_number_of_every_enum_and_no_other() {
    let mut own: BTreeMap<String, BTreeMap<u32, String>> = BTreeMap::new();
    let section = PAGE.split("## Numbers").nth(1).expect("a section on numbers");
    for line in section.lines().take_while(|line| !line.starts_with("## ")) {
        let Some(cells) = cells(line).filter(|cells| cells[1].contains(|c: char| c.is_ascii_digit())) else {
            continue;
        };
        let pairs = cells[1].split(", ").map(|pair| {
            let (name, number) = pair.rsplit_once(' ').unwrap();
            (number.parse().unwrap(), name.to_owned())
        });
        own.insert(cells[0].clone(), pairs.collect());
    }
    assert_eq!(own, numbers());
}

#[test]
fn the_page_has_every_purpose_and_no_other() {
    let source = include_str!("../src/wire/envelope.rs");
    let mut known: Vec<&str> =
        source.split("=> b\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `paht/")?.split('`').next());
    let mut told: Vec<String> = rows.map(|rest| format!("paht/{rest}")).collect();
    known.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, known);
}

#[test]
fn the_page_has_every_field_of_the_quic_link() {
    let (mut number, mut list) = (0, Vec::new());
    while let Some(name) = (HeaderField { number, value: String::new() }).name() {
        list.push(format!("{name} {number}"));
        number += 1;
    }
    assert!(PAGE.contains(&list.join(", ")), "{}", list.join(", "));
}

#[test]
fn the_pages_example_is_the_golden_receipt() {
    let hex = |text: &str| text.chars().filter(char::is_ascii_hexdigit).collect::<String>();
    let golden = hex(RECEIPT.rsplit("---").next().unwrap());
    let example =
        PAGE.split("```hex\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert_eq!(hex(example), golden);
}
