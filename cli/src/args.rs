//! What can be asked for. Each verb's own arguments stand beside the verb.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use paht_model::words::Language;

use crate::{demo, ioc, operator, phone};

/// Phản ánh hiện trường: field reports from citizens to their province, and what becomes of them.
#[derive(Debug, Parser)]
#[command(name = "paht", version, about, propagate_version = true)]
pub(crate) struct Cli {
    /// Print one JSON object a line.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Speak this language; otherwise that of the environment.
    #[arg(long, global = true, value_name = "LANG", value_parser = tags())]
    lang: Option<Language>,
    #[command(subcommand)]
    pub(crate) area: Area,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Area {
    /// Run an IOC and look after its data.
    Ioc(ioc::Args),
    /// Report, send, follow.
    Phone(phone::Args),
    /// Work on cases, as operator or agency.
    Operator(operator::Args),
    /// Play one morning, from a landslide without signal to the rated answer.
    Demo(demo::Args),
}

impl Cli {
    /// The language asked for, else the environment's, else Vietnamese.
    pub(crate) fn language(&self) -> Language {
        self.lang.unwrap_or_else(|| of_environment(|name| std::env::var(name).ok()))
    }
}

/// The tags of all languages, so that the help lists them.
fn tags() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::tag)).map(|tag| Language::best(&tag))
}

/// As programs of this kind choose: the first of these that is set and not empty.
fn of_environment(read: impl Fn(&str) -> Option<String>) -> Language {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| read(name).filter(|v| !v.is_empty()));
    Language::best(&set.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_of_the_page_is_understood() {
        for line in [
            "ioc serve --data d --listen 127.0.0.1:8460 --config f",
            "ioc token --data d --role operator",
            "ioc sms-key --data d --number 0905123456",
            "ioc backup --data d --to e",
            "ioc restore --from e --data d",
            "phone --home h --ioc http://x report --media a b --text T --category c --at 16.1,107.2 --phone 09 --json",
            "phone --home h sync --until-done --json",
            "phone --home h list",
            "phone --home h show 0192",
            "phone --home h outbox --json",
            "phone --home h data --policy free --report 0192",
            "phone --home h sync --over metered --originals",
            "phone --home h rate 0192 --grade 5 --comment T",
            "phone --home h comment 0192 T",
            "phone --home h reopen 0192 --reason T",
            "phone --home h edit 0192 --text T",
            "phone --home h withdraw 0192",
            "phone --home h text 0192 --sent",
            "phone --home h hold 0192",
            "phone --home h release 0192",
            "phone inspect f --json",
            "operator --ioc http://x --token T cases",
            "operator --ioc http://x --token T show HUE-7K3M-Q2X",
            "operator --ioc http://x --token T dispatch HUE-7K3M-Q2X --agency so-xay-dung",
            "operator --ioc http://x --token T answer HUE-7K3M-Q2X --text T --media f",
            "operator --ioc http://x --token T refuse HUE-7K3M-Q2X --reason R",
            "operator --ioc http://x --token T return HUE-7K3M-Q2X --reason R",
            "operator --ioc http://x --token T start HUE-7K3M-Q2X",
            "operator --ioc http://x --token T publish HUE-7K3M-Q2X --to public",
            "operator --ioc http://x --token T alert --level warning --title T --text T --area 20044 --area 20050 --hours 12",
            "operator --ioc http://x --token T alerts",
            "operator --ioc http://x --token T end-alert 01934e0a-0000-7000-8000-000000000001",
            "phone --home h alerts --at 16.1,107.2",
            "phone --home h nearby --at 16.1,107.2 --radius 500",
            "demo --once --media a b --keep d",
        ] {
            let read = Cli::try_parse_from(std::iter::once("paht").chain(line.split(' ')));
            assert!(read.is_ok(), "{line}: {:?}", read.err().map(|error| error.to_string()));
        }
    }

    #[test]
    fn what_is_not_understood_ends_with_2() {
        let error = Cli::try_parse_from(["paht", "phone", "rate"]).unwrap_err();
        assert_eq!(error.exit_code(), 2);
    }

    #[test]
    fn the_language_comes_from_the_environment() {
        let only = |wanted: &'static str, value: &'static str| {
            of_environment(move |name| (name == wanted).then(|| value.to_owned()))
        };
        assert_eq!(only("LANG", "en_GB.UTF-8"), Language::En);
        assert_eq!(only("LC_ALL", "vi_VN"), Language::Vi);
        assert_eq!(only("LANG", "C"), Language::Vi);
        assert_eq!(only("LANG", "zh_CN.UTF-8"), Language::ZhHans);
    }

    #[test]
    fn every_language_can_be_asked_for() {
        for language in Language::ALL {
            let line = ["paht", "--lang", language.tag(), "phone", "--home", "h", "list"];
            assert_eq!(Cli::try_parse_from(line).unwrap().language(), language);
        }
        assert!(Cli::try_parse_from(["paht", "--lang", "de", "phone", "--home", "h", "list"]).is_err());
    }
}
