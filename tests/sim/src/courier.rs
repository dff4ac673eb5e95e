//! Neighbours in the simulated world: bundles made, cut in several, carried late, twice or never, and receipts that come back
//! or do not. What is sealed on its way is here as it was before: the laws do not look at what carriers can read.

use paht_engine::courier::{accept, handed_over, load};
use paht_engine::ports::{EngineFault, Media as _};
use paht_hub::courier::{receipts, take_bundle};
use paht_model::bundle::{Bundle, Piece, Receipts, part};
use paht_model::fault::Code;
use paht_model::ids::{ReportId, Sha256, TenantId};
use paht_model::wire::{Blob, to_bytes};

use crate::dice::Dice;
use crate::hub::SimHub;
use crate::phone::SimPhone;
use crate::world::World;

/// Largest piece, in bytes.
const PIECE_BYTES: usize = 1_500;

impl SimPhone {
    /// Reports as bundles. Its card is asked for as on a real phone, which seals to what it names.
    fn bundle(
        &mut self,
        tenant: &TenantId,
        now_ms: u64,
        dice: &Dice,
        ids: &[ReportId],
    ) -> Result<Vec<Bundle>, EngineFault> {
        let load = self.at_desk(tenant, now_ms, dice, |desk, store| match desk.card {
            Some(_) => load(store, ids),
            None => Err(Code::BundleNoKey.into()),
        })?;
        let mut pieces = Vec::new();
        for entry in &load.media {
            let mut at = 0;
            while at < entry.bytes {
                let bytes = self.media.read(&entry.part.hash, at, 1 + dice.index(PIECE_BYTES))?;
                let length = bytes.len() as u64;
                pieces.push(Piece { part: entry.part, offset_bytes: at, bytes: Blob(bytes) });
                at += length;
            }
        }
        self.at_desk(tenant, now_ms, dice, |desk, store| Ok(((), handed_over(store, ids, desk.now.wall)?)))?;
        let commands: Vec<Blob> = load.commands.iter().map(|signed| Blob(signed.bytes.clone())).collect();
        let files = 1 + dice.index(3);
        let mut bundles: Vec<Bundle> = (0..files)
            .map(|_| Bundle {
                tenant: tenant.clone(),
                reply_to: String::new(),
                commands: commands.clone(),
                pieces: Vec::new(),
            })
            .collect();
        let in_each = pieces.len().div_ceil(files).max(1);
        for (bundle, pieces) in bundles.iter_mut().zip(pieces.chunks(in_each)) {
            bundle.pieces = pieces.to_vec();
        }
        Ok(bundles)
    }

    /// Receipts come back.
    fn accept(
        &mut self,
        tenant: &TenantId,
        now_ms: u64,
        dice: &Dice,
        signed: &[u8],
    ) -> Result<(), EngineFault> {
        self.at_desk(tenant, now_ms, dice, |desk, store| {
            let trusted = desk.card.map(paht_model::tenant::TenantCard::trusted_keys).unwrap_or_default();
            let receipts = Receipts::verify(signed, &trusted)?;
            accept(store, tenant, &trusted, &receipts).map(|(_, plan)| ((), plan))
        })
    }
}

impl SimHub {
    /// A bundle arrives; the receipts for it.
    fn unpack(&self, bundle: &Bundle, now_ms: u64, dice: &Dice) -> Result<Vec<u8>, Code> {
        let sealed = to_bytes(bundle);
        let name = part(Sha256::of(&sealed), sealed.len() as u64);
        let done = self.decide(now_ms, dice, |ledger, hub| {
            let kept = take_bundle(ledger, &self.shelf, hub, &name, bundle)?;
            Ok(receipts(ledger, hub, &kept.unpacked)?)
        });
        done.map_err(|refusal| refusal.code())
    }
}

impl World<'_> {
    /// Somebody gives reports to a neighbour; some are given to two, some get lost.
    pub(crate) fn hand_over(&mut self, number: usize, dice: &Dice) {
        let Some(phone) = self.phones.get_mut(number) else { return };
        let reports = phone.reports();
        let mut ids: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
        ids.retain(|_| dice.chance(50));
        let made = phone.bundle(self.hub.tenant.id(), self.now_ms, dice, &ids);
        for bundle in made.iter().flatten() {
            let times = dice.index(4);
            self.carried.extend((0..times).map(|_| (number, bundle.clone())));
        }
        let what = made.map(|bundles| bundles.len());
        self.trace.say(self.now_ms, number + 1, number + 1, || format!("hands over {ids:?}: {what:?}"));
    }

    /// Some bundles reach the hub, in any order; some receipts find the way back.
    pub(crate) fn carry(&mut self, dice: &Dice, count: usize) {
        for _ in 0..count.min(self.carried.len()) {
            if !self.hub.up {
                return;
            }
            let (number, bundle) = self.carried.swap_remove(dice.index(self.carried.len()));
            let told = self.hub.unpack(&bundle, self.now_ms, dice);
            let what = told.as_ref().map(Vec::len);
            self.trace.say(self.now_ms, number + 1, 0, || format!("a neighbour brings a bundle: {what:?}"));
            let Some(phone) = self.phones.get_mut(number).filter(|_| dice.chance(60)) else { continue };
            let Ok(signed) = told else { continue };
            let done = phone.accept(self.hub.tenant.id(), self.now_ms, dice, &signed);
            self.trace.say(self.now_ms, 0, number + 1, || format!("receipts come back: {done:?}"));
        }
    }
}
