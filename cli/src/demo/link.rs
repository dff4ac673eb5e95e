//! A mountain's mobile link, in this process: a relay on 127.0.0.1 with a rate and a delay each way, that can be cut.
//!
//! A cut stops both ways at once and resets what is open, so bytes under way are lost as in the air; without signal,
//! whatever calls is reset at once. The relay listens throughout: an address that is left for a moment may be another
//! program's the next. Buffers are kept small: a byte that the phone thinks sent is soon on its way, or not at all.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

/// What goes over the air at a time, in bytes.
const PIECE_BYTES: usize = 1_460;
/// The relay's own buffers towards the phone, in bytes.
const BUFFER_BYTES: u32 = 8 * 1_024;
/// Connections that may wait to be taken.
const BACKLOG: u32 = 16;

/// How good a link is while it is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Profile {
    /// From the phone, in bytes a second.
    pub(crate) up_bytes_s: u64,
    /// To the phone, in bytes a second.
    pub(crate) down_bytes_s: u64,
    /// One way.
    pub(crate) delay: Duration,
}

impl Profile {
    /// EDGE (118 kbit/s up, 236 kbit/s down, half a second there and back), hurried by a factor.
    pub(crate) const fn edge_times(factor: u32) -> Self {
        Self {
            up_bytes_s: 14_750 * factor as u64,
            down_bytes_s: 29_500 * factor as u64,
            delay: Duration::from_millis(250 / factor as u64),
        }
    }
}

/// One phone's link to the IOC; without signal at first, gone when dropped.
pub(crate) struct Link {
    address: SocketAddr,
    signal: watch::Sender<bool>,
    air: Arc<Air>,
    task: JoinHandle<()>,
}

/// What all connections of a link share.
struct Air {
    target: SocketAddr,
    delay: Duration,
    up: Way,
    down: Way,
}

/// One direction: a rate, and what went through.
struct Way {
    bytes_s: u64,
    bytes: AtomicU64,
    /// When the air is free again.
    free_at: Mutex<Instant>,
}

impl Link {
    /// Lays a link to `target`; must be called within a runtime.
    pub(crate) fn lay(target: SocketAddr, profile: Profile) -> std::io::Result<Self> {
        let listener = listener()?;
        let address = listener.local_addr()?;
        let air = Arc::new(Air {
            target,
            delay: profile.delay,
            up: Way::new(profile.up_bytes_s),
            down: Way::new(profile.down_bytes_s),
        });
        let (signal, heard) = watch::channel(false);
        let task = tokio::spawn(stand(listener, Arc::clone(&air), heard));
        Ok(Self { address, signal, air, task })
    }

    /// Where the phone finds it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Signal comes, or goes with everything that was open.
    pub(crate) fn set_signal(&self, is_there: bool) {
        self.signal.send_if_modified(|now| std::mem::replace(now, is_there) != is_there);
    }

    /// Bytes that went over the air from the phone.
    pub(crate) fn up_bytes(&self) -> u64 {
        self.air.up.bytes.load(Ordering::Relaxed)
    }

