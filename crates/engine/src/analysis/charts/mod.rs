//! The charts of a project's feedback. Each is one function from counts to a [`Chart`].

mod distribution;
mod drivers;
mod matrix;
mod segments;
mod trend;

use super::chart::{Chart, ChartAxis, Tone};
use crate::feedback::importance::CrossHair;
use crate::feedback::overlay::{OverlayChoice, score_origins};
use crate::feedback::score::{Formula, Score};
use crate::feedback::table::question_targets;
use crate::i18n::{Explain, Lang, Msg, figure_of, format_date, format_figure, formula_words, n_words};
use crate::id::{Id, JourneyId, QuestionId};
use crate::model::counts::{Histogram, Segment};
use crate::model::{Project, records_in_order};
use crate::survey::propose::title_of_element;
use std::collections::BTreeSet;

/// The kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ChartKind {
    /// The number of times each answer was given.
    #[default]
    Distribution,
    /// The score from wave to wave.
    Trend,
    /// The score of each group of customers, best first.
    Segments,
    /// The drivers of an outcome.
    Drivers,
    /// Importance and performance of each touchpoint.
    Matrix,
}

impl ChartKind {
    /// All kinds, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Distribution, Self::Trend, Self::Segments, Self::Drivers, Self::Matrix];

    /// Its name.
    pub fn display_name(self) -> Msg {
        match self {
            Self::Distribution => Msg::Distribution,
            Self::Trend => Msg::Trend,
            Self::Segments => Msg::Segments,
            Self::Drivers => Msg::Drivers,
            Self::Matrix => Msg::ImportanceAndPerformance,
        }
    }

    /// True if it shows one element instead of all of them.
    pub fn is_of_element(self) -> bool {
        matches!(self, Self::Distribution | Self::Trend | Self::Segments)
    }
}

/// The user's choices in the charts view.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChartChoice {
    /// The chart.
    pub kind: ChartKind,
    /// The segment column of the chart of segments; `None` uses the first.
    pub column: Option<String>,
    /// The outcome whose drivers are shown; `None` uses the first.
    pub outcome: Option<QuestionId>,
    /// The position of the matrix's cross-hair.
    pub crossing: CrossHair,
}

/// The input that a chart is made from.
#[derive(Debug, Clone, Copy)]
pub struct ChartInput<'a> {
    /// The project.
    pub project: &'a Project,
    /// The journey on the map.
    pub journey: JourneyId,
    /// The selected element.
    pub target: Option<Id>,
    /// Metric, wave and segment, as the map shows them.
    pub shown: &'a OverlayChoice,
    /// The kind of chart and its options.
    pub choice: &'a ChartChoice,
    /// The language of its words.
    pub lang: Lang,
}

/// Returns the requested chart. If there is nothing to show, it has no marks and its notes say why.
pub fn build_chart(ask: &ChartInput<'_>) -> Chart {
    match ask.choice.kind {
        ChartKind::Distribution => distribution::build_chart(ask),
        ChartKind::Trend => trend::build_chart(ask),
        ChartKind::Segments => segments::build_chart(ask),
        ChartKind::Drivers => drivers::build_chart(ask),
        ChartKind::Matrix => matrix::build_chart(ask),
    }
}

/// Returns the elements of a journey that have questions, in the order of the map.
pub fn elements_with_questions(project: &Project, journey: JourneyId) -> Vec<Id> {
    let targets = project.journey(journey).map(|journey| question_targets(journey)).unwrap_or_default();
    let known: BTreeSet<Id> = project.questions().values().filter_map(|question| question.target).collect();
    targets.into_iter().filter(|target| known.contains(target)).collect()
}

/// Returns the title of an element.
pub fn element_title(project: &Project, target: Id) -> String {
    project.journey_of(target).map(|journey| title_of_element(journey, target)).unwrap_or_default()
}

