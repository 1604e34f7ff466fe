//! A chart as values and words. The screen, pictures and tables are all made from it, so that they agree.

use crate::id::Id;

/// What a chart shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// What it is about.
    pub title: String,
    /// How its figures come about, how many answers they rest on, what to be careful about, where they come from.
    pub notes: Vec<String>,
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
    /// What is drawn, back to front.
    pub marks: Vec<Mark>,
    /// The same figures as a table.
    pub table: Table,
}

/// One direction of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// What it measures; nothing for names.
    pub label: String,
    /// Its lowest value.
    pub low: f64,
    /// Its highest value.
    pub high: f64,
    /// Its labelled places.
    pub ticks: Vec<Tick>,
    /// Whether its places are names and not values.
    pub names: bool,
}

/// A labelled place of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it is.
    pub at: f64,
    /// What stands there.
    pub label: String,
}

impl Axis {
    /// An axis of values with four to six round ticks.
    pub fn of_values(label: impl Into<String>, low: f64, high: f64, figure: impl Fn(f64) -> String) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        let ticks = rounds(low, high).into_iter().map(|at| Tick { at, label: figure(at) }).collect();
        Self { label: label.into(), low, high, ticks, names: false }
    }

    /// An axis with a name at each of the places 0, 1, 2…
    pub fn of_names(names: impl IntoIterator<Item = String>) -> Self {
        let tick = |(place, label)| Tick { at: f64::from(place), label };
        let ticks: Vec<Tick> = (0_u32..).zip(names).map(tick).collect();
        let high = ticks.last().map_or(0.0, |tick| tick.at) + 0.5;
        Self { label: String::new(), low: -0.5, high, ticks, names: true }
    }
}

/// Four to six round values from end to end.
pub fn rounds(low: f64, high: f64) -> Vec<f64> {
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

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where and how.
    pub form: Form,
    /// In which colour.
    pub tone: Tone,
    /// Whether it rests on few answers.
    pub small: bool,
    /// Its figures in words.
    pub tip: String,
    /// The element it is about.
    pub target: Option<Id>,
}

impl Mark {
    /// A mark without words of its own.
    pub fn quiet(form: Form) -> Self {
        Self { form, tone: Tone::Quiet, small: false, tip: String::new(), target: None }
    }
}

/// Where and how a mark is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A bar from zero upward.
    Column(Bar),
    /// A bar from zero to the right.
    Row(Bar),
    /// A point.
    Dot {
        /// Where.
        x: f64,
        /// How high.
        y: f64,
        /// How high at least and at most.
        interval: Option<(f64, f64)>,
        /// What stands beside it.
        name: String,
    },
    /// Straight lines from point to point.
    Path(Vec<(f64, f64)>),
    /// A line across at an x.
    Upright(f64),
    /// A line across at a y.
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
pub struct Bar {
    /// Its place on the axis of names.
    pub at: f64,
    /// How far it reaches.
    pub value: f64,
    /// The value's interval.
    pub interval: Option<(f64, f64)>,
    /// What stands at its end.
    pub figure: String,
}

/// The colour of a mark, as a role of the theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tone {
    /// The score ramp, 0 worst to 1 best.
    Ramp(f64),
    /// The one accent.
    Accent,
    /// A hairline's.
    Quiet,
}

/// Figures as rows of cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
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
        assert_eq!(rounds(0.0, 100.0), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(rounds(-100.0, 100.0), [-100.0, -50.0, 0.0, 50.0, 100.0]);
        assert_eq!(rounds(0.0, 5.0), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(rounds(0.0, 10.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(rounds(0.0, 7.0), [0.0, 2.0, 4.0, 6.0]);
    }
}
