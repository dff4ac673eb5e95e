//! What phones know of the province, made from its configuration.

use paht_model::tenant::{self, CardAgency, CardArea, CardCategory, HubKey, TenantCard};

use crate::tenant::{Agency, Area, Category, Evidence, Publish, Tenant};

/// The tenant's card, to be signed with the hub's key. `sealing` are age recipients in text form. Communes of the past
/// are left out: nothing new happens in them.
pub fn card(tenant: &Tenant, version: u32, keys: &[HubKey], sealing: &[String]) -> TenantCard {
    TenantCard {
        tenant: tenant.id().clone(),
        version,
        name_vi: tenant.name().vi.clone(),
        name_en: tenant.name().en.clone(),
        hotline: tenant.hotline().to_owned(),
        keys: keys.to_vec(),
        sealing: sealing.to_vec(),
        categories: tenant.categories().iter().map(category).collect(),
        agencies: tenant.agencies().iter().map(agency).collect(),
        areas: tenant.areas().iter().filter(|area| area.valid_until.is_none()).map(area).collect(),
        bounds: tenant.bounds(),
        sms: tenant.sms().map(str::to_owned),
    }
}

fn category(category: &Category) -> CardCategory {
    let Category { code, name, publish, evidence, .. } = category;
    CardCategory {
        code: code.clone(),
        name_vi: name.vi.clone(),
        name_en: name.en.clone(),
        confidential: *publish == Publish::Never,
        evidence: Some(match evidence {
            Evidence::AfterPhoto => tenant::Evidence::AfterPhoto,
            Evidence::Paper => tenant::Evidence::Paper,
            Evidence::SignedAccount => tenant::Evidence::SignedAccount,
        }),
    }
}

fn agency(agency: &Agency) -> CardAgency {
    let Agency { id, name, .. } = agency;
    CardAgency { id: id.clone(), name_vi: name.vi.clone(), name_en: name.en.clone() }
}

fn area(area: &Area) -> CardArea {
    CardArea { code: area.code.clone(), name: area.name.clone(), centre: area.centre }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_has_every_category_and_the_present_communes() {
        let tenant = Tenant::hue().unwrap();
        let card = card(&tenant, 7, &[], &["age1x".into()]);
        assert_eq!(card.version, 7);
        assert!(tenant.categories().iter().all(|category| card.has_category(&category.code)));
        assert_eq!(card.agencies.len(), tenant.agencies().len());
        assert_eq!(card.areas.len(), 40);
        assert!(card.areas.iter().all(|area| card.contains(area.centre)));
        assert_eq!(card.sealing, ["age1x"]);
    }
}
