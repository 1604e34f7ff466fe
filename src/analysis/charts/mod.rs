//! The charts of a project's feedback. Each is one function from counts to a [`Chart`].

mod distribution;
mod drivers;
mod matrix;
mod segments;
mod trend;

use super::chart::{Axis, Chart, Tone};
use crate::feedback::importance::CrossHair;
use crate::feedback::overlay::{OverlayChoice, origins};
use crate::feedback::score::{Formula, Score};
use crate::feedback::table::targets;
use crate::feedback::{figure_of, formula_words, n_words};
use crate::i18n::{Lang, Msg, date, figure};
use crate::id::{Id, JourneyId, QuestionId};
use crate::model::counts::{Histogram, Segment};
use crate::model::{Project, ordered};
use crate::survey::propose::title_of;
use std::collections::BTreeSet;

/// Which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ChartKind {
    /// How often each answer was given.
    #[default]
    Distribution,
    /// The score from wave to wave.
    Trend,
    /// The score of each group of customers, best first.
    Segments,
    /// What drives an outcome.
    Drivers,
    /// How important and how good each touchpoint is.
    Matrix,
}

impl ChartKind {
    /// All of them, in the order in which people are offered them.
    pub const ALL: [Self; 5] = [Self::Distribution, Self::Trend, Self::Segments, Self::Drivers, Self::Matrix];

    /// Its name.
    pub fn word(self) -> Msg {
        match self {
            Self::Distribution => Msg::Distribution,
            Self::Trend => Msg::Trend,
            Self::Segments => Msg::Segments,
            Self::Drivers => Msg::Drivers,
            Self::Matrix => Msg::ImportanceAndPerformance,
        }
    }

    /// Whether it shows one element, and not all of them.
    pub fn is_of_element(self) -> bool {
        matches!(self, Self::Distribution | Self::Trend | Self::Segments)
    }
}

/// What a person chose to see in charts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChartChoice {
    /// The chart.
    pub kind: ChartKind,
    /// The segment column of the chart of segments; none takes the first.
    pub column: Option<String>,
    /// The outcome whose drivers are shown; none takes the first.
    pub outcome: Option<QuestionId>,
    /// Where the matrix is parted.
    pub crossing: CrossHair,
}

/// What a chart is made from.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The project.
    pub project: &'a Project,
    /// The journey looked at.
    pub journey: JourneyId,
    /// The element looked at.
    pub target: Option<Id>,
    /// Metric, wave and segment, as the map shows them.
    pub shown: &'a OverlayChoice,
    /// Which chart, and how.
    pub choice: &'a ChartChoice,
    /// The language of its words.
    pub lang: Lang,
}

/// The chart that was asked for; without marks where there is nothing to show, its notes then say why.
pub fn chart(ask: &Ask<'_>) -> Chart {
    match ask.choice.kind {
        ChartKind::Distribution => distribution::chart(ask),
        ChartKind::Trend => trend::chart(ask),
        ChartKind::Segments => segments::chart(ask),
        ChartKind::Drivers => drivers::chart(ask),
        ChartKind::Matrix => matrix::chart(ask),
    }
}

/// The elements of a journey that were asked about, in the order of the map.
pub fn asked(project: &Project, journey: JourneyId) -> Vec<Id> {
    let targets = project.journey(journey).map(|journey| targets(journey)).unwrap_or_default();
    let known: BTreeSet<Id> = project.questions().values().filter_map(|question| question.target).collect();
    targets.into_iter().filter(|target| known.contains(target)).collect()
}

/// The title of an element.
pub fn name(project: &Project, target: Id) -> String {
    project.journey_of(target).map(|journey| title_of(journey, target)).unwrap_or_default()
}

