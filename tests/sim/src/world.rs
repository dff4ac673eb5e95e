//! A world: phones and a hub, what happens to them, and the laws that must hold all the while and at the end.

use paht_engine::outbox::OutboxEntry;
use paht_engine::policy::{Cost, DataPolicy, Gate, Means};
use paht_engine::ports::Store as _;
use paht_engine::step::{self, Wish};
use paht_hub::casework::Action as Casework;
use paht_hub::tenant::Tenant;
use paht_model::bundle::Bundle;
use paht_model::case::{AssignmentState, Case};
use paht_model::command::{Rating, Reopening};
use paht_model::ids::{CaseCode, CategoryCode, KeyThumbprint, ReportId};
use paht_model::officer::Act;
use paht_model::part::Delivery;
use paht_model::place::Point;
use paht_model::tenant::TenantCard;
use paht_model::wire::envelope::Sign as _;

use crate::action::{Action, Kind, draw};
use crate::dice::Dice;
use crate::hub::SimHub;
use crate::laws::{Breach, Watch};
use crate::link::{Air, Ran};
use crate::phone::{Said, Saying, SimPhone};
use crate::trace::Trace;

/// Words that stand in every report which must not be public; looked for wherever the public can look.
pub const CANARY: &str = "KÍN-7731";
/// Simulated time in which everything must have arrived once the faults end, in milliseconds (30 days).
const HEAL_MS_MAX: u64 = 30 * 86_400_000;
/// Steps in which it must, whatever time they take.
const HEAL_STEPS_MAX: u32 = 600;

/// What a world needs that does not change between worlds.
pub struct Ground {
    /// The province.
    pub tenant: Tenant,
    /// Its card, as shipped with phones: without keys.
    pub shipped: TenantCard,
    categories: Vec<CategoryCode>,
    centres: Vec<Point>,
}

impl Ground {
    /// The ground all worlds stand on: Huế as shipped.
    pub fn hue() -> anyhow::Result<Self> {
        let tenant = Tenant::hue()?;
        let shipped = paht_hub::card::card(&tenant, 0, &[], &[]);
        let categories = shipped.categories.iter().map(|category| category.code.clone()).collect();
        let centres = shipped.areas.iter().map(|area| area.centre).collect();
        Ok(Self { tenant, shipped, categories, centres })
    }
}

/// A world under way.
pub struct World<'g> {
    ground: &'g Ground,
    /// The hub.
    pub hub: SimHub,
    /// The phones.
    pub phones: Vec<SimPhone>,
    /// True time since the world began, in milliseconds.
    pub now_ms: u64,
    /// Who said what.
    pub trace: Trace,
    weather: u64,
    watch: Watch,
    /// Text messages under way, and from which phone's number.
    air: Vec<(usize, String)>,
    /// Bundles that neighbours carry, and from which phone.
    pub(crate) carried: Vec<(usize, Bundle)>,
}

/// The actions a seed stands for, and how many phones they are for.
pub fn plan(seed: u64) -> (usize, Vec<Action>) {
    let dice = Dice::new(seed);
    let phones = 1 + dice.index(3);
    (phones, draw(&dice, phones))
}

/// Lives a world through. The trace is kept only if wanted.
pub fn live(
    ground: &Ground,
    phones: usize,
    actions: &[Action],
    trace: bool,
) -> Result<Trace, (Breach, Trace)> {
    let Some(mut world) = World::new(ground, phones, trace) else {
        return Err((Breach::new("setting up", "the world could not begin".into()), Trace::default()));
    };
    let mut outcome = Ok(());
    for action in actions {
        world.act(*action);
        outcome = world.watch.always(&world.hub, &world.phones, world.now_ms);
        if outcome.is_err() {
            break;
        }
    }
    if outcome.is_ok() {
        outcome = world.heal();
    }
    match outcome {
        Ok(()) => Ok(world.trace),
        Err(breach) => Err((breach, world.trace)),
    }
}

