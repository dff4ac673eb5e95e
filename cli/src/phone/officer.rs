//! `paht phone officer`: an agency's officer at work. Only `enrol` and fresh `cases` need a link.

use std::path::PathBuf;

use clap::Subcommand;
use paht_model::fault::Code;
use paht_model::ids::CaseCode;
use paht_model::officer::Act;
use paht_model::time::UnixMs;
use paht_model::wire::officer::{OfficerCase, OfficerShare};
use paht_phone::{ActAtHand, CaseAtHand, CasesAtHand, Deed, NewAct, Phone};
use serde_json::json;

use super::{has_no_link, kept_words, say_age, wording};
use crate::moment::moment;
use crate::out::{Out, either};
use crate::wording::{Wording, excerpt};

/// Acts looked through for one that needs the person.
const ACTS: usize = 10_000;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make this phone an officer's, with the code of the agency.
    Enrol {
        /// The agency's code: its token.
        code: String,
    },
    /// Sign the officer out on this phone; the agency's cases are forgotten.
    SignOut,
    /// Show the agency's open cases; without a link, as last heard.
    Cases,
    /// Show what this phone did to cases, newest first.
    Acts,
    /// Begin work on a case.
    Start(CaseArgs),
    /// Give a case back: another agency is competent.
    Return {
        #[command(flatten)]
        case: CaseArgs,
        /// Why, and who would be competent.
        #[arg(long, value_name = "R")]
        reason: String,
    },
    /// Ask for a later deadline.
    AskTime {
        #[command(flatten)]
        case: CaseArgs,
        /// Until when, e.g. 2026-12-01 or 2026-12-01T09:30.
        #[arg(long, value_name = "T", value_parser = moment)]
        until: UnixMs,
        /// Why.
        #[arg(long, value_name = "R")]
        reason: String,
    },
    /// Answer a case, with photos of the result.
    Answer {
        #[command(flatten)]
        case: CaseArgs,
        /// The result, in words that everybody reads.
        #[arg(long, value_name = "T")]
        text: String,
        /// Photos and videos of the result.
        #[arg(long, value_name = "FILE", num_args = 1..)]
        media: Vec<PathBuf>,
    },
    /// Let what was refused for this case go: it is never sent.
    LetGo(CaseArgs),
    /// Send what was refused for this case again.
    Again(CaseArgs),
}

#[derive(Debug, clap::Args)]
struct CaseArgs {
    /// The case code.
    case: CaseCode,
    /// Which share; otherwise the first that is open.
    #[arg(long, value_name = "N")]
    assignment: Option<u16>,
}

pub(super) async fn run(phone: &Phone, args: Args, out: Out) -> anyhow::Result<()> {
    match args.verb {
        Verb::Enrol { code } => enrol(phone, &code, out).await,
        Verb::SignOut => sign_out(phone, out),
        Verb::Cases => cases(phone, out).await,
        Verb::Acts => acts(phone, out),
        Verb::Start(case) => act(phone, &case, Deed::Start, out),
        Verb::Return { case, reason } => act(phone, &case, Deed::Return { reason }, out),
        Verb::AskTime { case, until, reason } => act(phone, &case, Deed::AskTime { until, reason }, out),
        Verb::Answer { case, text, media } => act(phone, &case, Deed::Answer { text, files: media }, out),
        Verb::LetGo(case) => each_parked(phone, &case, |act| Ok(phone.let_act_go(&act.part)?), out),
        Verb::Again(case) => each_parked(phone, &case, |act| Ok(phone.send_act_again(&act.part)?), out),
    }
}

async fn enrol(phone: &Phone, code: &str, out: Out) -> anyhow::Result<()> {
    let officer = phone.enrol(code).await?;
    let wording = wording(phone, out)?;
    out.done(&officer, |language| {
        let now = either(language, "Điện thoại này làm việc cho", "This phone now acts for");
        format!("✓ {now} {}", wording.agency(&officer.agency))
    });
    Ok(())
}

fn sign_out(phone: &Phone, out: Out) -> anyhow::Result<()> {
    phone.sign_out()?;
    out.object(&json!({ "officer": null }));
    out.remark_either(
        "✓ Đã thoát. Việc đã làm vẫn được gửi.",
        "✓ Signed out. What was done is sent all the same.",
    );
    Ok(())
}