impl Ask<'_> {
    /// The element looked at, or the first that was asked about.
    fn target(&self) -> Option<Id> {
        let asked = asked(self.project, self.journey);
        self.target.filter(|target| asked.contains(target)).or_else(|| asked.first().copied())
    }

    /// The answers to a question, of the wave shown and one group.
    fn histogram(&self, question: QuestionId, segment: &Segment) -> Histogram {
        let mut sum = Histogram::default();
        for (key, histogram) in self.project.batches().values().flat_map(|batch| &batch.counts.histograms) {
            let wave = self.shown.wave.is_none_or(|wave| wave == key.wave);
            if wave && key.question == question && key.segment == *segment {
                sum.add(histogram);
            }
        }
        sum
    }

    /// The label of the wave shown, or of their sum.
    fn wave(&self) -> String {
        let wave = self.shown.wave.and_then(|wave| self.project.waves().get(&wave));
        wave.map_or_else(|| Msg::AllWaves.text(self.lang).to_owned(), |wave| wave.label.clone())
    }

    /// Whether the answers of all are shown, and not those of one group.
    fn is_everyone(&self) -> bool {
        self.shown.segment.column.is_empty()
    }

    /// Says whose figures a chart of drivers shows while the map shows a group: sums of pairs are not kept by group.
    fn whose(&self, words: Msg) -> Option<String> {
        (!self.is_everyone()).then(|| words.with(self.lang, &[("group", &self.group())]))
    }

    /// The group shown.
    fn group(&self) -> String {
        let Segment { column, value } = &self.shown.segment;
        if column.is_empty() {
            Msg::Everyone.text(self.lang).to_owned()
        } else {
            format!("{column} – {value}")
        }
    }

    /// Value, interval, n: what pointing at a score tells.
    fn told(&self, name: &str, formula: &Formula, score: &Score) -> String {
        let shown = |value: f64| figure_of(formula, value, self.lang);
        let value = score.value.map_or("–".to_owned(), shown);
        let interval = score.interval.map_or(String::new(), |(low, high)| {
            let (low, high) = (shown(low), shown(high));
            format!("  {}", Msg::IntervalIs.with(self.lang, &[("low", &low), ("high", &high)]))
        });
        let n = n_words(self.lang, score.known_n());
        format!("{name}\n{value}{interval}\n{n}")
    }

    /// How the figures come about and where from.
    fn notes(&self, formula: Option<&Formula>) -> Vec<String> {
        let mut notes: Vec<String> =
            formula.map(|formula| formula_words(self.lang, formula)).into_iter().collect();
        notes.extend(origins(self.project, self.shown).into_iter().map(|origin| {
            let imported = Msg::ImportedOn.with(self.lang, &[("date", &date(self.lang, origin.imported))]);
            format!("{} · {imported}", origin.words(self.lang))
        }));
        notes
    }

    /// A chart without marks that says why.
    fn nothing(&self, why: Msg) -> Chart {
        Chart {
            title: self.choice.kind.word().text(self.lang).to_owned(),
            notes: vec![why.text(self.lang).to_owned()],
            ..Chart::default()
        }
    }

    /// The header of a table of scores, after its first columns.
    fn header(&self, first: &[Msg]) -> Vec<String> {
        let rest = [Msg::CountOfAnswers, Msg::Value, Msg::IntervalLow, Msg::IntervalHigh];
        first.iter().chain(&rest).map(|word| word.text(self.lang).to_owned()).collect()
    }
}

/// The cells of a score: n, value, low, high.
fn cells(score: &Score) -> [String; 4] {
    let cell = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
    let (low, high) = score.interval.unzip();
    [score.known_n().map_or(String::new(), |n| n.to_string()), cell(score.value), cell(low), cell(high)]
}

/// The axis of a formula's scores.
fn scores_axis(formula: &Formula, lang: Lang) -> Axis {
    let (low, high) = formula.domain();
    let label = if formula.is_share() { "%" } else { Msg::Score.text(lang) };
    Axis::of_values(label, low.min(0.0), high, |value| figure(value, 1))
}

fn tone(formula: &Formula, value: f64) -> Tone {
    Tone::Ramp(formula.position(value))
}

/// The questions about an element, in order.
fn questions(project: &Project, target: Id) -> Vec<QuestionId> {
    ordered(project.questions())
        .into_iter()
        .filter(|question| question.target == Some(target))
        .map(|question| question.id)
        .collect()
}
