//! `paht phone sync`.

use paht_phone::{EndedBy, Phone, Until};

use super::bars::Bars;
use super::data::Over;
use super::knock::{Down, knock};
use super::wording;
use crate::out::Out;
use crate::parent;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Go on until everything is sent or needs you, however long the link is away.
    #[arg(long)]
    until_done: bool,
    /// Go on for at most so many milliseconds.
    #[arg(long, value_name = "MS")]
    budget_ms: Option<u64>,
    /// What the network costs: over one that does, originals wait as `paht phone data` says.
    #[arg(long, value_name = "COST", default_value = "free")]
    over: Over,
    /// Send originals all the same, this time.
    #[arg(long)]
    originals: bool,
    /// Stop when standard input closes.
    #[arg(long, hide = true)]
    with_parent: bool,
}

pub(super) async fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    // Who asks for it says "now": waits after earlier failures end.
    phone.network_changed()?;
    phone.tell_means(args.over.means());
    if args.originals {
        phone.consent();
    }
    let down = Down::default();
    let bars = Bars::new(out, wording(phone, out)?, Down::clone(&down));
    let until = if args.until_done { Until::Done } else { Until::Once };
    let stopper = async {
        parent::asked_to_stop(args.with_parent).await;
        phone.stop();
        std::future::pending::<()>().await;
    };
    let knocking =
        async { if args.until_done { knock(phone, &down).await } else { std::future::pending().await } };
    let outcome = tokio::select! {
        outcome = phone.sync(args.budget_ms, until, &bars) => outcome?,
        () = stopper => return Ok(()),
        () = knocking => return Ok(()),
    };
    bars.end();
    out.object(&outcome);
    let standing = &outcome.standing;
    let (waiting, bytes, parked) = (standing.waiting, standing.waiting_bytes, standing.parked);
    if outcome.all_sent {
        out.either("✓ Đã gửi hết.", "✓ All sent.");
    } else if parked > 0 {
        out.either(&format!("Có {parked} phần cần bạn."), &format!("{parked} parts need you."));
    } else if standing.kept_back > 0 {
        let later = standing.kept_back_bytes;
        out.either(
            &format!("{later} byte ảnh gốc và video chờ mạng miễn phí; gửi ngay: --originals."),
            &format!("{later} bytes of originals wait for a network that costs nothing; to send them now: --originals."),
        );
    } else {
        out.either(
            &format!("Còn chờ {waiting} phần, {bytes} byte."),
            &format!("{waiting} parts wait, {bytes} bytes."),
        );
    }
    match standing.fault {
        // Nothing is lost; but whoever asked for one try hears that it failed.
        Some(code) if outcome.ended_by == EndedBy::Waiting && !outcome.all_sent => Err(code.into()),
        _ => Ok(()),
    }
}