impl<'g> World<'g> {
    fn new(ground: &'g Ground, phones: usize, trace: bool) -> Option<Self> {
        // The last phone was shipped without a card: it learns the province from the hub.
        let shipped = |number: usize| (number != 3).then(|| ground.shipped.clone());
        let phones: Option<Vec<_>> =
            (1..=phones).map(|number| SimPhone::new(number, shipped(number))).collect();
        Some(Self {
            ground,
            hub: SimHub::new(ground.tenant.clone())?,
            phones: phones?,
            now_ms: 1_000_000,
            trace: Trace::new(trace),
            weather: 10,
            watch: Watch::default(),
            air: Vec::new(),
            carried: Vec::new(),
        })
    }

    fn act(&mut self, action: Action) {
        let dice = Dice::new(action.seed);
        let column = action.phone + 1;
        self.trace.say(self.now_ms, column, column, || format!("[{:?}]", action.kind));
        match action.kind {
            Kind::Submit => self.submit(action.phone, &dice, true),
            Kind::SubmitRefusable => self.submit(action.phone, &dice, false),
            Kind::Say => self.say(action.phone, &dice),
            Kind::Act => self.officiate(action.phone, &dice),
            Kind::Text => self.text(action.phone, &dice),
            Kind::Deliver => self.deliver(&dice, 1 + dice.index(6)),
            Kind::HandOver => self.hand_over(action.phone, &dice),
            Kind::Carry => self.carry(&dice, 1 + dice.index(4)),
            Kind::Run => {
                let (steps, gate) = (1 + dice.index(12), any_gate(&dice));
                self.run(action.phone, &dice, steps, gate);
            }
            Kind::Pass => self.now_ms += dice.below(4 * 3_600_000),
            Kind::PassWeeks => self.now_ms += dice.below(20 * 86_400_000),
            Kind::Weather => self.weather = dice.below(60),
            Kind::Operate => self.operate(&dice),
            Kind::HubDown => self.hub.up = !self.hub.up,
            Kind::Tell => {
                let told = self.hub.tell(self.now_ms, &dice);
                self.trace.say(self.now_ms, 0, 0, || format!("tells everybody: {told:?}"));
            }
            Kind::BackUp => self.hub.back_up(),
            Kind::Restore => {
                if self.hub.restore(&dice) {
                    self.watch.restored();
                    self.trace.say(self.now_ms, 0, 0, || "restored from its backup".into());
                }
            }
            _ => self.befall(action, &dice),
        }
        self.now_ms += dice.below(20_000);
    }

    /// What befalls a phone.
    fn befall(&mut self, action: Action, dice: &Dice) {
        let now_ms = self.now_ms;
        let Some(phone) = self.phones.get_mut(action.phone) else { return };
        match action.kind {
            Kind::Kill => {
                phone.fate.kept.set(dice.chance(50));
                phone.fate.kill_in.set(Some(u32::try_from(dice.below(8)).unwrap_or(0)));
            }
            Kind::Start => phone.start(now_ms),
            Kind::Reboot => phone.reboot(now_ms),
            Kind::ClockJump => phone.wall_off_ms = jump(dice),
            Kind::DiskFull => phone.fate.full.set(!phone.fate.full.get()),
            Kind::Network => {
                phone.network = !phone.network;
                if phone.network {
                    let plan = step::woken(&phone.store, phone.reading(now_ms));
                    let _ = plan.map(|plan| phone.store.apply(&plan));
                }
            }
            _ => {}
        }
    }

    fn submit(&mut self, number: usize, dice: &Dice, good: bool) {
        let Some(phone) = self.phones.get_mut(number) else { return };
        let pick = dice.index(self.ground.categories.len());
        let category = self.ground.categories.get(pick).cloned();
        let area = self.ground.centres.get(dice.index(self.ground.centres.len())).copied();
        let off_map = Point { lat_e7: 480_000_000, lon_e7: 23_000_000 };
        let Some(category) = category else { return };
        let secret = self
            .ground
            .tenant
            .category(&category)
            .is_some_and(|c| c.publish != paht_hub::tenant::Publish::AtOnce);
        let said = Said {
            text: format!("{} {}", if secret { CANARY } else { "Đèn hỏng" }, dice.below(1_000_000)),
            category,
            point: if good { area.filter(|_| dice.chance(80)) } else { Some(off_map) },
            captures: dice.index(3),
        };
        let done = phone.submit(self.hub.tenant.id(), self.now_ms, dice, said);
        self.trace.say(self.now_ms, number + 1, number + 1, || format!("submit: {done:?}"));
    }

