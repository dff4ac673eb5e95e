//! Colours as the web means them. The numbers of a picture mean what its profile says (Display P3 on every iPhone); what
//! travels carries no profile, so its numbers are turned into those of sRGB first.
//!
//! moxcms reads the profiles. Its own engine for the pixels would weigh more in the phone's library than all that decodes
//! them, so the three steps of a profile of matrix and curves are done here. A profile that is a table of colours alone
//! (printers, scanners) is left aside, and so are one that is broken and the inks of a four-colour picture.

// Numbers become light and numbers again; every cast here is of a small number that was held in range.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use moxcms::{
    CicpColorPrimaries, CicpProfile, ColorProfile, DataColorSpace, MatrixCoefficients,
    TransferCharacteristics,
};

use super::pixels::Pixels;

/// Steps between no light and full light. In the dark, where sRGB is steepest, one is less than a level.
const STEPS: usize = 4_096;
/// How far a colour may be from sRGB's, in levels, and still count as it.
const SAME_LEVELS: u8 = 1;
/// Transfer characteristics of ordinary pictures (ITU-T H.273); those of high dynamic range mean light that no such
/// picture can show.
const ORDINARY_TRANSFERS: [u8; 8] = [1, 4, 5, 6, 8, 13, 14, 15];

/// What a picture's numbers mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Profile {
    /// As an ICC profile says.
    Icc(Vec<u8>),
    /// As the code points of ITU-T H.273 say: primaries and transfer, of full range (PNG's `cICP`).
    Coded(u8, u8),
}

/// Turns a picture's numbers into sRGB's. One that is in sRGB already, or whose profile says nothing, stays as it is.
pub(super) fn to_srgb(picture: &mut Pixels, profile: &Profile) {
    // Profiles come from strangers: one on which its reader panics says nothing.
    let found = catch_unwind(AssertUnwindSafe(|| Shaper::of(profile))).ok().flatten();
    let Some((shaper, for_grey)) = found else { return };
    let is_grey = |pixel: &[u8]| matches!(pixel, [red, green, blue, _] if red == green && green == blue);
    if shaper.is_srgb(for_grey) || (for_grey && !picture.rgbx.chunks_exact(4).all(is_grey)) {
        return;
    }
    for pixel in picture.rgbx.chunks_exact_mut(4) {
        if let [red, green, blue, _] = pixel {
            [*red, *green, *blue] = shaper.shaped([*red, *green, *blue]);
        }
    }
}

/// From numbers to light, from these primaries to sRGB's, and to numbers.
struct Shaper {
    light: [Box<[f32; 256]>; 3],
    mix: [[f32; 3]; 3],
    numbers: Vec<u8>,
}

impl Shaper {
    /// The shaper of a profile, and whether it is for grey pictures; `None` where it has no matrix and curves.
    fn of(profile: &Profile) -> Option<(Self, bool)> {
        let profile = match profile {
            Profile::Icc(bytes) => ColorProfile::new_from_slice(bytes).ok()?,
            Profile::Coded(primaries, transfer) => coded(*primaries, *transfer)?,
        };
        let numbers = (0..=STEPS).map(|step| level(step as f32 / STEPS as f32)).collect();
        if profile.color_space == DataColorSpace::Gray {
            let light = profile.build_gray_linearize_table::<u8, 256, 8>().ok()?;
            let mix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
            return Some((Self { light: [light.clone(), light.clone(), light], mix, numbers }, true));
        }
        if !profile.is_matrix_shaper() {
            return None;
        }
        let light = [
            profile.build_r_linearize_table::<u8, 256, 8>(false).ok()?,
            profile.build_g_linearize_table::<u8, 256, 8>(false).ok()?,
            profile.build_b_linearize_table::<u8, 256, 8>(false).ok()?,
        ];
        let mix =
            profile.transform_matrix(&ColorProfile::new_srgb()).v.map(|row| row.map(|part| part as f32));
        let is_one = mix.iter().flatten().all(|part| part.is_finite());
        is_one.then_some((Self { light, mix, numbers }, false))
    }

    fn shaped(&self, numbers: [u8; 3]) -> [u8; 3] {
        let [red, green, blue] = &self.light;
        let [r, g, b] = numbers.map(usize::from);
        let at = |table: &[f32; 256], number: usize| table.get(number).copied().unwrap_or_default();
        let light = [at(red, r), at(green, g), at(blue, b)];
        self.mix.map(|[from_red, from_green, from_blue]| {
            let [red, green, blue] = light;
            let mixed = from_red * red + from_green * green + from_blue * blue;
            let step = (mixed.clamp(0.0, 1.0) * STEPS as f32).round() as usize;
            self.numbers.get(step).copied().unwrap_or(u8::MAX)
        })
    }

