//! `paht phone rate`.

use paht_model::command::Rating;
use paht_model::fault::Code;
use paht_phone::Phone;

use super::find::find;
use super::kept;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The report: its id, the beginning of it, or its case code.
    id: String,
    /// 1 (not at all) to 5 (fully settled).
    #[arg(long, value_name = "1..5", allow_hyphen_values = true)]
    grade: i64,
    /// Why.
    #[arg(long, value_name = "T", default_value = "")]
    comment: String,
    /// Which agency's share; otherwise that of the last answer.
    #[arg(long, value_name = "N")]
    assignment: Option<u16>,
}

pub(super) fn run(phone: &Phone, args: Args, out: Out) -> anyhow::Result<()> {
    let id = find(phone, &args.id)?;
    let grade = u8::try_from(args.grade).map_err(|_| Code::GradeOutOfRange)?;
    let answers = phone.show(&id)?.answers;
    let asked = |assignment: u16| args.assignment.is_none_or(|asked| asked == assignment);
    let last = answers.iter().rev().find(|answer| asked(answer.assignment)).ok_or(Code::ReportState)?;
    let rating = Rating { assignment: last.assignment, answer: last.answer, grade, text: args.comment };
    phone.rate(&id, rating)?;
    kept(out, &id, "rate");
    Ok(())
}
