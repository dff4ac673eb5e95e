//! nginx, for the test that a report passes it as it comes. Installed by apt on Debian, else named.

use std::path::Path;

use super::{Need, browser::apt};

/// Where Debian puts it.
const NGINX: &str = "/usr/sbin/nginx";

pub(super) fn need() -> Need {
    Need {
        name: "nginx",
        by_hand: "on Debian, as root: apt-get install nginx",
        // Elsewhere its test says that it is not tested.
        is_met: || !cfg!(target_os = "linux") || Path::new(NGINX).is_file(),
        meet: || apt(&["nginx"]),
    }
}