impl ChartInput<'_> {
    /// Returns the selected element, or the first that has a question.
    fn chart_target(&self) -> Option<Id> {
        let asked = elements_with_questions(self.project, self.journey);
        self.target.filter(|target| asked.contains(target)).or_else(|| asked.first().copied())
    }

    /// Returns the answers of the shown wave and one group to a question.
    fn sum_answers(&self, question: QuestionId, segment: &Segment) -> Histogram {
        let mut sum = Histogram::default();
        for (key, histogram) in self.project.batches().values().flat_map(|batch| &batch.counts.histograms) {
            let wave = self.shown.wave.is_none_or(|wave| wave == key.wave);
            if wave && key.question == question && key.segment == *segment {
                sum.add_histogram(histogram);
            }
        }
        sum
    }

    /// Returns the label of the shown wave, or of the sum of all.
    fn wave_label(&self) -> String {
        let wave = self.shown.wave.and_then(|wave| self.project.waves().get(&wave));
        wave.map_or_else(|| Msg::AllWaves.text(self.lang).to_owned(), |wave| wave.label.clone())
    }

    /// True if the answers of everyone are shown instead of one group's.
    fn is_everyone(&self) -> bool {
        self.shown.segment.column.is_empty()
    }

    /// Notes whose figures a chart of drivers shows while the map shows a group: sums of pairs are not kept
    /// by group.
    fn group_note(&self, words: Msg) -> Option<String> {
        (!self.is_everyone()).then(|| words.text_with(self.lang, &[("group", &self.group_name())]))
    }

    /// Returns the name of the shown group.
    fn group_name(&self) -> String {
        let Segment { column, value } = &self.shown.segment;
        if column.is_empty() {
            Msg::Everyone.text(self.lang).to_owned()
        } else {
            format!("{column} – {value}")
        }
    }

    /// Returns the tooltip of a score: value, interval, n.
    fn score_tooltip(&self, name: &str, formula: &Formula, score: &Score) -> String {
        let shown = |value: f64| figure_of(formula, value, self.lang);
        let value = score.value.map_or("–".to_owned(), shown);
        let interval = score.interval.map_or(String::new(), |(low, high)| {
            let low = shown(low);
            let high = shown(high);
            format!("  {}", Msg::IntervalIs.text_with(self.lang, &[("low", &low), ("high", &high)]))
        });
        let n = n_words(self.lang, score.known_n());
        format!("{name}\n{value}{interval}\n{n}")
    }

    /// Returns the notes on the formula and the source files of the figures.
    fn source_notes(&self, formula: Option<&Formula>) -> Vec<String> {
        let mut notes: Vec<String> =
            formula.map(|formula| formula_words(self.lang, formula)).into_iter().collect();
        notes.extend(score_origins(self.project, self.shown).into_iter().map(|origin| {
            let imported =
                Msg::ImportedOn.text_with(self.lang, &[("date", &format_date(self.lang, origin.imported))]);
            format!("{} · {imported}", origin.explain(self.lang))
        }));
        notes
    }

    /// Returns a chart without marks that gives the reason.
    fn empty_chart(&self, why: Msg) -> Chart {
        Chart {
            title: self.choice.kind.display_name().text(self.lang).to_owned(),
            notes: vec![why.text(self.lang).to_owned()],
            ..Chart::default()
        }
    }

    /// Returns the header of a table of scores, after its first columns.
    fn score_header(&self, first: &[Msg]) -> Vec<String> {
        let rest = [Msg::CountOfAnswers, Msg::Value, Msg::IntervalLow, Msg::IntervalHigh];
        first.iter().chain(&rest).map(|word| word.text(self.lang).to_owned()).collect()
    }
}

/// Returns the cells of a score: n, value, low, high.
fn score_cells(score: &Score) -> [String; 4] {
    let cell = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
    let (low, high) = score.interval.unzip();
    [score.known_n().map_or(String::new(), |n| n.to_string()), cell(score.value), cell(low), cell(high)]
}

/// Returns the axis of a formula's scores.
fn scores_axis(formula: &Formula, lang: Lang) -> ChartAxis {
    let (low, high) = formula.score_domain();
    let label = if formula.is_share() { "%" } else { Msg::Score.text(lang) };
    ChartAxis::of_values(label, low.min(0.0), high, |value| format_figure(value, 1))
}

fn score_tone(formula: &Formula, value: f64) -> Tone {
    Tone::Ramp(formula.ramp_position(value))
}

/// Returns the questions about an element, in order.
fn questions_about(project: &Project, target: Id) -> Vec<QuestionId> {
    records_in_order(project.questions())
        .into_iter()
        .filter(|question| question.target == Some(target))
        .map(|question| question.id)
        .collect()
}