    fn say(&mut self, number: usize, dice: &Dice) {
        let Some(phone) = self.phones.get_mut(number) else { return };
        let reports = phone.reports();
        let Some(report) = reports.get(dice.index(reports.len())) else { return };
        let told = phone.store.told(&report.id).unwrap_or_default();
        let saying = saying(dice, paht_engine::status::case(&told).as_ref());
        let what = format!("{saying:?}");
        let done = phone.say(self.hub.tenant.id(), self.now_ms, dice, &report.id, saying);
        self.trace.say(self.now_ms, number + 1, number + 1, || format!("{what}: {done:?}"));
    }

    /// Sends a report as text messages. Networks lose some and bring others twice.
    fn text(&mut self, number: usize, dice: &Dice) {
        let Some(phone) = self.phones.get_mut(number) else { return };
        let reports = phone.reports();
        let Some(report) = reports.get(dice.index(reports.len())) else { return };
        let written = phone.text(self.hub.tenant.id(), report, dice);
        for message in written.iter().flatten() {
            let times = match dice.below(10) {
                0 | 1 => 0,
                2 | 3 => 2,
                _ => 1,
            };
            self.air.extend((0..times).map(|_| (number, message.clone())));
        }
        let what = written.map(|messages| messages.len());
        self.trace.say(self.now_ms, number + 1, number + 1, || format!("texts {}: {what:?}", report.id));
    }

    /// Some text messages arrive, the later ones perhaps before the earlier.
    fn deliver(&mut self, dice: &Dice, count: usize) {
        for _ in 0..count.min(self.air.len()) {
            let (number, text) = self.air.swap_remove(dice.index(self.air.len()));
            let taken = self.hub.hear(number, &text, self.now_ms, dice);
            self.trace.say(self.now_ms, number + 1, 0, || format!("text message: {taken:?}"));
        }
    }

    /// Somebody acts for the agency that has a case: mostly vouched for by it, sometimes not, or not any more.
    fn officiate(&mut self, number: usize, dice: &Dice) {
        let cases = self.watch.cases(&self.hub, &self.phones);
        let Some((code, report)) = cases.get(dice.index(cases.len())).cloned() else { return };
        let record = self.hub.read(|ledger| ledger.case(&report).ok().flatten()).flatten();
        let share = record.and_then(|record| record.case.assignments.last().cloned());
        let (Some(phone), Some(share)) = (self.phones.get_mut(number), share) else { return };
        let key = KeyThumbprint::of(&phone.key.public_key());
        if dice.chance(70) {
            let _ = self.hub.enrol(&key, &share.agency, self.now_ms, dice);
        }
        let assignment = share.number;
        let until = share.due.plus_millis(i64::try_from(dice.below(9 * 86_400_000)).unwrap_or(0));
        let act = match dice.below(8) {
            0 => Act::Start { assignment },
            1 => Act::Return { assignment, reason: "Không thuộc thẩm quyền".into() },
            2 | 3 => Act::AskTime { assignment, until, reason: "Chờ vật tư".into() },
            _ => Act::Answer { assignment, text: "Đã xử lý xong".into(), evidence: Vec::new() },
        };
        let name = act.name();
        let done = phone.act(self.hub.tenant.id(), self.now_ms, dice, (report, code), act);
        self.trace.say(self.now_ms, number + 1, number + 1, || format!("{name}: {done:?}"));
    }

    /// Lets a phone run some steps over a network; a wait lets its time pass.
    fn run(&mut self, number: usize, dice: &Dice, steps: usize, gate: Gate) {
        let Some(phone) = self.phones.get_mut(number) else { return };
        for _ in 0..steps {
            let (hub, trace) = (&self.hub, &mut self.trace);
            let mut air = Air { hub, now_ms: self.now_ms, weather: self.weather, dice, trace };
            match air.step(phone, Wish { news: dice.chance(10), at_once: false, gate }) {
                Ran::Did => self.now_ms += 300,
                Ran::Waits(wait_ms) => {
                    self.now_ms += wait_ms.min(600_000);
                    let _ = phone.erase(self.now_ms);
                }
                Ran::Stuck => return,
            }
        }
    }

