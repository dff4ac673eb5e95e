//! The figures as a picture: for each link a chart, for each kind of cuts a group, for each sender a bar.

use std::fmt::Write as _;

use crate::net::case::{Cut, Outcome, Work};
use crate::net::senders::Sender;
use crate::net::table::{Row, budget, rows};

const WIDTH: f64 = 760.0;
const BAR: f64 = 30.0;
const GAP: f64 = 40.0;
const LEFT: f64 = 54.0;
const TOP: f64 = 88.0;
const HEIGHT: f64 = 260.0;
/// Bars end here; what is longer, or never ends, is drawn up to it and open.
const MOST: f64 = 4.0;

/// A chart of one link and work as SVG; `None` if there is nothing to show.
pub fn chart(outcomes: &[Outcome], profile: &str, work: Work) -> Option<String> {
    let rows: Vec<_> = rows(outcomes)
        .into_iter()
        .filter(|row| {
            row.outcomes.first().is_some_and(|first| first.profile == profile && first.work == work)
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let what = match work {
        Work::One => "one photo",
        Work::Morning => "ten reports with photos",
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {}\" font-family=\"system-ui, sans-serif\" \
         role=\"img\" aria-label=\"{profile}, {what}: time to the end, times the floor\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"26\" font-size=\"17\" font-weight=\"600\" fill=\"#1b1f24\">{profile}: {what}</text>\n\
         <text x=\"{LEFT}\" y=\"46\" font-size=\"13\" fill=\"#57606a\">time to the end, times the least the link allows (mean of seeds; shorter is better)</text>\n",
        TOP + HEIGHT + 56.0
    );
    legend(&mut svg, &rows);
    axis(&mut svg);
    let mut x = LEFT + GAP / 2.0;
    for cut in [Cut::None, Cut::Hard, Cut::Silent] {
        let group: Vec<_> =
            rows.iter().filter(|row| row.outcomes.first().is_some_and(|first| first.cut == cut)).collect();
        if group.is_empty() {
            continue;
        }
        let begins = x;
        for row in group {
            bar(&mut svg, x, row);
            x += BAR + 4.0;
        }
        foot(&mut svg, begins, x - 4.0, cut, work);
        x += GAP;
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

const fn colour(sender: Sender) -> &'static str {
    match sender {
        Sender::Ours => "#0b6e4f",
        Sender::OursHttp => "#3f8f74",
        Sender::Tuspy => "#3b6fb6",
        Sender::TusJs => "#a86a10",
        Sender::Multipart => "#b5483a",
    }
}

fn y(times: f64) -> f64 {
    TOP + HEIGHT * (1.0 - times.min(MOST) / MOST)
}

fn legend(svg: &mut String, rows: &[Row<'_>]) {
    let mut senders: Vec<Sender> =
        rows.iter().filter_map(|row| row.outcomes.first().map(|first| first.sender)).collect();
    senders.sort_unstable();
    senders.dedup();
    let mut x = LEFT;
    for sender in senders {
        let name = sender.name();
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"58\" width=\"12\" height=\"12\" fill=\"{}\"/><text x=\"{}\" y=\"69\" font-size=\"13\" fill=\"#1b1f24\">{name}</text>",
            colour(sender),
            x + 17.0
        );
        x += 42.0 + name.chars().count() as f64 * 7.2;
    }
}

fn axis(svg: &mut String) {
    for times in [0.0, 1.0, 2.0, 3.0, 4.0] {
        let at = y(times);
        let colour = if times > 0.5 && times < 1.5 { "#57606a" } else { "#d8dee4" };
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{at}\" y2=\"{at}\" stroke=\"{colour}\"/>\
             <text x=\"{}\" y=\"{}\" font-size=\"12\" text-anchor=\"end\" fill=\"#57606a\">{times:.0} ×</text>",
            WIDTH - 16.0,
            LEFT - 8.0,
            at + 4.0
        );
    }
}

fn bar(svg: &mut String, x: f64, row: &Row<'_>) {
    let Some(sender) = row.outcomes.first().map(|first| first.sender) else { return };
    let (top, said, dash, ink) = match row.mean() {
        Some(mean) => (y(mean), format!("{mean:.2}"), "", "#fff"),
        None => (y(MOST), "never".to_owned(), " fill-opacity=\"0.25\" stroke-dasharray=\"4 3\"", "#1b1f24"),
    };
    let _ = writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{top}\" width=\"{BAR}\" height=\"{}\" fill=\"{colour}\" stroke=\"{colour}\"{dash}/>\
         <text x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\" fill=\"{ink}\">{said}</text>",
        TOP + HEIGHT - top,
        x + BAR / 2.0,
        top + 26.0,
        colour = colour(sender),
    );
}

fn foot(svg: &mut String, begins: f64, ends: f64, cut: Cut, work: Work) {
    let name = match cut {
        Cut::None => "no cuts",
        Cut::Hard => "hard cuts",
        Cut::Silent => "silent cuts",
    };
    let at = TOP + HEIGHT + 20.0;
    let middle = f64::midpoint(begins, ends);
    let _ = writeln!(
        svg,
        "<text x=\"{middle}\" y=\"{at}\" font-size=\"13\" text-anchor=\"middle\" fill=\"#1b1f24\">{name}</text>"
    );
    if work == Work::One {
        let (times, _) = budget(cut);
        let line = y(times);
        let _ = writeln!(
            svg,
            "<line x1=\"{}\" x2=\"{}\" y1=\"{line}\" y2=\"{line}\" stroke=\"#8250df\" stroke-width=\"2\"/>\
             <text x=\"{middle}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\" fill=\"#8250df\">asked of ours: {times:.2}</text>",
            begins - 5.0,
            ends + 5.0,
            at + 17.0
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::table::tests::outcome;

    #[test]
    fn every_row_has_its_bar_and_what_never_ends_is_open() {
        let outcomes = [
            outcome(Sender::Ours, Cut::None, 1, Some(101.0)),
            outcome(Sender::Ours, Cut::Silent, 1, Some(110.0)),
            outcome(Sender::TusJs, Cut::Silent, 1, None),
        ];
        let svg = chart(&outcomes, "edge", Work::One).unwrap();
        assert_eq!(svg.matches("stroke-dasharray").count(), 1);
        assert!(svg.contains(">1.10<") && svg.contains(">never<") && svg.contains("tus-js-client"));
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert_eq!(chart(&outcomes, "rural-3g", Work::One), None);
    }
}
