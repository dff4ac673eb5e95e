//! Two network namespaces, a phone's and a hub's, joined by two TUN devices between which packets are relayed.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use anyhow::{Context, Result, bail, ensure};
use tun_rs::{DeviceBuilder, SyncDevice};

use crate::net::clock::Start;
use crate::net::pipe::{Fate, Pipe};
use crate::net::weather::Weather;

/// The hub's address.
pub const HUB: &str = "10.77.0.2";
const PHONE: &str = "10.77.0.1";
const MTU: u16 = 1_400;

/// How a link is to be.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Rates, delays and cuts over time.
    pub weather: Weather,
    /// Part of the packets that is lost, 0 to 1.
    pub loss: f64,
    /// Bytes the queue of each direction holds.
    pub queue_bytes: u64,
    /// Whether cuts are told: the device goes down and sockets are aborted, as phones do when a network is gone.
    pub hard: bool,
    /// Makes losses.
    pub seed: u64,
    /// Where each packet is written down with its fate, if anywhere.
    pub packets: Option<PathBuf>,
}

/// Where packets are written down, one a line.
type Log = Option<Arc<Mutex<std::fs::File>>>;

/// A link that is up. Dropping it takes away what it made.
pub struct Link {
    phone: String,
    hub: String,
    start: Start,
    late_us: Arc<AtomicU64>,
    fates: Arc<Fates>,
}

/// Bytes of the phone's that did not arrive.
#[derive(Debug, Default)]
struct Fates {
    overflowed: AtomicU64,
    lost: AtomicU64,
    cut: AtomicU64,
    /// From when to when it had nothing to carry.
    idle_us: Mutex<Vec<(u64, u64)>>,
}

/// What is missing to make links here, in one line.
pub fn missing() -> Option<&'static str> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"));
    if !root {
        return Some("links between namespaces need root: sudo -E cargo xtask bench network");
    }
    if !Path::new("/dev/net/tun").exists() {
        return Some("no /dev/net/tun: modprobe tun (Linux only)");
    }
    let ip = Command::new("ip").arg("-V").output().is_ok();
    (!ip).then_some("no ip: apt-get install iproute2")
}

impl Link {
    /// Makes a link; `number` tells apart those of this process.
    pub fn up(number: usize, plan: &Plan) -> Result<Self> {
        let own = std::process::id();
        let (phone, hub) = (format!("paht-p{own}-{number}"), format!("paht-h{own}-{number}"));
        let link = Self { phone, hub, start: Start::now(), late_us: Arc::default(), fates: Arc::default() };
        let (of_phone, of_hub) =
            (device(&format!("pp{own}n{number}"))?, device(&format!("ph{own}n{number}"))?);
        join(&link.phone, &of_phone, PHONE)?;
        join(&link.hub, &of_hub, HUB)?;
        let seed = plan.seed.wrapping_mul(2);
        let log = plan.packets.as_ref().map(std::fs::File::create).transpose()?;
        let log = log.map(|file| Arc::new(Mutex::new(file)));
        let way = |up, seed| {
            let pipe = Pipe::new(plan.weather.clone(), up, plan.loss, plan.queue_bytes, seed);
            Way { name: if up { "up" } else { "down" }, pipe, log: log.clone() }
        };
        link.relay(&of_phone, &of_hub, way(true, seed), Arc::clone(&link.fates));
        link.relay(&of_hub, &of_phone, way(false, seed + 1), Arc::default());
        if plan.hard {
            link.cut_hard(&of_phone, plan.weather.clone())?;
        }
        Ok(link)
    }

    /// A command in the phone's namespace.
    pub fn on_phone(&self) -> Command {
        inside(&self.phone)
    }

    /// A command in the hub's namespace.
    pub fn on_hub(&self) -> Command {
        inside(&self.hub)
    }

    /// Bytes that left the phone, headers and all.
    pub fn sent_bytes(&self) -> Result<u64> {
        let out = Command::new("ip").args(["-n", &self.phone, "-s", "-j", "link"]).output()?;
        let links: serde_json::Value = serde_json::from_slice(&out.stdout)?;
        let tun = links
            .as_array()
            .and_then(|links| links.iter().find(|link| link.get("ifname").is_some_and(|name| name != "lo")));
        tun.and_then(|tun| tun.pointer("/stats64/tx/bytes")?.as_u64()).context("no bytes are told")
    }

    /// Bytes of the phone's that overflowed the queue, were lost on the air, and died in cuts.
    pub fn gone_bytes(&self) -> [u64; 3] {
        [&self.fates.overflowed, &self.fates.lost, &self.fates.cut].map(|bytes| bytes.load(Ordering::Relaxed))
    }

    /// From when to when, in microseconds, the way up was there and had nothing to carry, after this moment.
    pub fn idle_us(&self, after_us: u64) -> Vec<(u64, u64)> {
        let idle = self.fates.idle_us.lock().unwrap_or_else(PoisonError::into_inner);
        let after = idle.iter().filter(|(_, until)| *until > after_us);
        after.map(|(from, until)| ((*from).max(after_us), *until)).collect()
    }

    /// When it came up.
    pub const fn start(&self) -> Start {
        self.start
    }

    /// The longest that a packet came out late, in milliseconds: the bench's own error.
    pub fn late_ms(&self) -> u64 {
        self.late_us.load(Ordering::Relaxed) / 1_000
    }