    fn operate(&mut self, dice: &Dice) {
        let codes: Vec<(CaseCode, ReportId)> = self.watch.cases(&self.hub, &self.phones);
        let Some((code, report)) = codes.get(dice.index(codes.len())) else { return };
        let Some(Some(record)) = self.hub.read(|ledger| ledger.case_by_code(code).ok().flatten()) else {
            return;
        };
        let action = self.casework(dice, &record.case, code);
        let done = self.hub.act(code, &action, self.now_ms, dice);
        self.hub.tick(report, self.now_ms, dice);
        self.trace.say(self.now_ms, 0, 0, || format!("{code} {action:?}: {done:?}"));
    }

    fn casework(&self, dice: &Dice, case: &Case, code: &CaseCode) -> Casework {
        let open = |state: &AssignmentState| {
            matches!(state, AssignmentState::Dispatched | AssignmentState::InProgress)
        };
        let share = case.assignments.iter().find(|share| open(&share.state)).map(|share| share.number);
        let Some(assignment) = share else {
            return match dice.below(10) {
                0 => Casework::Refuse { reason: "Ngoài phạm vi".into() },
                1 => Casework::Comment { text: "Đã xem".into() },
                _ => Casework::Dispatch { agency: None },
            };
        };
        match dice.below(11) {
            10 => Casework::GiveTime {
                assignment,
                due: case
                    .assignment(assignment)
                    .map_or(case.received, |share| share.due.plus_millis(86_400_000)),
            },
            0 => Casework::Return { assignment, reason: "Không thuộc thẩm quyền".into() },
            1 => Casework::Start { assignment },
            2 => Casework::Answer {
                assignment: Some(assignment),
                text: "Đã xong".into(),
                evidence: Vec::new(),
            },
            _ => {
                let evidence = self.hub.evidence(code, self.now_ms, dice).into_iter().collect();
                Casework::Answer { assignment: Some(assignment), text: "Đã xử lý xong".into(), evidence }
            }
        }
    }

    /// Ends every fault and lets everybody run until nothing is left to send, or far too long has passed; then the laws
    /// are held against what is there.
    fn heal(&mut self) -> Result<(), Breach> {
        self.weather = 0;
        self.hub.up = true;
        self.trace.say(self.now_ms, 0, 0, || "every fault ends".into());
        for phone in &mut self.phones {
            phone.network = true;
            phone.fate.full.set(false);
            phone.fate.kill_in.set(None);
            phone.start(self.now_ms);
        }
        let dice = Dice::new(0);
        self.deliver(&dice, self.air.len() / 2);
        self.carry(&dice, self.carried.len() / 2);
        for number in 0..self.phones.len() {
            self.release(number, &dice)?;
            self.finish(number, &dice)?;
            if self.mend(number, &dice)? {
                self.finish(number, &dice)?;
            }
            self.watch.always(&self.hub, &self.phones, self.now_ms)?;
        }
        self.deliver(&dice, self.air.len());
        self.carry(&dice, self.carried.len());
        // What an officer sent is news on the phone of who reported it.
        for number in 0..self.phones.len() {
            self.finish(number, &dice)?;
        }
        self.watch.at_last(&self.hub, &self.phones)
    }

    /// Lets a phone run until nothing is left to send, or far too long has passed.
    fn finish(&mut self, number: usize, dice: &Dice) -> Result<(), Breach> {
        let begun_ms = self.now_ms;
        let mut steps = 0_u32;
        while !self.settled(number)? {
            self.run(number, dice, 1, Gate::default());
            steps += 1;
            if self.now_ms - begun_ms > HEAL_MS_MAX || steps > HEAL_STEPS_MAX {
                return Err(Breach::new("law 4", self.unfinished(number)));
            }
        }
        Ok(())
    }

    /// What keeps a phone from finishing, for the breach's words.
    fn unfinished(&self, number: usize) -> String {
        let Some(phone) = self.phones.get(number) else { return String::new() };
        let waits = phone.store.inner.entries().filter(|entry| !entry.delivery.is_delivered());
        let waits: Vec<String> = waits
            .map(|e| format!("{:?} {} {:?} {:?}", e.kind, e.part.hash.short(), e.delivery, e.fault))
            .collect();
        let heard = self.heard_all(phone);
        format!("phone {} never finishes; heard all: {heard}; waiting: {waits:?}", number + 1)
    }

