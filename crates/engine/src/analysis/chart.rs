//! A chart as values and words. The screen, pictures and tables are all made from it, so that they agree.

use crate::id::Id;

/// The content of a chart: axes, marks and notes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// The element or metric that it shows.
    pub title: String,
    /// Notes on the figures: formula, number of answers, cautions, sources.
    pub notes: Vec<String>,
    /// The horizontal axis, from left to right.
    pub x: ChartAxis,
    /// The vertical axis, from bottom to top.
    pub y: ChartAxis,
    /// The marks, in drawing order: back to front.
    pub marks: Vec<ChartMark>,
    /// The same figures as a table.
    pub table: ChartTable,
}

/// One direction of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChartAxis {
    /// The quantity that it measures; empty for an axis of names.
    pub label: String,
    /// Its lowest value.
    pub low: f64,
    /// Its highest value.
    pub high: f64,
    /// The labelled ticks.
    pub ticks: Vec<ChartTick>,
    /// True if its ticks are names instead of values.
    pub names: bool,
}

/// A labelled tick of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartTick {
    /// Position on the axis.
    pub at: f64,
    /// Text at the tick.
    pub label: String,
}

impl ChartAxis {
    /// Returns an axis of values with four to six round ticks.
    pub fn of_values(label: impl Into<String>, low: f64, high: f64, figure: impl Fn(f64) -> String) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        let ticks =
            round_values(low, high).into_iter().map(|at| ChartTick { at, label: figure(at) }).collect();
        Self { label: label.into(), low, high, ticks, names: false }
    }

    /// Returns an axis with a name at each of the positions 0, 1, 2…
    pub fn of_names(names: impl IntoIterator<Item = String>) -> Self {
        let tick = |(place, label)| ChartTick { at: f64::from(place), label };
        let ticks: Vec<ChartTick> = (0_u32..).zip(names).map(tick).collect();
        let high = ticks.last().map_or(0.0, |tick| tick.at) + 0.5;
        Self { label: String::new(), low: -0.5, high, ticks, names: true }
    }
}

/// Returns four to six round values between the ends.
pub fn round_values(low: f64, high: f64) -> Vec<f64> {
    let span = high - low;
    let rough = span / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| *step >= rough);
    let step = step.filter(|step| step.is_finite() && *step > 0.0).unwrap_or(span);
    let step = if (span / 4.0).fract() == 0.0 && span >= 100.0 { span / 4.0 } else { step };
    let first = (low / step).ceil() as i32;
    (first..first.saturating_add(8))
        .map(|i| f64::from(i) * step)
        .take_while(|tick| *tick <= high + step * 1e-6)
        .collect()
}

/// A drawn element of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartMark {
    /// Shape and position.
    pub form: MarkForm,
    /// The colour, as a role of the theme.
    pub tone: Tone,
    /// True if it rests on few answers.
    pub small: bool,
    /// Its figures in words.
    pub tip: String,
    /// The element it is about.
    pub target: Option<Id>,
}

impl ChartMark {
    /// Returns a mark without a tooltip.
    pub fn without_tooltip(form: MarkForm) -> Self {
        Self { form, tone: Tone::Quiet, small: false, tip: String::new(), target: None }
    }
}

/// The shape and position of a mark.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkForm {
    /// A bar from zero upward.
    Column(ChartBar),
    /// A bar from zero to the right.
    Row(ChartBar),
    /// A point.
    Dot {
        /// Position on the horizontal axis.
        x: f64,
        /// Position on the vertical axis.
        y: f64,
        /// Lower and upper end of the interval around `y`.
        interval: Option<(f64, f64)>,
        /// Text beside the point.
        name: String,
    },
    /// Straight lines from point to point.
    Path(Vec<(f64, f64)>),
    /// A vertical line at this x.
    Upright(f64),
    /// A horizontal line at this y.
    Level(f64),
    /// Words in the corner of an area, which reaches from the first point to the second.
    Area {
        /// Its lower left corner.
        from: (f64, f64),
        /// Its upper right corner.
        to: (f64, f64),
        /// Its name.
        name: String,
    },
}

/// A bar from zero to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartBar {
    /// Position on the axis of names.
    pub at: f64,
    /// The value at which the bar ends.
    pub value: f64,
    /// The value's interval.
    pub interval: Option<(f64, f64)>,
    /// Text at the bar's end.
    pub figure: String,
}

/// The colour of a mark, as a role of the theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tone {
    /// The score ramp, 0 worst to 1 best.
    Ramp(f64),
    /// The one accent.
    Accent,
    /// The colour of hairlines.
    Quiet,
}

/// Figures as rows of cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChartTable {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_axis() {
        assert_eq!(round_values(0.0, 100.0), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(round_values(-100.0, 100.0), [-100.0, -50.0, 0.0, 50.0, 100.0]);
        assert_eq!(round_values(0.0, 5.0), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(round_values(0.0, 10.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(round_values(0.0, 7.0), [0.0, 2.0, 4.0, 6.0]);
    }
}