    /// Reads at one end, and writes at the other what arrives, when it arrives.
    fn relay(&self, from: &Arc<SyncDevice>, to: &Arc<SyncDevice>, mut way: Way, fates: Arc<Fates>) {
        let (start, late) = (self.start, Arc::clone(&self.late_us));
        let (out, arriving) = mpsc::channel::<(u64, Vec<u8>)>();
        let (from, to) = (Arc::clone(from), Arc::clone(to));
        std::thread::spawn(move || {
            let mut packet = vec![0; 2_048];
            // It ends when the device is gone with its namespace.
            while let Ok(length) = from.recv(&mut packet) {
                let now_us = start.us();
                let fate = way.pipe.offer(now_us, length as u64);
                way.write_down(now_us, packet.get(..length).unwrap_or_default(), fate);
                if let Some(idle) = way.pipe.idle_us() {
                    fates.idle_us.lock().unwrap_or_else(PoisonError::into_inner).push(idle);
                }
                let gone = match fate {
                    Fate::Arrives(at) => {
                        if out.send((at, packet.iter().take(length).copied().collect())).is_err() {
                            return;
                        }
                        continue;
                    }
                    Fate::Overflows => &fates.overflowed,
                    Fate::Lost => &fates.lost,
                    Fate::Cut => &fates.cut,
                };
                gone.fetch_add(length as u64, Ordering::Relaxed);
            }
        });
        std::thread::spawn(move || {
            for (at, packet) in arriving {
                start.wait_until(at);
                late.fetch_max(start.us().saturating_sub(at), Ordering::Relaxed);
                // A device that is down takes nothing; the packet is lost with the link.
                let _ = to.send(&packet);
            }
        });
    }

    /// Takes the phone's device down for each cut.
    fn cut_hard(&self, device: &Arc<SyncDevice>, weather: Weather) -> Result<()> {
        let (namespace, name, start) = (self.phone.clone(), device.name()?, self.start);
        std::thread::spawn(move || {
            while let Some((begins, ends)) = weather.near(start.us()).find(|(begins, _)| *begins > start.us())
            {
                start.wait_until(begins);
                if ip(&["-n", &namespace, "link", "set", &name, "down"]).is_err() {
                    return;
                }
                let _ = inside(&namespace).args(["ss", "-K", "dst", HUB]).output();
                start.wait_until(ends);
                let up = ip(&["-n", &namespace, "link", "set", &name, "up"]);
                if up.and_then(|()| route(&namespace, &name, PHONE)).is_err() {
                    return;
                }
            }
        });
        Ok(())
    }
}

/// One direction of it, and where its packets are written down.
struct Way {
    name: &'static str,
    pipe: Pipe,
    log: Log,
}

impl Way {
    /// A line of: milliseconds when it was offered, direction, protocol, bytes, and when it arrives or why it does not.
    fn write_down(&self, now_us: u64, packet: &[u8], fate: Fate) {
        let Some(log) = &self.log else { return };
        let protocol = match packet.get(9) {
            Some(6) => "tcp",
            Some(17) => "udp",
            _ => "other",
        };
        let fate = match fate {
            Fate::Arrives(at) => (at / 1_000).to_string(),
            Fate::Overflows => "overflows".to_owned(),
            Fate::Lost => "lost".to_owned(),
            Fate::Cut => "cut".to_owned(),
        };
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        // What cannot be written down is missing there, and nowhere else.
        let _ = writeln!(log, "{}\t{}\t{protocol}\t{}\t{fate}", now_us / 1_000, self.name, packet.len());
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        for namespace in [&self.phone, &self.hub] {
            let _ = ip(&["netns", "del", namespace]);
        }
    }
}

fn join(namespace: &str, device: &Arc<SyncDevice>, address: &str) -> Result<()> {
    let name = device.name()?;
    ip(&["netns", "add", namespace])?;
    ip(&["link", "set", &name, "netns", namespace])?;
    ip(&["-n", namespace, "addr", "add", &format!("{address}/30"), "dev", &name])?;
    ip(&["-n", namespace, "link", "set", "lo", "up"])?;
    ip(&["-n", namespace, "link", "set", &name, "mtu", &MTU.to_string(), "up"])?;
    route(namespace, &name, address)
}

fn device(name: &str) -> Result<Arc<SyncDevice>> {
    ensure!(name.len() < 16, "a device's name has at most 15 letters: {name}");
    let device =
        DeviceBuilder::new().name(name).mtu(MTU).build_sync().with_context(|| format!("no device {name}"))?;
    Ok(Arc::new(device))
}

/// CUBIC, as phones have it; asked for by route, since the whole system's choice is not ours.
fn route(namespace: &str, device: &str, own: &str) -> Result<()> {
    ip(&["-n", namespace, "route", "replace", "10.77.0.0/30", "dev", device, "src", own, "congctl", "cubic"])
}

fn inside(namespace: &str) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", namespace]);
    command
}

fn ip(arguments: &[&str]) -> Result<()> {
    let out = Command::new("ip").args(arguments).output().context("no ip: apt-get install iproute2")?;
    if !out.status.success() {
        bail!("ip {}: {}", arguments.join(" "), String::from_utf8_lossy(&out.stderr).trim());
    }
    Ok(())
}
