//! A tenant's card as bytes: one map. It has more entries than a struct should have fields, so it is read in two goes.

use minicbor::decode::Error as BadCard;
use minicbor::encode::{Error, Write};
use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::ids::TenantId;
use crate::place::Point;
use crate::tenant::{Bounds, CardAgency, CardArea, CardCategory, HubKey, TenantCard};

/// The IOC.
#[derive(Decode)]
#[cbor(map)]
struct About {
    #[n(0)]
    tenant: TenantId,
    #[n(1)]
    version: u32,
    #[n(2)]
    name_vi: String,
    #[n(3)]
    name_en: String,
    #[n(4)]
    hotline: String,
    #[n(5)]
    keys: Vec<HubKey>,
    #[n(6)]
    sealing: Vec<String>,
    #[n(12)]
    sms: Option<String>,
}

/// The province.
#[derive(Decode)]
#[cbor(map)]
struct Province {
    #[n(7)]
    categories: Vec<CardCategory>,
    #[n(8)]
    agencies: Vec<CardAgency>,
    #[n(9)]
    areas: Vec<CardArea>,
    #[n(10)]
    south_west: Point,
    #[n(11)]
    north_east: Point,
}

/// Entries that every card has.
const ALWAYS: u64 = 12;

impl<C> Encode<C> for TenantCard {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), Error<W::Error>> {
        let Self { tenant, version, name_vi, name_en, hotline, keys, sealing, .. } = self;
        e.map(ALWAYS + u64::from(self.sms.is_some()))?;
        e.u8(0)?.encode_with(tenant, ctx)?.u8(1)?.u32(*version)?;
        e.u8(2)?.str(name_vi)?.u8(3)?.str(name_en)?.u8(4)?.str(hotline)?;
        e.u8(5)?.encode_with(keys, ctx)?.u8(6)?.encode_with(sealing, ctx)?;
        e.u8(7)?.encode_with(&self.categories, ctx)?;
        e.u8(8)?.encode_with(&self.agencies, ctx)?.u8(9)?.encode_with(&self.areas, ctx)?;
        e.u8(10)?.encode_with(self.bounds.south_west, ctx)?;
        e.u8(11)?.encode_with(self.bounds.north_east, ctx)?;
        if let Some(sms) = &self.sms {
            e.u8(12)?.str(sms)?;
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for TenantCard {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, BadCard> {
        let About { tenant, version, name_vi, name_en, hotline, keys, sealing, sms } =
            About::decode(&mut d.clone(), ctx)?;
        let Province { categories, agencies, areas, south_west, north_east } = Province::decode(d, ctx)?;
        let bounds = Bounds { south_west, north_east };
        Ok(Self {
            tenant,
            version,
            name_vi,
            name_en,
            hotline,
            keys,
            sealing,
            categories,
            agencies,
            areas,
            bounds,
            sms,
        })
    }
}
