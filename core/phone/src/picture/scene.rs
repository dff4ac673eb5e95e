//! The scenes of the sample pictures: one mountain road, in four states.

use super::canvas::{Canvas, Colour, Stone, fine, lattice, mix, noise, rough, smooth};
use super::sample::Scene;

/// Where the road meets the horizon, in parts of the height.
const HORIZON: f32 = 0.44;

/// Paints a whole scene.
pub(super) fn paint(canvas: &mut Canvas, scene: Scene, seed: u32) {
    let view = View { aspect: canvas.aspect(), seed };
    canvas.paint(|x, y, _| view.country(x, y));
    canvas.paint(|x, y, under| view.road(x, y, under, scene));
    match scene {
        Scene::Landslide => landslide(canvas, &view),
        Scene::Repaired => repaired(canvas, &view),
        Scene::Rubbish => rubbish(canvas, &view),
        Scene::Lamp => lamp(canvas, &view),
    }
    stones_by_the_road(canvas, &view, scene);
    if matches!(scene, Scene::Lamp) {
        dusk(canvas, &view);
    }
}

struct View {
    aspect: f32,
    seed: u32,
}

impl View {
    /// How near a point of the ground is: 0 at the horizon, 1 at the lower edge.
    fn near(y: f32) -> f32 {
        ((y - HORIZON) / (1.0 - HORIZON)).max(0.0)
    }

    /// The road's middle and half its width at a height of the picture.
    fn lane(&self, y: f32) -> (f32, f32) {
        let near = Self::near(y);
        let bend = 0.05 * self.aspect * (near * 3.0).min(1.0);
        (self.aspect * (0.66 - 0.10 * near) - bend, 0.012 + 0.46 * near)
    }

    /// Sky, three ranges of hills, the slope on the left and the verge on the right.
    fn country(&self, x: f32, y: f32) -> Colour {
        let seed = self.seed;
        let sky = mix([0.55, 0.69, 0.84], [0.90, 0.93, 0.93], y / HORIZON);
        let cloud = smooth(0.46, 0.72, rough(x * 2.2, y * 6.5, seed));
        let mut colour = mix(sky, [0.96, 0.96, 0.95], cloud * 0.85);
        let ranges: [(f32, f32, f32, Colour); 3] = [
            (0.40, 0.26, 1.6, [0.52, 0.63, 0.69]),
            (0.45, 0.22, 2.3, [0.36, 0.50, 0.47]),
            (0.48, 0.16, 3.4, [0.24, 0.39, 0.27]),
        ];
        for (index, (base, tall, pace, tone)) in (11..).zip(ranges) {
            let top = base - tall * rough(x * pace, 0.5, seed ^ index);
            let leaves = 0.82 + 0.36 * fine(x, y, seed ^ index);
            let mist = smooth(0.0, 0.22, y - top) * 0.25;
            let lit = mix(tone.map(|part| part * leaves), [0.75, 0.82, 0.83], mist);
            colour = mix(colour, lit, smooth(0.0, 0.006, y - top));
        }
        let verge = 0.66 + 0.5 * rough(x * 9.0, y * 14.0, seed ^ 0x21);
        let grass =
            mix([0.25, 0.36, 0.13], [0.45, 0.50, 0.22], fine(x, y, seed ^ 0x22)).map(|part| part * verge);
        colour = mix(colour, grass, smooth(0.0, 0.02, y - HORIZON - 0.02));
        let top = self.slope_top(x);
        let hollow = 0.45 + 0.75 * rough(x * 5.0, y * 5.0, seed ^ 0x31);
        let leaf = mix([0.10, 0.22, 0.07], [0.33, 0.47, 0.16], rough(x * 24.0, y * 24.0, seed ^ 0x32));
        let leaf = leaf.map(|part| part * hollow * (0.7 + 0.6 * fine(x, y, seed ^ 0x33)));
        mix(colour, leaf, smooth(0.0, 0.008, y - top) * (1.0 - smooth(0.0, 0.02, y - self.slope_foot(x))))
    }

    fn slope_top(&self, x: f32) -> f32 {
        0.02 + 0.44 * smooth(0.0, 0.62 * self.aspect, x)
            + 0.10 * (rough(x * 4.0, 3.0, self.seed ^ 0x41) - 0.5)
    }

