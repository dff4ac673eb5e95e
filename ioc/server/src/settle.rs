//! Once an hour: closes what was answered long ago and nobody judged (`paht_hub::casework::tick`), and clears away
//! what neighbours carried here long ago, and tells a year that the calendar lacks.

use std::sync::{Arc, Weak};
use std::time::Duration;

use paht_hub::casework::tick;
use paht_hub::ports::Refusal;
use paht_model::case::Stage;
use paht_model::fault::Code;
use paht_store::listing::{LIST_LIMIT_MAX, ListQuery};

use crate::courier;
use crate::hub::Hub;
use crate::problem::Problem;
use crate::upkeep;

/// How often, in seconds.
const EVERY_S: u64 = 3_600;

/// Goes on until the hub is gone; holds it only while at work, so that its folder is free soon after it stops.
pub(crate) async fn hourly(hub: Weak<Hub>, mut told: Option<i16>) {
    loop {
        match hub.upgrade() {
            Some(hub) => {
                told = upkeep::unknown_year(&hub, told);
                if let Err(problem) = hub.off_thread(settle).await {
                    tracing::warn!(code = %problem.code(), "settling old answers failed");
                }
                let cleared = hub.off_thread(courier::clear).await;
                if let Err(problem) = cleared {
                    tracing::warn!(code = %problem.code(), "clearing away old bundles failed");
                }
            }
            None => return,
        }
        tokio::time::sleep(Duration::from_secs(EVERY_S)).await;
    }
}

/// Begins the hourly round, with what an administrator should read at start.
pub(crate) fn begin(hub: &Arc<Hub>) {
    upkeep::at_start(&hub.tenant);
    let told = upkeep::unknown_year(hub, None);
    tokio::spawn(hourly(Arc::downgrade(hub), told));
}

fn settle(hub: &Hub) -> Result<(), Problem> {
    let mut query = ListQuery {
        public_only: false,
        stage: Some(Stage::Answered),
        limit: LIST_LIMIT_MAX,
        ..ListQuery::default()
    };
    loop {
        let page = hub.store.list(&query)?;
        for item in &page.items {
            hub.decide_here(|ledger, _, context| {
                let record = ledger.case_by_code(&item.code)?.ok_or(Refusal::Never(Code::CaseUnknown))?;
                tick(ledger, context, &record.report)
            })?;
        }
        match page.next {
            Some(next) => query.before = Some(next),
            None => return Ok(()),
        }
    }
}
