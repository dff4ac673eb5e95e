//! A link between a phone and an IOC that counts what the phone sends, lets so much of it through, and can be cut.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Passes connections on, and counts and bounds what the phone sends.
#[derive(Clone)]
pub struct Relay {
    own: SocketAddr,
    to: Arc<Mutex<SocketAddr>>,
    sent: Arc<AtomicU64>,
    heard: Arc<AtomicU64>,
    /// How much it lets through.
    bound: watch::Sender<u64>,
    /// Counts how often every connection was dropped.
    drops: watch::Sender<u32>,
    /// Counts how often every connection fell silent.
    silences: watch::Sender<u32>,
}

impl Relay {
    /// A link to the IOC at this address.
    pub async fn to(address: SocketAddr) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), address)
    }

    /// The same, where somebody listens already.
    pub fn on(listener: TcpListener, address: SocketAddr) -> Self {
        let relay = Self {
            own: listener.local_addr().unwrap(),
            to: Arc::new(Mutex::new(address)),
            sent: Arc::default(),
            heard: Arc::default(),
            bound: watch::Sender::new(u64::MAX),
            drops: watch::Sender::new(0),
            silences: watch::Sender::new(0),
        };
        let accepting = relay.clone();
        tokio::spawn(async move {
            while let Ok((phone, _)) = listener.accept().await {
                let relay = accepting.clone();
                let mut dropped = relay.drops.subscribe();
                tokio::spawn(async move {
                    tokio::select! {
                        biased;
                        _ = dropped.changed() => {}
                        _ = relay.pass(phone) => {}
                    }
                });
            }
        });
        relay
    }

    /// Where the phone finds it.
    pub fn url(&self) -> String {
        format!("http://{}", self.own)
    }

    /// New connections go to another address from now on.
    pub fn turn_to(&self, address: SocketAddr) {
        *self.to.lock().unwrap() = address;
    }

    /// Lets so much more through.
    pub fn let_through(&self, bytes: u64) {
        self.bound.send_replace(self.sent().saturating_add(bytes));
    }

    /// What the phone sent since the connections were last dropped.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }

    /// What the phone was told since the connections were last dropped.
    pub fn heard(&self) -> u64 {
        self.heard.load(Ordering::SeqCst)
    }

    /// Drops every connection and counts anew; what was sent before.
    pub fn drop_all(&self) -> u64 {
        self.heard.store(0, Ordering::SeqCst);
        self.drops.send_modify(|count| *count += 1);
        self.sent.swap(0, Ordering::SeqCst)
    }

    /// From here on nothing moves on what is connected now, also if more is let through, and nobody is told; what connects
    /// later passes.
    pub fn silence_all(&self) {
        self.silences.send_modify(|count| *count += 1);
    }

    async fn pass(&self, phone: TcpStream) -> std::io::Result<()> {
        let fallen = self.silences.subscribe();
        let mut silence = fallen.clone();
        let to = *self.to.lock().unwrap();
        let (mut from_hub, mut to_hub) = TcpStream::connect(to).await?.into_split();
        let (mut from_phone, mut to_phone) = phone.into_split();
        let up = async {
            let mut piece = vec![0; 16_384];
            let mut bound = self.bound.subscribe();
            loop {
                let free = bound.wait_for(|bound| self.sent() < *bound).await.map(|bound| *bound);
                let free = free.unwrap_or(u64::MAX) - self.sent();
                // Not left to the select below: what runs here may pass many pieces before it is asked again.
                if fallen.has_changed().unwrap_or(true) {
                    return std::future::pending().await;
                }
                let most = piece.len().min(usize::try_from(free).unwrap_or(usize::MAX));
                let got = from_phone.read(&mut piece[..most]).await?;
                if got == 0 {
                    return to_hub.shutdown().await;
                }
                self.sent.fetch_add(got as u64, Ordering::SeqCst);
                to_hub.write_all(&piece[..got]).await?;
            }
        };
        let down = async {
            let mut piece = vec![0; 16_384];
            loop {
                let got = from_hub.read(&mut piece).await?;
                if got == 0 {
                    return to_phone.shutdown().await;
                }
                self.heard.fetch_add(got as u64, Ordering::SeqCst);
                to_phone.write_all(&piece[..got]).await?;
            }
        };
        let both = std::pin::pin!(async {
            tokio::select! { end = up => end, end = down => end }
        });
        tokio::select! {
            biased;
            _ = silence.changed() => std::future::pending().await,
            end = both => end,
        }
    }
}