    /// Bytes that went over the air to the phone.
    pub(crate) fn down_bytes(&self) -> u64 {
        self.air.down.bytes.load(Ordering::Relaxed)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Way {
    fn new(bytes_s: u64) -> Self {
        Self { bytes_s: bytes_s.max(1), bytes: AtomicU64::new(0), free_at: Mutex::new(Instant::now()) }
    }

    /// Waits for the air, one piece after another, whichever connection it is of.
    async fn pass(&self, bytes: usize) {
        let bytes = bytes as u64;
        let done = {
            let mut free_at = self.free_at.lock().await;
            let begin = (*free_at).max(Instant::now());
            *free_at = begin + Duration::from_micros(bytes.saturating_mul(1_000_000) / self.bytes_s);
            *free_at
        };
        sleep_until(done).await;
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Takes what calls: carried on while there is signal, reset while there is none.
async fn stand(listener: TcpListener, air: Arc<Air>, signal: watch::Receiver<bool>) {
    loop {
        let Ok((phone, _)) = listener.accept().await else { continue };
        if *signal.borrow() {
            tokio::spawn(carry(phone, Arc::clone(&air), signal.clone()));
        } else {
            let _ = phone.set_zero_linger();
        }
    }
}

/// Waits until the signal, or the link itself, is gone.
async fn gone(signal: &mut watch::Receiver<bool>) {
    let _ = signal.wait_for(|there| !*there).await;
}

async fn carry(mut phone: TcpStream, air: Arc<Air>, mut signal: watch::Receiver<bool>) {
    let Ok(mut ioc) = TcpStream::connect(air.target).await else { return };
    let _ = (phone.set_nodelay(true), ioc.set_nodelay(true));
    let (mut from_phone, mut to_phone) = phone.split();
    let (mut from_ioc, mut to_ioc) = ioc.split();
    let both = async {
        tokio::join!(
            pump(&mut from_phone, &mut to_ioc, &air.up, air.delay),
            pump(&mut from_ioc, &mut to_phone, &air.down, air.delay),
        )
    };
    let is_cut = tokio::select! {
        _ = both => false,
        () = gone(&mut signal) => true,
    };
    if is_cut {
        // Both ends hear a reset, not a polite end.
        let _ = (phone.set_zero_linger(), ioc.set_zero_linger());
    }
}

/// One way of one connection: what is read comes out after the delay, at the rate.
async fn pump(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    way: &Way,
    delay: Duration,
) {
    let under_way =
        usize::try_from(way.bytes_s).unwrap_or(usize::MAX).saturating_mul(delay.as_millis() as usize) / 1_000;
    let (queue, mut queued) = mpsc::channel::<(Instant, Vec<u8>)>(under_way / PIECE_BYTES + 4);
    let read = async move {
        let mut piece = vec![0; PIECE_BYTES];
        while let Ok(count @ 1..) = from.read(&mut piece).await {
            let bytes = piece.get(..count).unwrap_or_default().to_vec();
            if queue.send((Instant::now() + delay, bytes)).await.is_err() {
                return;
            }
        }
    };
    let write = async move {
        while let Some((due, bytes)) = queued.recv().await {
            sleep_until(due).await;
            way.pass(bytes.len()).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
        let _ = to.shutdown().await;
    };
    // What was read is written to the end; what cannot be written need not be read.
    tokio::select! {
        () = write => {}
        () = async { read.await; std::future::pending().await } => {}
    }
}

fn listener() -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(BUFFER_BYTES)?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAST: Profile =
        Profile { up_bytes_s: 50_000_000, down_bytes_s: 50_000_000, delay: Duration::from_millis(1) };

    /// Says back whatever it hears.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    let _ = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn bytes_come_back_whole_and_are_counted() {
        let link = Link::lay(echo().await, FAST).unwrap();
        link.set_signal(true);
        let mut phone = TcpStream::connect(link.address).await.unwrap();
        let sent: Vec<u8> = (0..100_000_u32).map(|at| at.to_le_bytes()[0]).collect();
        let (mut from, mut to) = phone.split();
        let back = async {
            let mut heard = Vec::new();
            from.read_to_end(&mut heard).await.unwrap();
            heard
        };
        let saying = async {
            to.write_all(&sent).await.unwrap();
            to.shutdown().await.unwrap();
        };
        let (heard, ()) = tokio::join!(back, saying);
        assert_eq!(heard, sent);
        assert_eq!((link.up_bytes(), link.down_bytes()), (100_000, 100_000));
    }

    #[tokio::test]
    async fn without_signal_nobody_gets_through_and_a_cut_resets_what_is_open() {
        let link = Link::lay(echo().await, FAST).unwrap();
        // The reset comes while the phone still connects, or just after.
        let early = async { TcpStream::connect(link.address).await?.read_u8().await };
        assert_eq!(early.await.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
        link.set_signal(true);
        let mut phone = TcpStream::connect(link.address).await.unwrap();
        phone.write_all(b"one").await.unwrap();
        let mut heard = [0; 3];
        phone.read_exact(&mut heard).await.unwrap();
        link.set_signal(false);
        let cut = phone.read(&mut heard).await.unwrap_err();
        assert_eq!(cut.kind(), std::io::ErrorKind::ConnectionReset);
        link.set_signal(true);
        let mut again = TcpStream::connect(link.address).await.unwrap();
        again.write_all(b"two").await.unwrap();
        again.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"two");
    }

    #[tokio::test]
    async fn nobody_else_gets_its_address_while_it_has_no_signal() {
        let link = Link::lay(echo().await, FAST).unwrap();
        for is_there in [true, false] {
            link.set_signal(is_there);
            // The relay's task sees it in a moment of its own.
            let _ = TcpStream::connect(link.address).await;
            assert!(
                TcpListener::bind(link.address).await.is_err(),
                "taken while the signal is there: {is_there}"
            );
        }
    }
}
