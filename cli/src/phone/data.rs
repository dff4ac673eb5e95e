//! `paht phone data`: what goes over which network, what that comes to now, and what was sent so far.

use clap::ValueEnum;
use paht_engine::policy::{Cost, DataPolicy, Means};
use paht_phone::Phone;
use serde_json::json;

use super::find::find;
use crate::out::Out;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Over which networks originals and videos go: any, those that cost nothing, or ask me where they cost.
    #[arg(long, value_name = "POLICY")]
    policy: Option<Policy>,
    /// Of this report alone.
    #[arg(long, value_name = "ID", requires = "policy")]
    report: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Policy {
    Any,
    Free,
    Ask,
}

/// The network that there is.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum Over {
    /// Wi-Fi, a cable.
    #[default]
    Free,
    /// Mobile data.
    Metered,
    /// Roaming, or data saving.
    Scarce,
}

impl Over {
    pub(super) const fn means(self) -> Means {
        let cost = match self {
            Self::Free => Cost::Free,
            Self::Metered => Cost::Metered,
            Self::Scarce => Cost::Scarce,
        };
        Means { cost, low_battery: false }
    }
}

pub(super) fn run(phone: &Phone, args: &Args, out: Out) -> anyhow::Result<()> {
    let asked = args.policy.map(|policy| match policy {
        Policy::Any => DataPolicy::Any,
        Policy::Free => DataPolicy::Free,
        Policy::Ask => DataPolicy::Ask,
    });
    match (asked, &args.report) {
        (Some(policy), Some(id)) => phone.set_report_policy(&find(phone, id)?, Some(policy))?,
        (Some(policy), None) => phone.set_data_policy(policy)?,
        (None, _) => {}
    }
    let (policy, meter) = (phone.data_policy(), phone.meter());
    phone.tell_means(Over::Metered.means());
    let standing = phone.standing()?;
    let later = standing.kept_back_bytes;
    let now = standing.waiting_bytes.saturating_sub(later);
    out.object(&json!({ "policy": policy, "now_bytes": now, "later_bytes": later, "meter": meter }));
    let (sent, saved) = (meter.sent_bytes, meter.saved_bytes);
    out.either(
        &format!("Gửi ngay qua dữ liệu di động: {now} byte; để lại cho Wi-Fi: {later} byte."),
        &format!("Over mobile data now: {now} bytes; left for Wi-Fi: {later} bytes."),
    );
    out.either(
        &format!("Đã gửi {sent} byte; nhờ gửi tiếp chỗ dở, khỏi gửi lại {saved} byte."),
        &format!("Sent so far: {sent} bytes; spared by going on where it was cut: {saved} bytes."),
    );
    Ok(())
}
