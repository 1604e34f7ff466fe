//! Rows of a table that are no answers: tests and previews, unfinished and screened-out answers, sums and
//! averages, repeated headers. Each is proposed as a rule that leaves out the rows with one text in one
//! column.

use super::cell::fold_text;
use super::figure::read_figure;
use super::preview::PreviewLine;
use super::profile::{ColumnProfile, Profile};
use super::source::{TableRow, Tool};
use super::vocabulary::{
    Languages, Topic, compare_key, find_phrases, is_spaceless, is_topic_key, is_topic_text, word_scales,
};
use std::collections::BTreeSet;

/// The largest share of rows that a rule may leave out: if there are more, they are the survey itself.
const MOST: f64 = 0.5;
/// The most summary rows: this number, or this share of all rows.
const SUMS: u64 = 3;
const SUM_SHARE: f64 = 0.2;
/// The tolerance for rounding when a number is compared with the mean or sum of its column.
const ROUNDING: f64 = 0.006;

/// The reason why rows are no answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    /// A preview or test of the survey.
    Test,
    /// Spam or an invalid answer.
    Spam,
    /// An unfinished answer.
    Unfinished,
    /// A respondent who was screened out.
    ScreenedOut,
    /// A sum, average or other figure over rows.
    Summary,
    /// A repeated header.
    Header,
}

/// A rule that leaves out the rows with one text in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRule {
    /// The name of the column.
    pub column: String,
    /// The text of its cells, folded; empty for blank ones.
    pub text: String,
    /// The text as it is written.
    pub written: String,
    /// The number of matching rows among those profiled.
    pub rows: u64,
    /// The reason why they are no answers.
    pub kind: RowKind,
}

/// The filter of rows that a mapping leaves out, resolved to a table's columns.
#[derive(Debug, Clone, Default)]
pub struct RowFilter(Vec<(usize, BTreeSet<String>)>);

impl RowFilter {
    /// Creates the filter of detected rules for a table with this header.
    pub(super) fn from_rules(rules: &[RowRule], header: &[String]) -> Self {
        let mut filter = Self::default();
        for (place, name) in header.iter().enumerate() {
            let texts = rules.iter().filter(|rule| rule.column == *name).map(|rule| rule.text.clone());
            let texts: BTreeSet<String> = texts.collect();
            if !texts.is_empty() {
                filter.0.push((place, texts));
            }
        }
        filter
    }

    /// True if a row is left out.
    pub fn leaves_out(&self, row: &TableRow<'_>) -> bool {
        self.0.iter().any(|(place, texts)| texts.contains(&fold_text(row.cell(*place))))
    }
}

/// Finds the rows of a table that are no answers.
pub(super) fn find_row_rules(profile: &Profile) -> Vec<RowRule> {
    let mut rules: Vec<RowRule> =
        profile.columns.iter().flat_map(|column| status_rules(column, profile)).collect();
    rules.retain(|rule| rule.rows as f64 <= MOST * profile.rows as f64);
    rules.extend(find_repeated_header(profile));
    rules.extend(find_summaries(profile));
    let mut known = BTreeSet::new();
    rules.retain(|rule| known.insert((rule.column.clone(), rule.text.clone())));
    rules
}

fn build_rule(column: &ColumnProfile, text: &str, kind: RowKind) -> RowRule {
    let rows = if text.is_empty() { column.blank } else { column.values.get(text).copied().unwrap_or(1) };
    let written = column.spelled.get(text).cloned().unwrap_or_else(|| text.to_owned());
    RowRule { column: column.name.clone(), text: text.to_owned(), written, rows, kind }
}