    fn slope_foot(&self, x: f32) -> f32 {
        // Where the left edge of the road passes this point.
        let part = ((0.60 * self.aspect - x) / (0.62 * self.aspect)).clamp(0.0, 1.0);
        HORIZON + 0.03 + 0.44 * part
    }

    fn road(&self, x: f32, y: f32, under: Colour, scene: Scene) -> Colour {
        let near = Self::near(y);
        if near <= 0.0 {
            return under;
        }
        let (middle, half) = self.lane(y);
        let across = (x - middle) / half;
        let new = matches!(scene, Scene::Repaired);
        let tone = if new { 0.27 } else { 0.43 };
        let worn = 0.82 + 0.36 * rough(x * 6.0 / (near + 0.2), y * 18.0, self.seed ^ 0x51);
        let grit = 0.85 + 0.3 * fine(x * 1.7, y * 1.7, self.seed ^ 0x52);
        let mut colour = [tone, tone, tone * 1.03].map(|part| part * worn * grit);
        let depth = 1.0 / (near + 0.04);
        let dashed = (depth * 1.3).fract() < 0.55;
        let paint = if new { 0.95 } else { 0.55 };
        if dashed {
            colour = mix(colour, [0.88, 0.86, 0.78], paint * (1.0 - smooth(0.018, 0.03, across.abs())));
        }
        let border = (across.abs() - 0.9).abs();
        colour = mix(colour, [0.86, 0.85, 0.80], paint * (1.0 - smooth(0.014, 0.024, border)));
        let dirt = mix([0.47, 0.40, 0.29], [0.33, 0.29, 0.20], fine(x, y, self.seed ^ 0x53));
        let shoulder = mix(under, dirt, (1.0 - smooth(1.02, 1.16, across.abs())) * 0.8);
        mix(shoulder, colour, 1.0 - smooth(0.98, 1.0, across.abs() + 0.02 * fine(x, y, self.seed ^ 0x54)))
    }

    /// How far inside the slide's scar a point is: 1 inside, 0 outside.
    fn scar(&self, x: f32, y: f32) -> f32 {
        let down = ((y - 0.10) / 0.58).clamp(0.0, 1.0);
        let middle = self.aspect * (0.20 + 0.19 * down);
        let half = 0.07 + 0.20 * down;
        let ragged = (rough(x * 9.0, y * 9.0, self.seed ^ 0x61) - 0.5) * 0.9;
        let head = smooth(0.07, 0.13, y + 0.03 * ragged);
        let ground = smooth(0.004, 0.014, y - self.slope_top(x));
        head * ground * (1.0 - smooth(0.85, 1.0, ((x - middle) / half).abs() + ragged * 0.5))
    }

    fn earth(&self, x: f32, y: f32) -> Colour {
        let lumps = rough(x * 8.0, y * 8.0, self.seed ^ 0x62);
        let streaks = noise((x - y * 0.5) * 46.0, y * 7.0, self.seed ^ 0x63);
        let tone = mix([0.64, 0.41, 0.24], [0.36, 0.23, 0.13], lumps * 0.75 + streaks * 0.35);
        tone.map(|part| part * (0.72 + 0.56 * fine(x, y, self.seed ^ 0x64)))
    }

    fn chance(&self, index: u32, of: u32) -> f32 {
        lattice(index, of, self.seed)
    }
}

