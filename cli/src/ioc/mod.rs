//! Running an IOC and looking after its data.

mod backup;
mod restore;
mod serve;
mod sms_key;
mod token;

use clap::Subcommand;

use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Answer phones, agencies and everybody, until stopped.
    Serve(serve::Args),
    /// Issue a token for the operators' desk.
    Token(token::Args),
    /// Tell the key by which the IOC knows a phone's text messages, for a phone that it trusts.
    SmsKey(sms_key::Args),
    /// Copy the data of a running or stopped IOC.
    Backup(backup::Args),
    /// Make a data folder from a copy; phones then send again what came after it was made.
    Restore(restore::Args),
}

pub(crate) async fn run(args: Args, out: Out) -> anyhow::Result<()> {
    match args.verb {
        Verb::Serve(args) => serve::run(args, out).await,
        Verb::Token(args) => token::run(&args, out),
        Verb::SmsKey(args) => sms_key::run(&args, out),
        Verb::Backup(args) => backup::run(&args, out),
        Verb::Restore(args) => restore::run(&args, out),
    }
}