    /// Law 4: what the hub refused is still there to be changed, and goes once it is right. Whether anything was mended.
    fn mend(&mut self, number: usize, dice: &Dice) -> Result<bool, Breach> {
        let (centre, now_ms) = (self.ground.centres.first().copied(), self.now_ms);
        let Some((phone, point)) = self.phones.get_mut(number).zip(centre) else { return Ok(false) };
        let refused: Vec<ReportId> =
            phone.reports().iter().map(|r| r.id).filter(|id| phone.is_refused(id)).collect();
        for id in &refused {
            let done = phone.say(self.hub.tenant.id(), now_ms, dice, id, Saying::Move(point));
            self.trace.say(now_ms, number + 1, number + 1, || format!("mends {id}: {done:?}"));
            done.map_err(|fault| {
                Breach::new("law 4", format!("a refused report cannot be edited: {fault}"))
            })?;
        }
        Ok(!refused.is_empty())
    }

    fn release(&mut self, number: usize, dice: &Dice) -> Result<(), Breach> {
        let Some(phone) = self.phones.get_mut(number) else { return Ok(()) };
        for report in phone.reports() {
            if report.condition == paht_engine::plan::Condition::Held {
                let done = phone.say(self.hub.tenant.id(), self.now_ms, dice, &report.id, Saying::Release);
                done.map_err(|fault| {
                    Breach::new("law 4", format!("a held report cannot be released: {fault}"))
                })?;
            }
        }
        Ok(())
    }

    /// Nothing waits but what stands behind a refused statement, no comparison is under way, and everything was heard.
    fn settled(&self, number: usize) -> Result<bool, Breach> {
        let Some(phone) = self.phones.get(number) else { return Ok(true) };
        let fault = |_| Breach::new("law 1", "the disk cannot be read".into());
        let link = phone.store.link().map_err(fault)?;
        let underived = phone.store.underived(1).map_err(fault)?;
        let waits = |entry: &OutboxEntry| {
            let over = matches!(entry.delivery, Delivery::Delivered { .. } | Delivery::Parked { .. });
            !over && !phone.is_refused(&entry.part.report)
        };
        let told = link.epoch == Some(self.hub.epoch) && link.comparing.is_none();
        let nothing = phone.reports().is_empty() && phone.store.inner.entries().next().is_none();
        let done = !phone.store.inner.entries().any(waits) && underived.is_empty();
        Ok(nothing || (done && told && self.heard_all(phone) && self.watch.heard_bulletin(&self.hub, phone)))
    }

    fn heard_all(&self, phone: &SimPhone) -> bool {
        self.watch.heard_all(&self.hub, phone)
    }
}

/// Up to five years, either way; or right again.
fn jump(dice: &Dice) -> i64 {
    const FIVE_YEARS_MS: i64 = 5 * 366 * 86_400_000;
    let draw = i64::try_from(dice.below(2 * FIVE_YEARS_MS.unsigned_abs())).unwrap_or(0);
    if dice.chance(25) { 0 } else { draw - FIVE_YEARS_MS }
}

fn saying(dice: &Dice, case: Option<&Case>) -> Saying {
    let share = case.and_then(|case| case.assignments.last());
    let number = share.map_or(1, |share| share.number);
    match dice.below(20) {
        0..=4 => Saying::Edit(format!("Sửa lại {}", dice.below(1_000_000))),
        5..=7 => Saying::Comment("Vẫn còn".into()),
        8 => Saying::Withdraw,
        9 | 10 => Saying::Hold,
        11 | 12 => Saying::Release,
        13..=16 => Saying::Rate(Rating {
            assignment: number,
            answer: share.map_or(1, |share| share.answers.max(1)),
            grade: u8::try_from(1 + dice.below(5)).unwrap_or(5),
            text: String::new(),
        }),
        _ => Saying::Reopen(Reopening { assignment: number, reason: "Chưa xong".into() }),
    }
}

/// Any network, battery, and wish of a person's.
fn any_gate(dice: &Dice) -> Gate {
    let cost = match dice.below(4) {
        0 => Cost::Metered,
        1 => Cost::Scarce,
        _ => Cost::Free,
    };
    let policy = if dice.chance(25) { DataPolicy::Any } else { DataPolicy::Ask };
    Gate { means: Means { cost, low_battery: dice.chance(10) }, policy, consent: dice.chance(10) }
}