    /// Whether it changes nothing that could be seen, by colours from all over (greys alone, if it is for grey).
    fn is_srgb(&self, for_grey: bool) -> bool {
        let levels = [0, 32, 64, 96, 128, 160, 192, 224, 255_u8];
        let near = |one: [u8; 3]| {
            self.shaped(one).iter().zip(one).all(|(shaped, level)| shaped.abs_diff(level) <= SAME_LEVELS)
        };
        if for_grey {
            return levels.iter().all(|level| near([*level; 3]));
        }
        levels
            .iter()
            .all(|red| levels.iter().all(|green| levels.iter().all(|blue| near([*red, *green, *blue]))))
    }
}

fn coded(primaries: u8, transfer: u8) -> Option<ColorProfile> {
    if !ORDINARY_TRANSFERS.contains(&transfer) {
        return None;
    }
    Some(ColorProfile::new_from_cicp(CicpProfile {
        color_primaries: CicpColorPrimaries::try_from(primaries).ok()?,
        transfer_characteristics: TransferCharacteristics::try_from(transfer).ok()?,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    }))
}

/// sRGB's level for this much light, 0 to 1 (IEC 61966-2-1).
fn level(light: f32) -> u8 {
    let number = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (number.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(profile: &Profile, pixels: &[[u8; 3]]) -> Vec<[u8; 3]> {
        let rgb: Vec<u8> = pixels.concat();
        let mut picture = Pixels::from_rgb(u32::try_from(pixels.len()).unwrap(), 1, &rgb).unwrap();
        to_srgb(&mut picture, profile);
        picture.rgbx.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    }

    fn icc(profile: &ColorProfile) -> Profile {
        Profile::Icc(profile.encode().unwrap())
    }

    /// Values by the definitions of the colour spaces, worked out apart from this code.
    const P3: [([u8; 3], [u8; 3]); 4] = [
        ([200, 100, 50], [215, 93, 31]),
        ([0, 0, 0], [0, 0, 0]),
        ([255, 255, 255], [255, 255, 255]),
        ([128, 128, 128], [128, 128, 128]),
    ];

    fn close(found: &[[u8; 3]], expected: &[[u8; 3]]) {
        let near = found.iter().flatten().zip(expected.iter().flatten()).all(|(a, b)| a.abs_diff(*b) <= 2);
        assert!(near && found.len() == expected.len(), "{found:?}, expected {expected:?}");
    }

    #[test]
    fn display_p3_becomes_srgb_however_it_is_told() {
        let (given, expected): (Vec<_>, Vec<_>) = P3.into_iter().unzip();
        close(&shown(&icc(&ColorProfile::new_display_p3()), &given), &expected);
        close(&shown(&Profile::Coded(12, 13), &given), &expected);
    }

    #[test]
    fn what_is_srgb_already_stays_to_the_bit() {
        let all: Vec<[u8; 3]> = (0..=255).map(|level| [level, 255 - level, level / 2]).collect();
        assert_eq!(shown(&icc(&ColorProfile::new_srgb()), &all), all);
        assert_eq!(shown(&Profile::Coded(1, 13), &all), all);
    }

    #[test]
    fn grey_has_a_curve_alone() {
        let linear = icc(&ColorProfile::new_gray_with_gamma(1.0));
        close(&shown(&linear, &[[0; 3], [55; 3], [255; 3]]), &[[0; 3], [128; 3], [255; 3]]);
        assert_eq!(
            shown(&linear, &[[55; 3], [1, 2, 3]]),
            [[55; 3], [1, 2, 3]],
            "colours under a grey profile"
        );
    }

    #[test]
    fn a_profile_that_says_nothing_changes_nothing() {
        let whole = ColorProfile::new_display_p3().encode().unwrap();
        let pixels = [[200, 100, 50]];
        for broken in
            [vec![], b"16.2776,107.2298 Nguyen Van A".to_vec(), whole[..200].to_vec(), vec![0xff; 600]]
        {
            assert_eq!(shown(&Profile::Icc(broken), &pixels), pixels);
        }
        for (primaries, transfer) in [(9, 16), (9, 18), (0, 13), (12, 0), (200, 200)] {
            assert_eq!(shown(&Profile::Coded(primaries, transfer), &pixels), pixels);
        }
    }
}
