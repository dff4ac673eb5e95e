//! What an administrator sets.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::smpp::SmppSettings;

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The folder that holds everything.
    pub data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// A file of settings (TOML), see [`ServeOptions::read_config`].
    pub config: Option<PathBuf>,
    /// Certificate and key, for HTTPS; without them plain HTTP, for use behind a proxy or on one machine.
    pub tls: Option<TlsFiles>,
    /// Whether phones may come over QUIC too, on UDP under the same number.
    pub quic: bool,
    /// The message centre of a telephone network, for reports by SMS.
    pub smpp: Option<SmppSettings>,
    /// Bounds.
    pub limits: Limits,
}

/// A certificate chain and its key.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The chain, PEM, the server's own first.
    pub cert: PathBuf,
    /// The private key, PEM.
    pub key: PathBuf,
}

/// Bounds that a settings file may change.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Longest wait for the head of a request, in seconds.
    pub head_s: u32,
    /// Longest silence within a body, in seconds. A slow body that moves is never cut: EDGE is slow.
    pub silence_s: u32,
    /// Longest wait for running requests when stopping, in seconds.
    pub stop_s: u32,
    /// Most requests at a time over one HTTP/2 connection.
    pub streams_max: u32,
    /// What media leave of the disk for statements and text messages, in bytes; a quarter of a smaller disk. Pictures and
    /// videos that would take of it are refused (`hub.full`) and come again when there is room.
    pub media_reserve_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head_s: 20, silence_s: 60, stop_s: 10, streams_max: 32, media_reserve_bytes: 500_000_000 }
    }
}

impl Limits {
    pub(crate) fn silence(self) -> Duration {
        Duration::from_secs(self.silence_s.into())
    }
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ConfigFile {
    tenant: Option<PathBuf>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    quic: Option<bool>,
    smpp: Option<SmppSettings>,
    limits: Option<Limits>,
}

/// A settings file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    /// It cannot be read.
    #[error("the settings file cannot be read")]
    Unreadable(#[from] std::io::Error),
    /// The table `smpp` has what SMPP cannot carry.
    #[error(
        "smpp: system_id has at most 15 characters, the password 8, system_type 12, number 20, none of them blank"
    )]
    Smpp,
    /// It is no TOML, or has a setting that does not exist.
    #[error("the settings file does not fit: {0}")]
    Malformed(#[from] toml::de::Error),
}

impl ServeOptions {
    /// For a data folder and an address, everything else as shipped.
    pub fn new(data: impl Into<PathBuf>, listen: SocketAddr) -> Self {
        Self {
            data: data.into(),
            listen,
            config: None,
            tls: None,
            quic: true,
            smpp: None,
            limits: Limits::default(),
        }
    }

    /// Takes over what the settings file says, and gives the folder of tenant files: `tenant` of the file, else
    /// `tenant` in the data folder. The file may set `tenant`, `tls_cert`, `tls_key`, `quic` and the tables
    /// `smpp` and `limits`; paths in it are relative to it.
    pub(crate) fn read_config(&mut self) -> Result<PathBuf, BadConfig> {
        let own = self.data.join("tenant");
        let Some(file) = &self.config else { return Ok(own) };
        let read: ConfigFile = toml::from_str(&std::fs::read_to_string(file)?)?;
        let beside = file.parent().unwrap_or_else(|| Path::new(""));
        if let (Some(cert), Some(key)) = (&read.tls_cert, &read.tls_key) {
            self.tls = Some(TlsFiles { cert: beside.join(cert), key: beside.join(key) });
        }
        self.smpp = read.smpp.map(|smpp| {
            let password_file = beside.join(&smpp.password_file);
            SmppSettings { password_file, ..smpp }
        });
        self.quic = read.quic.unwrap_or(self.quic);
        self.limits = read.limits.unwrap_or(self.limits);
        Ok(read.tenant.map_or(own, |tenant| beside.join(tenant)))
    }
}
