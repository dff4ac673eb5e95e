//! The languages we speak, and which of them fits a reader.

/// A language we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
    /// French.
    Fr,
    /// Japanese.
    Ja,
    /// Korean.
    Ko,
    /// Chinese in simplified letters.
    ZhHans,
}

/// How well a language fits a tag.
enum Fit {
    Well(Language),
    /// Better than one that the reader does not know at all.
    Barely(Language),
}

impl Language {
    /// Every language, in the order in which readers are offered them.
    pub const ALL: [Self; 6] = [Self::Vi, Self::En, Self::Fr, Self::Ja, Self::Ko, Self::ZhHans];

    /// The best match for a BCP 47 tag or an `Accept-Language` header (RFC 9110, 12.5.4): the highest weight first, the
    /// order of the header among equals; Vietnamese where nothing fits.
    pub fn best(tags: &str) -> Self {
        let mut wishes: Vec<(&str, f32)> = tags.split(',').filter_map(wish).collect();
        // Stable, so equals keep their order.
        wishes.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let mut barely = None;
        for (tag, _) in wishes {
            match fit(tag) {
                Some(Fit::Well(language)) => return language,
                Some(Fit::Barely(language)) => barely = barely.or(Some(language)),
                None => {}
            }
        }
        barely.unwrap_or_default()
    }

    /// The language that a BCP 47 tag asks for, if we speak it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        fit(tag).map(|(Fit::Well(language) | Fit::Barely(language))| language)
    }

    /// Its tag (BCP 47), as in `lang` of a page and in the names of the files of strings.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ja => "ja",
            Self::Ko => "ko",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// Its name in itself, by which its readers find it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Fr => "Français",
            Self::Ja => "日本語",
            Self::Ko => "한국어",
            Self::ZhHans => "简体中文",
        }
    }

    /// The one to read of two wordings, where something is kept in Vietnamese and English alone (names in a tenant's
    /// files): who reads neither reads the English.
    pub const fn either<'w>(self, vi: &'w str, en: &'w str) -> &'w str {
        match self {
            Self::Vi => vi,
            Self::En | Self::Fr | Self::Ja | Self::Ko | Self::ZhHans => en,
        }
    }

    /// What stands before the tenths of a number.
    pub const fn decimal_point(self) -> char {
        match self {
            Self::Vi | Self::Fr => ',',
            Self::En | Self::Ja | Self::Ko | Self::ZhHans => '.',
        }
    }

    /// How its readers write a day with its time, in the letters of `strftime`.
    pub const fn time_form(self) -> &'static str {
        match self {
            Self::Vi => "%H:%M, %d/%m/%Y",
            Self::En => "%-d %b %Y, %H:%M",
            Self::Fr => "%d/%m/%Y à %H:%M",
            Self::Ja | Self::ZhHans => "%Y年%-m月%-d日 %H:%M",
            Self::Ko => "%Y년 %-m월 %-d일 %H:%M",
        }
    }
}

/// One item of an `Accept-Language` header with its weight. One that is not wanted, or whose weight cannot be read, is
/// left out.
fn wish(item: &str) -> Option<(&str, f32)> {
    let (tag, parameter) = item.split_once(';').unwrap_or((item, "q=1"));
    let (name, weight) = parameter.split_once('=')?;
    let weight: f32 = weight.trim().parse().ok()?;
    let is_weight = name.trim().eq_ignore_ascii_case("q") && weight > 0.0 && weight <= 1.0;
    is_weight.then_some((tag, weight))
}

/// By the first part of a tag; by its script, else its region, for Chinese. Environments write `_` for `-` and put a
/// character set behind a dot.
fn fit(tag: &str) -> Option<Fit> {
    let tag = tag.trim().to_ascii_lowercase();
    let mut parts = tag.split(['-', '_', '.', '@']);
    Some(match parts.next()? {
        "vi" => Fit::Well(Language::Vi),
        "en" => Fit::Well(Language::En),
        "fr" => Fit::Well(Language::Fr),
        "ja" => Fit::Well(Language::Ja),
        "ko" => Fit::Well(Language::Ko),
        "zh" => match parts.find(|part| CHINESE.contains(part)) {
            Some("hant" | "tw" | "hk" | "mo") => Fit::Barely(Language::ZhHans),
            _ => Fit::Well(Language::ZhHans),
        },
        _ => return None,
    })
}

/// Parts of a tag that tell the letters of Chinese; the first one decides.
const CHINESE: [&str; 5] = ["hans", "hant", "tw", "hk", "mo"];

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Fr, Ja, Ko, Vi, ZhHans};

    #[test]
    fn every_language_is_found_by_its_own_tag() {
        for language in Language::ALL {
            assert_eq!(Language::of_tag(language.tag()), Some(language));
            assert_eq!(Language::best(language.tag()), language);
        }
        assert_eq!(Language::of_tag("de"), None);
    }

    #[test]
    fn the_language_is_the_first_we_speak() {
        for (tags, language) in [
            ("de-DE,en;q=0.8,vi;q=0.5", En),
            ("fr-CA", Fr),
            ("JA-jp", Ja),
            ("ko_KR.UTF-8", Ko),
            ("en_GB.UTF-8", En),
            ("", Vi),
            ("C", Vi),
            ("*", Vi),
            ("de, *;q=0.5", Vi),
            ("fil", Vi),
            ("engl", Vi),
        ] {
            assert_eq!(Language::best(tags), language, "{tags}");
        }
    }

    #[test]
    fn the_highest_weight_wins_and_the_order_among_equals() {
        for (tags, language) in [
            ("en;q=0.5,ja;q=0.9,vi;q=0.1", Ja),
            ("en;q=0.5,ko", Ko),
            ("fr;q=0.7, en;q=0.7", Fr),
            ("en; Q=0.2 , ja; q=0.3", Ja),
            ("en;q=0,ja;q=0.1", Ja),
            ("ko;q=0", Vi),
            ("en;q=NaN,fr;q=0.1", Fr),
            ("en;q=2,fr;q=0.1", Fr),
            ("en;q=,fr;q=0.1", Fr),
            ("en;level=1,fr;q=0.1", Fr),
        ] {
            assert_eq!(Language::best(tags), language, "{tags}");
        }
    }

    #[test]
    fn chinese_is_told_by_its_letters_then_its_region() {
        for tag in ["zh", "zh-CN", "zh-SG", "zh-Hans", "zh-Hans-CN", "zh-Hans-HK", "zh_CN.UTF-8"] {
            assert_eq!(Language::best(&format!("{tag},en;q=0.9")), ZhHans, "{tag}");
        }
        for tag in ["zh-TW", "zh-HK", "zh-MO", "zh-Hant", "zh-Hant-CN", "zh_TW.UTF-8"] {
            assert_eq!(Language::best(&format!("{tag},de;q=0.9")), ZhHans, "{tag}");
            assert_eq!(Language::best(&format!("{tag},en;q=0.1")), En, "{tag}");
            assert_eq!(Language::of_tag(tag), Some(ZhHans), "{tag}");
        }
    }
}