/// The scar on the slope, its toe across the road, boulders and a fallen tree.
fn landslide(canvas: &mut Canvas, view: &View) {
    canvas.paint(|x, y, under| mix(under, view.earth(x, y), view.scar(x, y) * (1.0 - smooth(0.64, 0.74, y))));
    let (centre, wide) = (0.46 * view.aspect, 0.30 * view.aspect);
    canvas.paint(|x, y, under| {
        let ragged = (rough(x * 7.0, y * 9.0, view.seed ^ 0x71) - 0.5) * 0.5;
        let (dx, dy) = ((x - centre) / wide, (y - 0.70) / 0.155);
        let inside = 1.0 - smooth(0.86, 1.0, dx * dx + dy * dy + ragged);
        let light = 1.12 - 0.42 * smooth(-0.9, 1.0, dy + 0.4 * dx + ragged);
        mix(under, view.earth(x * 1.3, y * 1.3).map(|part| part * light), inside)
    });
    for index in 0..70 {
        let (one, two, three) = (view.chance(index, 1), view.chance(index, 2), view.chance(index, 3));
        #[allow(clippy::cast_precision_loss)]
        let y = 0.53 + 0.34 * (index as f32 + one) / 70.0;
        let size = (0.006 + 0.030 * three * three * three) * (0.5 + View::near(y));
        let x = centre + (two - 0.5) * 2.0 * wide * (1.02 - ((y - 0.70) / 0.24).powi(2)).max(0.05);
        let grey = mix([0.55, 0.50, 0.43], [0.50, 0.36, 0.24], one);
        canvas.stone(Stone {
            x,
            y,
            wide: size * 1.25,
            high: size,
            colour: grey,
            seed: view.seed ^ (index + 100),
        });
    }
    let (x, y) = (0.36 * view.aspect, 0.63);
    canvas.bar((x, y), (x + 0.36, y + 0.10), 0.013, [0.34, 0.25, 0.17]);
    for index in 0..26 {
        let (one, two, three) = (view.chance(index, 5), view.chance(index, 6), view.chance(index, 7));
        let leaf = mix([0.16, 0.30, 0.08], [0.38, 0.48, 0.18], three);
        let (x, y) = (x + 0.30 + 0.14 * one, y + 0.06 + 0.09 * two);
        canvas.stone(Stone { x, y, wide: 0.020, high: 0.014, colour: leaf, seed: view.seed ^ (index + 300) });
    }
}

/// The slope held by a wall of stone, young grass above it, the road clear.
fn repaired(canvas: &mut Canvas, view: &View) {
    canvas.paint(|x, y, under| {
        let steps = 0.75 + 0.25 * smooth(0.2, 0.5, (y * 17.0 + x * 2.0).fract());
        let sprout =
            mix([0.45, 0.36, 0.22], [0.42, 0.58, 0.22], smooth(0.25, 0.6, fine(x, y, view.seed ^ 0x81)));
        mix(
            under,
            sprout.map(|part| part * steps),
            view.scar(x, y) * (1.0 - smooth(-0.06, -0.03, y - view.slope_foot(x))),
        )
    });
    canvas.paint(|x, y, under| {
        let foot = view.slope_foot(x) + 0.005;
        let near = View::near(foot);
        let tall = 0.03 + 0.24 * near;
        let up = (foot - y) / tall;
        let along = smooth(0.02, 0.10, x / view.aspect) * (1.0 - smooth(0.50, 0.53, x / view.aspect));
        if !(0.0..=1.0).contains(&up) || along <= 0.0 {
            return under;
        }
        let course = (up * 7.0).floor();
        let place = 3.2 / (near + 0.12) + course * 0.5;
        let joint = ((place * 2.6).fract() - 0.5).abs().max(((up * 7.0).fract() - 0.5).abs());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let block = lattice((place * 2.6) as u32, course as u32, view.seed ^ 0x82);
        let stone = mix([0.50, 0.50, 0.47], [0.66, 0.64, 0.59], block);
        let stone = stone.map(|part| part * (0.82 + 0.3 * fine(x, y, view.seed ^ 0x83)));
        let laid = mix(stone, [0.33, 0.32, 0.30], smooth(0.41, 0.48, joint));
        let laid = if up > 0.94 { [0.76, 0.75, 0.71] } else { laid };
        mix(under, laid, along)
    });
}

