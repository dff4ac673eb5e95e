//! A UDP link between phones and an IOC, beside a TCP one: it has a rate and a queue, counts what the phone sends, and can
//! fall silent, which nobody is told.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::sync::mpsc;

/// Packets that may wait for the link; what comes beyond is lost.
const QUEUE_PACKETS: usize = 20;

/// Passes datagrams on, at a rate.
#[derive(Clone)]
pub struct Datagrams {
    own: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    to: SocketAddr,
    /// Microseconds that a byte takes upwards.
    us_a_byte: u64,
    silent: AtomicBool,
    deaf: AtomicBool,
    sent: AtomicU64,
    greetings: AtomicU64,
    early: AtomicU64,
    phones: Mutex<HashMap<SocketAddr, Arc<UdpSocket>>>,
    lost: Mutex<HashSet<SocketAddr>>,
}

impl Datagrams {
    /// A link to the IOC at this address, on this socket.
    pub fn on(socket: UdpSocket, to: SocketAddr, bytes_a_second: u64) -> Self {
        let shared = Arc::new(Shared {
            to,
            us_a_byte: 1_000_000 / bytes_a_second,
            silent: AtomicBool::new(false),
            deaf: AtomicBool::new(false),
            sent: AtomicU64::new(0),
            greetings: AtomicU64::new(0),
            early: AtomicU64::new(0),
            phones: Mutex::default(),
            lost: Mutex::default(),
        });
        let own = socket.local_addr().unwrap();
        let (queue, queued) = mpsc::channel(QUEUE_PACKETS);
        let socket = Arc::new(socket);
        tokio::spawn(Arc::clone(&shared).take(Arc::clone(&socket), queue));
        tokio::spawn(Arc::clone(&shared).carry(socket, queued));
        Self { own, shared }
    }

    /// Where phones find it.
    pub const fn address(&self) -> SocketAddr {
        self.own
    }

    /// Swallows everything both ways, or no longer.
    pub fn set_silent(&self, silent: bool) {
        self.shared.silent.store(silent, Ordering::SeqCst);
    }

    /// Swallows what the IOC says, or no longer.
    pub fn set_deaf(&self, deaf: bool) {
        self.shared.deaf.store(deaf, Ordering::SeqCst);
    }

    /// Loses those who are connected, for ever; whoever comes from another address gets through.
    pub fn lose_phones(&self) {
        let mut lost = self.shared.lost.lock().unwrap();
        lost.extend(self.shared.phones.lock().unwrap().keys());
    }

    /// Packets that came along with a greeting, before it was answered.
    pub fn early(&self) -> u64 {
        self.shared.early.load(Ordering::SeqCst)
    }

    /// Bytes that phones sent, also those that were swallowed.
    pub fn sent(&self) -> u64 {
        self.shared.sent.load(Ordering::SeqCst)
    }

    /// First packets of a greeting that phones sent.
    pub fn greetings(&self) -> u64 {
        self.shared.greetings.load(Ordering::SeqCst)
    }

    /// Addresses that phones sent from.
    pub fn phones(&self) -> usize {
        self.shared.phones.lock().unwrap().len()
    }
}

impl Shared {
    fn is_cut(&self, phone: SocketAddr) -> bool {
        self.silent.load(Ordering::SeqCst) || self.lost.lock().unwrap().contains(&phone)
    }

    async fn take(self: Arc<Self>, socket: Arc<UdpSocket>, queue: mpsc::Sender<(SocketAddr, Vec<u8>)>) {
        let mut packet = vec![0; 2_048];
        while let Ok((length, phone)) = socket.recv_from(&mut packet).await {
            // No packet of QUIC's: a phone asks whether anybody listens.
            if length < 20 {
                continue;
            }
            self.sent.fetch_add(length as u64, Ordering::SeqCst);
            // RFC 9000: long headers whose type is Initial, or 0-RTT.
            match packet[0] & 0xf0 {
                0xc0 => _ = self.greetings.fetch_add(1, Ordering::SeqCst),
                0xd0 => _ = self.early.fetch_add(1, Ordering::SeqCst),
                _ => {}
            }
            if !self.is_cut(phone) {
                let _ = queue.try_send((phone, packet[..length].to_vec()));
            }
        }
    }

    async fn carry(
        self: Arc<Self>,
        socket: Arc<UdpSocket>,
        mut queued: mpsc::Receiver<(SocketAddr, Vec<u8>)>,
    ) {
        while let Some((phone, packet)) = queued.recv().await {
            tokio::time::sleep(Duration::from_micros(packet.len() as u64 * self.us_a_byte)).await;
            if !self.is_cut(phone) {
                let hub = self.hub_of(phone, &socket).await;
                let _ = hub.send(&packet).await;
            }
        }
    }

    /// The socket that speaks to the IOC for this phone, and brings back what it says.
    async fn hub_of(self: &Arc<Self>, phone: SocketAddr, socket: &Arc<UdpSocket>) -> Arc<UdpSocket> {
        if let Some(known) = self.phones.lock().unwrap().get(&phone) {
            return Arc::clone(known);
        }
        let hub = Arc::new(UdpSocket::bind("127.0.0.1:0").await.unwrap());
        hub.connect(self.to).await.unwrap();
        self.phones.lock().unwrap().insert(phone, Arc::clone(&hub));
        let (shared, back, from) = (Arc::clone(self), Arc::clone(socket), Arc::clone(&hub));
        tokio::spawn(async move {
            let mut packet = vec![0; 2_048];
            while let Ok(length) = from.recv(&mut packet).await {
                if !shared.is_cut(phone) && !shared.deaf.load(Ordering::SeqCst) {
                    let _ = back.send_to(&packet[..length], phone).await;
                }
            }
        });
        hub
    }
}
