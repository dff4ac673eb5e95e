//! The province's apps, for the phones that ask whether a link may open one.

use serde::Deserialize;

/// The apps that links to this IOC may open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Apps {
    /// Android apps.
    pub android: Vec<AndroidApp>,
    /// iOS apps, as `TEAM.bundle.identifier`.
    pub ios: Vec<String>,
}

/// An Android app.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AndroidApp {
    /// Its package, e.g. `vn.paht.app`.
    pub package: String,
    /// SHA-256 of the certificates it is signed with, as 32 pairs of hexadecimal digits with colons between.
    pub fingerprints: Vec<String>,
}

impl Apps {
    /// The first thing that is none: a package, fingerprint or id.
    pub(super) fn wrong(&self) -> Option<&str> {
        let android = self.android.iter().flat_map(|app| {
            let package = (!is_dotted(&app.package)).then_some(app.package.as_str());
            let unsigned = app.fingerprints.is_empty().then_some(app.package.as_str());
            let prints = app.fingerprints.iter().filter(|print| !is_fingerprint(print)).map(String::as_str);
            package.into_iter().chain(unsigned).chain(prints)
        });
        let ios = self.ios.iter().filter(|id| !is_ios(id)).map(String::as_str);
        android.chain(ios).next()
    }
}

/// Two words or more of letters, digits, `_` or `-`, with dots between.
fn is_dotted(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
    };
    text.split('.').count() >= 2 && text.split('.').all(word)
}

fn is_fingerprint(text: &str) -> bool {
    let pairs: Vec<&str> = text.split(':').collect();
    pairs.len() == 32
        && pairs.iter().all(|pair| pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_ios(text: &str) -> bool {
    text.split_once('.').is_some_and(|(team, bundle)| {
        team.len() == 10
            && team.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && is_dotted(bundle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_app_is_told() {
        let print = vec!["AB"; 32].join(":");
        let app = |package: &str, print: &str| AndroidApp {
            package: package.into(),
            fingerprints: vec![print.into()],
        };
        let good =
            Apps { android: vec![app("vn.paht.app", &print)], ios: vec!["ABCDE12345.vn.paht.app".into()] };
        assert_eq!(good.wrong(), None);
        for (package, fingerprint, wrong) in [
            ("paht", print.as_str(), "paht"),
            ("vn..app", print.as_str(), "vn..app"),
            ("vn.paht.app", "AB:CD", "AB:CD"),
        ] {
            let apps = Apps { android: vec![app(package, fingerprint)], ios: Vec::new() };
            assert_eq!(apps.wrong(), Some(wrong));
        }
        let unsigned = AndroidApp { package: "vn.paht.app".into(), fingerprints: Vec::new() };
        assert_eq!(Apps { android: vec![unsigned], ios: Vec::new() }.wrong(), Some("vn.paht.app"));
        assert_eq!(
            Apps { android: Vec::new(), ios: vec!["vn.paht.app".into()] }.wrong(),
            Some("vn.paht.app")
        );
    }
}
