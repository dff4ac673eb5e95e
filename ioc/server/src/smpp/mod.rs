//! Text messages straight from a telephone network: the IOC binds to its message centre by SMPP 3.4 as a transceiver, hands
//! what comes to the [`gateway`](crate::gateway), and sends the replies.
//!
//! A message is acknowledged once it is committed, or kept in a file beside the record: what was not, the message centre
//! delivers again, and the hub knows what it has seen. [`words`] reads one message, [`joining`] puts the pieces of a long
//! one together, [`session`] is one connection. Connections follow each other for as long as the IOC runs.

mod joining;
mod session;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::hub::Hub;
use joining::Joining;
use session::Ended;

/// Shortest and longest wait after a connection that was lost, in seconds.
const LOST_S: (u64, u64) = (1, 60);
/// The same after one that was refused: a wrong password does not mend itself.
const REFUSED_S: (u64, u64) = (30, 600);

/// Where the message centre is and who the IOC is to it: the table `smpp` of the settings file.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmppSettings {
    /// Host and port.
    pub address: String,
    /// Who binds; at most 15 characters.
    pub system_id: String,
    /// A file with the password, at most 8 characters; relative to the settings file.
    pub password_file: PathBuf,
    /// What some networks ask for; at most 12 characters.
    #[serde(default)]
    pub system_type: String,
    /// The number that replies come from.
    pub number: String,
}

/// The settings with their secret.
pub(crate) struct Account {
    settings: SmppSettings,
    password: String,
}

impl Account {
    /// `None` for what SMPP cannot carry.
    pub(crate) fn of(settings: SmppSettings, password: &str) -> Option<Self> {
        let password = password.trim().to_owned();
        let fits =
            |text: &str, max: usize| text.len() <= max && text.bytes().all(|byte| byte.is_ascii_graphic());
        let SmppSettings { system_id, system_type, number, .. } = &settings;
        let is_fit = fits(system_id, 15)
            && fits(&password, 8)
            && fits(system_type, 12)
            && fits(number, 20)
            && !number.is_empty();
        is_fit.then_some(Self { settings, password })
    }
}

/// The IOC at its message centre.
pub(crate) struct Bound {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Bound {
    /// Says goodbye; what is being handed over ends first.
    pub(crate) async fn stop(self, longest: Duration) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(longest, self.task).await;
    }
}

/// Binds, and again whenever the connection is lost. `data` is the hub's folder.
pub(crate) fn begin(hub: &Arc<Hub>, account: Account, data: &Path) -> Bound {
    let (stop, stopped) = watch::channel(false);
    let joining = Joining::in_folder(&data.join("smpp"));
    let task = tokio::spawn(go_on(Arc::clone(hub), account, joining, stopped));
    Bound { stop, task }
}

/// Until the IOC is to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn go_on(hub: Arc<Hub>, account: Account, joining: Joining, mut stop: watch::Receiver<bool>) {
    let mut wait_s = LOST_S.0;
    loop {
        let (least, most, said) = match session::run(&hub, &account, &joining, &mut stop).await {
            Ended::Stopped => return,
            Ended::Lost { worked: true } => {
                wait_s = LOST_S.0;
                (LOST_S.0, LOST_S.1, "lost")
            }
            Ended::Lost { worked: false } => (LOST_S.0, LOST_S.1, "not reached"),
            Ended::Refused => (REFUSED_S.0, REFUSED_S.1, "refused"),
        };
        let wait = wait_s.clamp(least, most);
        tracing::warn!(wait_s = wait, "message centre {said}");
        wait_s = wait.saturating_mul(2);
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(Duration::from_secs(wait)) => {}
        }
    }
}