/// A heap of bags and cartons at the roadside.
fn rubbish(canvas: &mut Canvas, view: &View) {
    let bags: [Colour; 8] = [
        [0.12, 0.12, 0.13],
        [0.30, 0.40, 0.58],
        [0.82, 0.82, 0.79],
        [0.16, 0.16, 0.18],
        [0.60, 0.30, 0.26],
        [0.70, 0.70, 0.68],
        [0.60, 0.48, 0.34],
        [0.72, 0.63, 0.36],
    ];
    let centre = 0.30 * view.aspect;
    for index in 0..90 {
        let (one, two, three) = (view.chance(index, 11), view.chance(index, 12), view.chance(index, 13));
        #[allow(clippy::cast_precision_loss)]
        let up = 1.0 - index as f32 / 90.0;
        let y = 0.86 - 0.20 * up * (0.4 + 0.6 * one);
        let x = centre + (two - 0.5) * 0.62 * (1.15 - 0.7 * up);
        let size = 0.016 + 0.030 * three;
        let colour = bags.iter().cycle().nth(index as usize * 5 % 13).copied().unwrap_or_default();
        canvas.stone(Stone {
            x,
            y,
            wide: size * (0.9 + 0.5 * one),
            high: size,
            colour,
            seed: view.seed ^ (index + 500),
        });
    }
}

/// The lamps that burn: how far down the road, and how tall they look there.
const BURNING: [(f32, f32); 2] = [(0.22, 0.11), (0.40, 0.26)];

/// A street lamp that is out, its head hanging, before others that burn.
fn lamp(canvas: &mut Canvas, view: &View) {
    for (step, size) in BURNING {
        let y = HORIZON + 0.03 + step * 0.35;
        let (middle, half) = view.lane(y);
        let x = middle + half * 1.22;
        canvas.bar((x, y), (x, y - size), 0.012 * size, [0.55, 0.56, 0.58]);
        canvas.bar((x, y - size), (x - size * 0.22, y - size * 1.03), 0.010 * size, [0.55, 0.56, 0.58]);
    }
    let x = 0.86 * view.aspect;
    canvas.bar((x, 0.97), (x, 0.10), 0.011, [0.62, 0.63, 0.65]);
    canvas.bar((x, 0.10), (x - 0.17, 0.075), 0.008, [0.62, 0.63, 0.65]);
    canvas.bar((x - 0.17, 0.075), (x - 0.185, 0.15), 0.004, [0.20, 0.20, 0.21]);
    let head =
        Stone { x: x - 0.19, y: 0.165, wide: 0.05, high: 0.020, colour: [0.45, 0.46, 0.48], seed: view.seed };
    canvas.stone(head);
}

/// Marker stones along the right side.
fn stones_by_the_road(canvas: &mut Canvas, view: &View, scene: Scene) {
    let shaded = if matches!(scene, Scene::Lamp) { 0.8 } else { 1.0 };
    for near in [0.10_f32, 0.17, 0.28, 0.46, 0.74] {
        let y = HORIZON + (1.0 - HORIZON) * near;
        let (middle, half) = view.lane(y);
        let (x, tall) = (middle + half * 1.10, 0.16 * near);
        let white = [0.90, 0.89, 0.86].map(|part: f32| part * shaded);
        canvas.bar((x, y), (x, y - tall), 0.022 * near + 0.002, white);
        canvas.bar((x, y - tall * 0.75), (x, y - tall), 0.022 * near + 0.002, [0.75, 0.16, 0.12]);
    }
}

/// Evening over everything, and the light of the lamps that burn.
fn dusk(canvas: &mut Canvas, view: &View) {
    let lights: Vec<(f32, f32, f32)> = BURNING
        .into_iter()
        .map(|(step, size)| {
            let y = HORIZON + 0.03 + step * 0.35;
            let (middle, half) = view.lane(y);
            (middle + half * 1.22 - size * 0.22, y - size * 1.02, size)
        })
        .collect();
    canvas.paint(|x, y, under| {
        let [red, green, blue] = under;
        let afterglow = 0.30 * (1.0 - smooth(0.0, 0.35, (HORIZON - y).abs()));
        let mut colour =
            [red * 0.24 + afterglow * 0.55, green * 0.26 + afterglow * 0.28, blue * 0.40 + afterglow * 0.2];
        for &(light_x, light_y, size) in &lights {
            let away = ((x - light_x).powi(2) + (y - light_y).powi(2)).sqrt();
            let glow = 0.9 * (1.0 - smooth(0.0, 0.06 * size + 0.012, away))
                + 0.35 * (1.0 - smooth(0.0, 0.9 * size, away));
            colour = mix(colour, [1.0, 0.90, 0.66], glow);
        }
        colour
    });
}
