//! The desk: operators and agencies at work on cases, over HTTP with a token.

mod alert;
mod answer;
mod calendar;
mod cases;
mod desk;
mod dispatch;
mod officers;
mod publish;
mod refuse;
mod returning;
mod show;
mod start;

use clap::Subcommand;

use crate::out::Out;
use crate::wording::Wording;
use desk::Desk;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The IOC's address.
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "PAHT_IOC",
        default_value = "http://127.0.0.1:8460"
    )]
    ioc: String,
    /// A token; `paht ioc token` issues one.
    #[arg(
        long,
        global = true,
        value_name = "T",
        env = "PAHT_TOKEN",
        hide_env_values = true,
        default_value = ""
    )]
    token: String,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List cases, newest first.
    Cases(cases::Args),
    /// Show by which working time deadlines are counted, and what decided it.
    Calendar,
    /// Show one case with everything but its sender.
    Show(show::Args),
    /// Give a case to an agency, with a deadline.
    Dispatch(dispatch::Args),
    /// Answer a case, with evidence.
    Answer(answer::Args),
    /// Say that the IOC does not handle it.
    Refuse(refuse::Args),
    /// Give a case back: another agency is competent.
    Return(returning::Args),
    /// Begin work on a case.
    Start(start::Args),
    /// Give an agency a later deadline.
    GiveTime(officers::TimeArgs),
    /// List the officers' phones that act for agencies.
    Officers,
    /// End an officer's phone: it no longer acts for its agency.
    EndOfficer(officers::EndArgs),
    /// Say who may see a case.
    Publish(publish::Args),
    /// Tell everybody, or some communes, something that holds for a while.
    Alert(alert::Args),
    /// List the alerts that hold or will hold.
    Alerts,
    /// End an alert before its time.
    EndAlert(alert::EndArgs),
}

pub(crate) async fn run(args: Args, out: Out) -> anyhow::Result<()> {
    let desk = Desk::new(&args.ioc, &args.token)?;
    match args.verb {
        Verb::Cases(args) => cases::run(&desk, &args, out).await,
        Verb::Calendar => calendar::run(&desk, out).await,
        Verb::Show(args) => show::run(&desk, &args, out).await,
        Verb::Dispatch(args) => dispatch::run(&desk, &args, out).await,
        Verb::Answer(args) => answer::run(&desk, &args, out).await,
        Verb::Refuse(args) => refuse::run(&desk, &args, out).await,
        Verb::Return(args) => returning::run(&desk, &args, out).await,
        Verb::Start(args) => start::run(&desk, &args, out).await,
        Verb::GiveTime(args) => officers::give_time(&desk, &args, out).await,
        Verb::Officers => officers::list(&desk, out).await,
        Verb::EndOfficer(args) => officers::end(&desk, &args, out).await,
        Verb::Publish(args) => publish::run(&desk, &args, out).await,
        Verb::Alert(args) => alert::publish(&desk, args, out).await,
        Verb::Alerts => alert::list(&desk, out).await,
        Verb::EndAlert(args) => alert::end(&desk, &args, out).await,
    }
}

pub(crate) use alert::table as alerts_table;

fn wording(out: Out) -> Wording {
    Wording::shipped(out.language())
}