/// Returns the rules that a status column of a survey tool yields.
fn status_rules(column: &ColumnProfile, profile: &Profile) -> Vec<RowRule> {
    let names = [compare_key(&column.name), compare_key(&column.id)];
    let is_called = |topic: Topic| names.iter().any(|name| is_topic_key(name, topic, Languages::ALL));
    if column.many {
        return Vec::new();
    }
    let of = |wanted: &dyn Fn(&str) -> Option<RowKind>| {
        let kinds = column.values.keys().filter_map(|text| Some((text, wanted(&compare_key(text))?)));
        kinds.map(|(text, kind)| build_rule(column, text, kind)).collect::<Vec<_>>()
    };
    if is_called(Topic::State) {
        let qualtrics =
            profile.dialect.tool == Some(Tool::Qualtrics) && names.iter().any(|name| name == "status");
        return of(&|key| classify_status(key, qualtrics));
    }
    if is_called(Topic::Finished) {
        let no = |key: &str| is_topic_key(key, Topic::No, profile.languages) || matches!(key, "0" | "false");
        let yes = column.values.keys().any(|text| !no(&compare_key(text)));
        return if yes { of(&|key| no(key).then_some(RowKind::Unfinished)) } else { Vec::new() };
    }
    if is_called(Topic::TestMark) {
        let yes = |key: &str| {
            is_topic_key(key, Topic::Yes, profile.languages)
                || matches!(key, "1" | "true" | "test" | "preview")
        };
        return of(&|key| yes(key).then_some(RowKind::Test));
    }
    // LimeSurvey writes the date of the end only once an answer is complete.
    let lime = is_called(Topic::Submitted)
        && profile.columns.iter().any(|other| is_topic_text(&other.name, Topic::LastPage));
    let unfinished = lime && column.blank > 0 && column.numbers + column.texts > 0;
    unfinished.then(|| build_rule(column, "", RowKind::Unfinished)).into_iter().collect()
}

/// Classifies an answer by a tool's status word, or by Qualtrics' status code.
fn classify_status(key: &str, qualtrics: bool) -> Option<RowKind> {
    let is = |topic: Topic| is_topic_key(key, topic, Languages::ALL);
    match key {
        "1" | "2" | "9" | "12" if qualtrics => Some(RowKind::Test),
        "8" if qualtrics => Some(RowKind::Spam),
        _ if is(Topic::TestRow) => Some(RowKind::Test),
        _ if is(Topic::SpamRow) => Some(RowKind::Spam),
        _ if is(Topic::UnfinishedRow) => Some(RowKind::Unfinished),
        _ if is(Topic::ScreenedRow) => Some(RowKind::ScreenedOut),
        _ => None,
    }
}

/// Returns the rows that are checked one by one: the first ones and, in a long table, the last.
fn inspected_rows(profile: &Profile) -> impl Iterator<Item = &PreviewLine> {
    let last = profile.preview.rows.last().map_or(0, |line| line.number);
    let tail = profile.tail.iter().filter(move |line| line.number > last);
    profile.preview.rows.iter().chain(tail)
}

/// Finds repeated headers: rows whose filled cells are all names of their columns and fill more than half of
/// them.
fn find_repeated_header(profile: &Profile) -> Option<RowRule> {
    let is_name = |line: &PreviewLine, place: usize| {
        fold_text(line.cell(place)) == fold_text(&profile.columns[place].name)
    };
    let is_header = |line: &&PreviewLine| {
        let filled: Vec<usize> =
            (0..profile.columns.len()).filter(|place| !line.cell(*place).is_empty()).collect();
        let enough = filled.len() * 2 > profile.columns.len() || profile.columns.len() == 1;
        enough && filled.iter().all(|place| is_name(line, *place))
    };
    let line = inspected_rows(profile).find(is_header)?;
    let named = (0..profile.columns.len()).filter(|place| is_name(line, *place));
    // The text must be rare in its column, so that the rule hits no answers.
    let rare = |place: &usize| {
        profile.columns[*place].values.get(&fold_text(&profile.columns[*place].name)).copied().unwrap_or(1)
    };
    let place = named.min_by_key(|place| rare(place))?;
    let column = &profile.columns[place];
    Some(build_rule(column, &fold_text(&column.name), RowKind::Header))
}

/// Finds sums and averages, labelled or not.
fn find_summaries(profile: &Profile) -> Vec<RowRule> {
    let mut found: Vec<RowRule> = Vec::new();
    let most = SUMS.max((SUM_SHARE * profile.rows as f64) as u64);
    for line in inspected_rows(profile) {
        let label = (0..profile.columns.len()).find(|place| is_label(profile, line, *place));
        let place =
            label.filter(|place| is_bare(profile, line, *place)).or_else(|| sum_of_column(profile, line));
        let Some(column) = place.and_then(|place| profile.columns.get(place)) else { continue };
        let text = fold_text(line.cell(place.unwrap_or_default()));
        let mut rule = build_rule(column, &text, RowKind::Summary);
        line.cell(place.unwrap_or_default()).clone_into(&mut rule.written);
        if rule.rows <= most
            && found.iter().all(|known| (&known.column, &known.text) != (&rule.column, &rule.text))
        {
            found.push(rule);
        }
    }
    let all: u64 = found.iter().map(|rule| rule.rows).sum();
    if all <= most { found } else { Vec::new() }
}