async fn cases(phone: &Phone, out: Out) -> anyhow::Result<()> {
    let cases = match phone.cases().await {
        Ok(cases) => cases,
        Err(error) if has_no_link(&error) => {
            let Some(kept) = phone.cases_kept()? else { return Err(error.into()) };
            say_age(out, kept.age_ms);
            kept
        }
        Err(error) => return Err(error.into()),
    };
    out.object(&cases);
    show(&cases, &wording(phone, out)?, out);
    Ok(())
}

fn show(cases: &CasesAtHand, wording: &Wording, out: Out) {
    let language = out.language();
    if cases.cases.is_empty() {
        out.remark_either("Không có hồ sơ nào đang chờ.", "No cases are waiting.");
        return;
    }
    let head = [
        either(language, "mã", "case"),
        either(language, "hạn", "due"),
        either(language, "xin gia hạn", "asked"),
        either(language, "lĩnh vực", "category"),
        either(language, "xã", "area"),
        either(language, "nội dung", "text"),
        either(language, "đang gửi", "on its way"),
    ];
    let row = |at_hand: &CaseAtHand| {
        let case = &at_hand.case;
        let mark = if case.urgent { "! " } else { "" };
        let share = open(case);
        let sending = at_hand.acts.iter().map(|act| said(wording, act)).collect::<Vec<_>>().join(", ");
        vec![
            format!("{mark}{}", case.code),
            share.map(|share| wording.time(share.due)).unwrap_or_default(),
            share.and_then(|share| share.asked).map(|at| wording.time(at)).unwrap_or_default(),
            case.category.as_ref().map(|code| wording.category(code)).unwrap_or_default(),
            case.area.as_ref().map(|code| wording.area(code)).unwrap_or_default(),
            excerpt(&case.text, 40),
            sending,
        ]
    };
    out.table(&head, &cases.cases.iter().map(row).collect::<Vec<_>>());
}

fn acts(phone: &Phone, out: Out) -> anyhow::Result<()> {
    let acts = phone.acts(ACTS)?;
    let wording = wording(phone, out)?;
    for act in &acts {
        out.object(act);
        let case = act.case.as_ref().map(ToString::to_string).unwrap_or_default();
        out.line(&format!("{case}  {}", said(&wording, act)));
    }
    Ok(())
}

fn said(wording: &Wording, act: &ActAtHand) -> String {
    let dropped = act.dropped.map(|code| format!(" ✗ {code}")).unwrap_or_default();
    format!("{}: {}{dropped}", named(wording, &act.act), wording.way(&act.way))
}

const fn named(wording: &Wording, act: &Act) -> &'static str {
    let (vi, en) = match act {
        Act::Start { .. } => ("nhận việc", "start"),
        Act::Return { .. } => ("trả lại", "return"),
        Act::AskTime { .. } => ("xin gia hạn", "ask for time"),
        Act::Answer { .. } => ("trả lời", "answer"),
    };
    either(wording.language(), vi, en)
}

fn act(phone: &Phone, args: &CaseArgs, deed: Deed, out: Out) -> anyhow::Result<()> {
    let kept = phone.cases_kept()?.map(|kept| kept.cases).unwrap_or_default();
    let case = kept.into_iter().map(|at_hand| at_hand.case).find(|case| case.code == args.case);
    let case = case.ok_or(Code::CaseUnknown)?;
    let assignment = args.assignment.or_else(|| open(&case).map(|share| share.assignment));
    let assignment = assignment.ok_or(Code::CaseState)?;
    let part = phone.act(NewAct { report: case.report, assignment, deed })?;
    out.done(
        &json!({ "case": case.code, "report": part.report, "act": part.hash, "kept": true }),
        kept_words,
    );
    Ok(())
}

/// The first share that is open.
fn open(case: &OfficerCase) -> Option<&OfficerShare> {
    case.shares.iter().find(|share| share.state.is_open())
}

/// Does something to every act of this case that needs the person.
fn each_parked(
    phone: &Phone,
    args: &CaseArgs,
    verb: impl Fn(&ActAtHand) -> anyhow::Result<()>,
    out: Out,
) -> anyhow::Result<()> {
    let parked = |act: &ActAtHand| matches!(act.way, paht_engine::status::Way::NeedsYou { .. });
    let acts = phone.acts(ACTS)?.into_iter().filter(|act| act.case.as_ref() == Some(&args.case));
    let acts: Vec<ActAtHand> = acts.filter(parked).collect();
    if acts.is_empty() {
        return Err(Code::CaseUnknown.into());
    }
    acts.iter().try_for_each(verb)?;
    out.done(&json!({ "case": args.case, "acts": acts.len() }), |_| format!("✓ {}", acts.len()));
    Ok(())
}
