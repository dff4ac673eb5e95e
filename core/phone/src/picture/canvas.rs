//! A small paint box for sample pictures: smooth noise, mixing, and shapes with light on them. Distances are in parts of
//! the picture's height, so a scene looks the same at every size.

// Painting is arithmetic between pixels and parts of one; every cast here is of a small number.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use super::PictureError;
use super::pixels::Pixels;

/// A colour, each part from 0 to 1.
pub(super) type Colour = [f32; 3];

/// A picture being painted.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    points: Vec<Colour>,
}

/// An oval with light from the upper left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stone {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Half its width.
    pub(super) wide: f32,
    /// Half its height.
    pub(super) high: f32,
    pub(super) colour: Colour,
    pub(super) seed: u32,
}

impl Canvas {
    /// Black, of this size.
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, points: vec![[0.0; 3]; width * height] }
    }

    /// Width over height.
    pub(super) fn aspect(&self) -> f32 {
        self.width as f32 / self.height as f32
    }

    /// Paints every point by its place and what is there.
    pub(super) fn paint(&mut self, brush: impl Fn(f32, f32, Colour) -> Colour) {
        let scale = 1.0 / self.height as f32;
        for (row, line) in self.points.chunks_exact_mut(self.width).enumerate() {
            for (column, point) in line.iter_mut().enumerate() {
                *point = brush(column as f32 * scale, row as f32 * scale, *point);
            }
        }
    }

    /// Paints the points of one box alone: left, top, right, bottom.
    pub(super) fn paint_within(&mut self, area: [f32; 4], brush: impl Fn(f32, f32, Colour) -> Colour) {
        let height = self.height as f32;
        let [left, top, right, bottom] = area.map(|edge| (edge * height).max(0.0) as usize);
        let (from, to) = (left.min(self.width), (right + 1).min(self.width));
        let rows = self.points.chunks_exact_mut(self.width).enumerate();
        for (row, line) in rows.skip(top).take((bottom + 1).saturating_sub(top)) {
            for (step, point) in line.get_mut(from..to).unwrap_or_default().iter_mut().enumerate() {
                *point = brush((from + step) as f32 / height, row as f32 / height, *point);
            }
        }
    }

    /// Lays a stone (or a bag, or a bush) with its shadow.
    pub(super) fn stone(&mut self, stone: Stone) {
        let Stone { x, y, wide, high, colour, seed } = stone;
        let shadow = [x - wide, y + high * 0.3, x + wide * 1.6, y + high * 1.4];
        self.paint_within(shadow, |px, py, under| {
            let (dx, dy) = ((px - x - wide * 0.25) / (wide * 1.3), (py - y - high * 0.8) / (high * 0.5));
            mix(under, [0.08, 0.07, 0.06], 0.55 * (1.0 - smooth(0.3, 1.0, dx * dx + dy * dy)))
        });
        self.paint_within([x - wide, y - high, x + wide, y + high], |px, py, under| {
            let (dx, dy) = ((px - x) / wide, (py - y) / high);
            let rough = noise(px * 2.2 / wide, py * 2.2 / high, seed);
            let edge = dx * dx + dy * dy + (rough - 0.5) * 0.35;
            let light = 0.72 - 0.38 * dx * 0.7 - 0.42 * dy + (fine(px, py, seed) - 0.5) * 0.3;
            mix(under, colour.map(|part| part * light.clamp(0.15, 1.3)), 1.0 - smooth(0.82, 0.98, edge))
        });
    }

    /// Draws a straight bar with light along one side.
    pub(super) fn bar(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, colour: Colour) {
        let area = [
            from.0.min(to.0) - thick,
            from.1.min(to.1) - thick,
            from.0.max(to.0) + thick,
            from.1.max(to.1) + thick,
        ];
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).max(1e-9);
        self.paint_within(area, |px, py, under| {
            let along = (((px - from.0) * dx + (py - from.1) * dy) / length).clamp(0.0, 1.0);
            let (nx, ny) = (px - from.0 - along * dx, py - from.1 - along * dy);
            let off = (nx * nx + ny * ny).sqrt() / thick;
            let light = 0.85 - 0.5 * (nx + ny) / thick;
            mix(under, colour.map(|part| part * light), 1.0 - smooth(0.7, 1.0, off))
        });
    }

    /// The picture in bytes, with a camera's grain over it.
    pub(super) fn develop(&self, grain: f32, seed: u32) -> Result<Pixels, PictureError> {
        let mut rgb = Vec::with_capacity(self.points.len() * 3);
        for (at, point) in self.points.iter().enumerate() {
            let shift = (lattice(at as u32, 77, seed) - 0.5) * grain;
            rgb.extend(point.map(|part| ((part + shift).clamp(0.0, 1.0) * 255.0) as u8));
        }
        Pixels::from_rgb(self.width as u32, self.height as u32, &rgb)
    }
}

/// Between two colours; `part` is held to 0..1.
pub(super) fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    let part = part.clamp(0.0, 1.0);
    let ([r1, g1, b1], [r2, g2, b2]) = (from, to);
    [r1 + (r2 - r1) * part, g1 + (g2 - g1) * part, b1 + (b2 - b1) * part]
}

/// 0 below `low`, 1 above `high`, and a soft step between.
pub(super) fn smooth(low: f32, high: f32, value: f32) -> f32 {
    let part = ((value - low) / (high - low)).clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}

/// A value from 0 to 1 for each point of a grid, always the same for the same seed.
pub(super) fn lattice(x: u32, y: u32, seed: u32) -> f32 {
    let mut bits = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ seed.wrapping_mul(0xc2b2_ae3d);
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x2c1b_3c6d);
    bits = (bits ^ (bits >> 12)).wrapping_mul(0x297a_2d39);
    ((bits ^ (bits >> 15)) >> 8) as f32 / 16_777_216.0
}

/// Smooth noise from 0 to 1, one hill to the unit.
pub(super) fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (cell_x, cell_y) = (x.floor(), y.floor());
    let (part_x, part_y) = (x - cell_x, y - cell_y);
    let (ease_x, ease_y) = (part_x * part_x * (3.0 - 2.0 * part_x), part_y * part_y * (3.0 - 2.0 * part_y));
    let (left, top) = (cell_x as i32 as u32, cell_y as i32 as u32);
    let (right, bottom) = (left.wrapping_add(1), top.wrapping_add(1));
    let above = lattice(left, top, seed) * (1.0 - ease_x) + lattice(right, top, seed) * ease_x;
    let below = lattice(left, bottom, seed) * (1.0 - ease_x) + lattice(right, bottom, seed) * ease_x;
    above * (1.0 - ease_y) + below * ease_y
}

/// Noise of four sizes, from 0 to 1: clouds, earth, leaves.
pub(super) fn rough(x: f32, y: f32, seed: u32) -> f32 {
    let octave = |at: u32, scale: f32, weight: f32| noise(x * scale, y * scale, seed ^ at) * weight;
    octave(1, 1.0, 0.5) + octave(2, 2.1, 0.27) + octave(3, 4.3, 0.15) + octave(4, 8.7, 0.08)
}

/// Noise of a leaf's or a pebble's size.
pub(super) fn fine(x: f32, y: f32, seed: u32) -> f32 {
    rough(x * 70.0, y * 70.0, seed ^ 0x51)
}