/// True if a cell is the label of a summary: "Total", "Average score", "North total".
fn is_label(profile: &Profile, line: &PreviewLine, place: usize) -> bool {
    let cell = line.cell(place);
    if cell.is_empty() || cell.len() > 60 || read_figure(cell).is_some() {
        return false;
    }
    let key = compare_key(cell);
    let length = key.chars().count();
    let ends =
        |phrase: &super::vocabulary::FoundPhrase| phrase.start == 0 || phrase.start + phrase.length == length;
    let named = find_phrases(&key, profile.languages).iter().any(|phrase| {
        phrase.topic == Topic::Total
            && ends(phrase)
            && (phrase.length == length || is_long(&key, phrase.length))
    });
    named && key.split(' ').count() <= 4 && !is_answer(profile, place, &key)
}

/// True if a phrase is long enough to be a label inside a longer text; short ones such as "n" and "max" occur
/// too often.
fn is_long(key: &str, length: usize) -> bool {
    length > 3 || (length > 1 && key.chars().any(is_spaceless))
}

/// True if a text is an ordinary answer of its column: a word of the scale that most others belong to, or a
/// frequent one.
fn is_answer(profile: &Profile, place: usize, key: &str) -> bool {
    let Some(column) = profile.columns.get(place) else { return false };
    let others: Vec<String> =
        column.values.keys().map(|value| compare_key(value)).filter(|other| other != key).collect();
    let on_scale = word_scales(profile.languages)
        .filter(|scale| scale.step_of(key).is_some())
        .any(|scale| others.iter().filter(|other| scale.step_of(other).is_some()).count() * 2 > others.len());
    let known =
        column.values.iter().find(|(value, _)| compare_key(value) == key).map_or(0, |(_, count)| *count);
    on_scale && !others.is_empty() || known > SUMS.max((SUM_SHARE * profile.rows as f64) as u64)
}

/// True if the row of a label holds only numbers and blanks beside it.
fn is_bare(profile: &Profile, line: &PreviewLine, label: usize) -> bool {
    let mut figures = 0;
    for place in (0..profile.columns.len()).filter(|place| *place != label) {
        let cell = line.cell(place);
        if cell.is_empty() || is_label(profile, line, place) {
            continue;
        }
        let figure = read_figure(cell).is_some() || cell.starts_with('#');
        let same_as_label = fold_text(cell) == fold_text(line.cell(label));
        if !figure && !same_as_label {
            return false;
        }
        figures += usize::from(figure);
    }
    figures > 0
}

/// Finds a cell that is the mean or the sum of its column, in a row near the end of the table in which all
/// filled cells are.
fn sum_of_column(profile: &Profile, line: &PreviewLine) -> Option<usize> {
    let last = profile.tail.last().map(|line| line.number)?;
    let near_end = profile.tail.iter().any(|tail| tail.number == line.number) && line.number + 3 > last;
    if !near_end {
        return None;
    }
    let mut place = None;
    for (at, column) in profile.columns.iter().enumerate() {
        let Some(figure) = read_figure(line.cell(at)) else {
            if line.cell(at).is_empty() {
                continue;
            }
            return None;
        };
        if is_mean_or_sum(column, line.cell(at), figure.value) {
            place = place.or(Some(at));
        } else {
            return None;
        }
    }
    place
}

fn is_mean_or_sum(column: &ColumnProfile, cell: &str, value: f64) -> bool {
    if column.many || column.values.get(&fold_text(cell)).copied() != Some(1) {
        return false;
    }
    let own = fold_text(cell);
    let mut n = 0.0;
    let mut sum = 0.0;
    let mut most = 0.0_f64;
    let mut whole = true;
    for (text, count) in column.values.iter().filter(|(text, _)| **text != own) {
        let Some(figure) = read_figure(text) else { continue };
        n += *count as f64;
        sum += figure.value * *count as f64;
        most = most.max(figure.value);
        whole &= figure.value.fract() == 0.0;
    }
    let mean = n > 2.0 && whole && value.fract() != 0.0 && (value - sum / n).abs() < ROUNDING;
    let total = n > 2.0 && value > most && (value - sum).abs() < ROUNDING;
    mean || total
}
