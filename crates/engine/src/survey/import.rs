//! Turns one import into one transaction: questions, wave, mapping and the batch of counts.

use super::cell::fold_text;
use super::count::Counted;
use super::period::Period;
use super::propose::{OpenQuestion, ProposedColumn, title_of_element};
use super::source::Options;
use crate::edit::Transaction;
use crate::edit::command::{CardPlace, Slot, TransactionBuilder, add_stage, add_touchpoint};
use crate::id::{BatchId, Id, IdSource, JourneyId, QuestionId, RecipeId, StageId, WaveId};
use crate::model::choice::{Direction, WaveSplit};
use crate::model::counts::{CountKey, Counts, Pairs};
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Batch, Keyed, Project, Question, Recipe, Table, Wave, records_in_order};
use crate::order::OrderKey;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The wave that undated answers are assigned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaveChoice {
    /// An existing wave of the project.
    Known(WaveId),
    /// The wave with this name, created if there is none.
    Named(String),
}

/// The inputs of one import.
#[derive(Debug, Clone)]
pub struct Import {
    /// The journey whose elements were asked about.
    pub journey: JourneyId,
    /// The mapping of the columns.
    pub columns: Vec<ProposedColumn>,
    /// The counts under this mapping.
    pub counted: Counted,
    /// The file's name.
    pub file: String,
    /// The read options that were chosen for the file.
    pub options: Options,
    /// The day of the import.
    pub today: Date,
    /// The wave of undated answers.
    pub wave: WaveChoice,
    /// Earlier imports that this one replaces.
    pub replaces: Vec<BatchId>,
}

/// Returns the wave name for an undated file: the file name without its extension.
pub fn wave_name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    stem.replace('_', " ").trim().to_owned()
}

/// Returns the wave name for answers between two days: the month, quarter or year that contains both,
/// otherwise the two months.
pub fn day_label(first: Date, last: Date) -> String {
    let splits = [WaveSplit::Month, WaveSplit::Quarter, WaveSplit::Year];
    let whole = splits
        .into_iter()
        .find(|split| Period::containing_day(first, *split) == Period::containing_day(last, *split));
    let month = |day| Period::containing_day(day, WaveSplit::Month).label().unwrap_or_default();
    let label = whole.and_then(|split| Period::containing_day(first, split).label());
    label.unwrap_or_else(|| format!("{} – {}", month(first), month(last)))
}

/// Finds the import of a file with this content hash.
pub fn find_imported_batch<'a>(project: &'a Project, hash: &str) -> Option<&'a Arc<Batch>> {
    project.batches().values().find(|batch| batch.hash == hash)
}

/// Builds the import as a transaction; empty if no column holds answers.
pub fn build_transaction(project: &Project, import: &Import, source: &mut IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    if import.counted.answers.is_empty() {
        return draft.finish();
    }
    for old in &import.replaces {
        remove_into(&mut draft, *old);
    }
    let mut columns = import.columns.clone();
    add_new_touchpoints(&mut draft, import, &mut columns);
    let counts = assign_counts(&mut draft, import, &columns);
    let recipe = find_or_add_recipe(&mut draft, import, &columns);
    let Import { file, today, counted, .. } = import;
    let id = BatchId::new(draft.source);
    let mut batch =
        Batch::new(id, file.clone(), counted.hash.clone(), *today, counted.rows, Arc::new(counts));
    batch.recipe = Some(recipe);
    batch.overlapping = columns
        .iter()
        .filter(|column| column.rule.role == ColumnRole::Choices)
        .map(|column| column.rule.column.clone())
        .collect();
    (batch.first, batch.last) = counted.days.unzip();
    batch.left_out = counted.left_out.values().map(|rows| rows.count).sum();
    batch.aggregated = columns.iter().any(|column| column.rule.role.is_of_aggregated());
    draft.insert(batch);
    draft.finish()
}

/// Assigns the counts to the ids of questions and waves, creating those that are new.
fn assign_counts(draft: &mut TransactionBuilder<'_>, import: &Import, columns: &[ProposedColumn]) -> Counts {
    let counted = &import.counted;
    let groups = counted.answers.values().flat_map(|by_group| by_group.keys());
    let periods: BTreeSet<Period> = groups.map(|group| group.period).collect();
    // Dated waves first, so that the undated one is ordered after them.
    let (undated, dated): (Vec<Period>, Vec<Period>) =
        periods.into_iter().partition(|period| *period == Period::Undated);
    let waves: BTreeMap<Period, WaveId> = dated
        .into_iter()
        .chain(undated)
        .map(|period| (period, find_or_add_wave(draft, &import.wave, period)))
        .collect();
    let mut counts = Counts::default();
    let mut questions: BTreeMap<usize, QuestionId> = BTreeMap::new();
    for (place, by_group) in &counted.answers {
        let Some((column, target)) = columns.get(*place).and_then(|c| Some((c, c.target?))) else { continue };
        let question = find_or_add_question(draft, column, target);
        questions.insert(*place, question);
        for (group, histogram) in by_group {
            let Some(wave) = waves.get(&group.period).copied() else { continue };
            let key = CountKey { question, wave, segment: group.segment.clone() };
            counts.histograms.entry(key).or_default().add_histogram(histogram);
        }
    }
    for pairs in &counted.pairs {
        let Some(outcome) = questions.get(&pairs.outcome) else { continue };
        // Two columns of one question would be collinear as drivers: only the first is used.
        let mut drivers: Vec<(usize, QuestionId)> = Vec::new();
        for (place, index) in pairs.drivers.iter().enumerate() {
            let question = questions.get(index).filter(|q| drivers.iter().all(|(_, known)| known != *q));
            drivers.extend(question.map(|question| (place, *question)));
        }
        let places: Vec<usize> = drivers.iter().map(|(place, _)| *place).collect();
        if places.is_empty() {
            continue;
        }
        for (period, moments) in &pairs.moments {
            let Some(wave) = waves.get(period).copied() else { continue };
            let drivers = drivers.iter().map(|(_, question)| *question).collect();
            let weighted = pairs.weighted.get(period).map(|weighted| weighted.select_drivers(&places));
            let moments = moments.select_drivers(&places);
            counts.pairs.insert((*outcome, wave), Pairs { drivers, moments, weighted });
        }
    }
    counts
}

/// Removes an import, with its wave and mapping if no other import uses them. Questions stay, so that the
/// next import can answer them.
pub fn remove_batch(project: &Project, id: BatchId, source: &mut IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    remove_into(&mut draft, id);
    draft.finish()
}

fn remove_into(draft: &mut TransactionBuilder<'_>, id: BatchId) {
    let Some(batch) = draft.project().batches().get(&id).cloned() else { return };
    draft.remove(id);
    let others = draft.project().batches().clone();
    let waves = |batch: &Batch| batch.counts.histograms.keys().map(|key| key.wave).collect::<BTreeSet<_>>();
    let used: BTreeSet<WaveId> = others.values().flat_map(|batch| waves(batch)).collect();
    waves(&batch).difference(&used).for_each(|wave| draft.remove(*wave));
    if let Some(recipe) = batch.recipe.filter(|recipe| others.values().all(|b| b.recipe != Some(*recipe))) {
        draft.remove(recipe);
    }
}

/// Creates the touchpoints that columns ask for, in the last stage, each in its own column of the map.
fn add_new_touchpoints(draft: &mut TransactionBuilder<'_>, import: &Import, columns: &mut [ProposedColumn]) {
    for column in columns {
        if column.rule.role != ColumnRole::Touchpoint || column.target.is_some() {
            continue;
        }
        let Some(stage) = find_or_add_last_stage(draft, import) else { return };
        let slot = Slot::Apart(CardPlace::end_of(stage, None));
        let project = draft.project().clone();
        let title =
            if column.rule.target.is_empty() { &column.rule.column } else { &column.rule.target }.clone();
        if let Some((added, id)) = add_touchpoint(&project, slot, &title, draft.source) {
            draft.extend(added);
            column.target = Some(id.into());
            column.rule.target = title;
        }
    }
}

fn find_or_add_last_stage(draft: &mut TransactionBuilder<'_>, import: &Import) -> Option<StageId> {
    let project = draft.project().clone();
    let journey = project.journey(import.journey)?;
    if let Some(stage) = journey.stages_in_order().last() {
        return Some(stage.id);
    }
    let (added, id) = add_stage(&project, import.journey, None, &wave_name(&import.file), draft.source);
    draft.extend(added);
    Some(id)
}

/// Returns the wave of a period, created if its name is new; undated answers get the chosen wave.
fn find_or_add_wave(draft: &mut TransactionBuilder<'_>, choice: &WaveChoice, period: Period) -> WaveId {
    let name = match (period.label(), choice) {
        (Some(label), _) => label,
        (None, WaveChoice::Known(id)) => return *id,
        (None, WaveChoice::Named(name)) => name.clone(),
    };
    let wanted = fold_text(&name);
    let known = draft.project().waves().values().find(|wave| fold_text(&wave.label) == wanted);
    if let Some(known) = known {
        return known.id;
    }
    let id = WaveId::new(draft.source);
    let days = period.day_range();
    let mut wave = Wave::new(id, wave_key(draft, days.map(|(from, _)| from)));
    wave.label = name;
    (wave.from, wave.to) = (days.map(|days| days.0), days.map(|days| days.1));
    draft.insert(wave);
    id
}

/// Returns the order key for a wave that starts on `from`: before the first wave that starts later, otherwise
/// at the end.
fn wave_key(draft: &mut TransactionBuilder<'_>, from: Option<Date>) -> OrderKey {
    let waves = draft.project().waves().clone();
    let waves = records_in_order(&waves);
    let later = |wave: &Wave| from.zip(wave.from).is_some_and(|(own, other)| other > own);
    let place = waves.iter().position(|wave| later(wave)).unwrap_or(waves.len());
    let before = place.checked_sub(1).and_then(|place| waves.get(place));
    OrderKey::new_between(before.map(|wave| &wave.key), waves.get(place).map(|wave| &wave.key), draft.source)
}

/// Returns the question that a column answers: the known one with this name, target and scale, or a new one.
/// A changed scale makes a new question, so that a trend shows the break.
fn find_or_add_question(
    draft: &mut TransactionBuilder<'_>,
    column: &ProposedColumn,
    target: Id,
) -> QuestionId {
    let rule = &column.rule;
    let known =
        draft.project().questions().values().find(|q| is_same_question(q, column, target)).map(|q| q.id);
    let id = known.unwrap_or_else(|| {
        let questions = draft.project().questions().clone();
        let id = QuestionId::new(draft.source);
        let mut question = Question::new(id, key_after_last(&questions, draft.source));
        column.question_name().clone_into(&mut question.text);
        question.target = Some(target);
        (question.low, question.high, question.direction) = (rule.low, rule.high, rule.direction);
        draft.insert(question);
        id
    });
    draft.change_record::<Question>(id, |question| {
        let names = std::iter::once(column.question_name()).chain(rule.aliases.iter().map(String::as_str));
        let other: Vec<String> = names.filter(|name| question.text != *name).map(str::to_owned).collect();
        question.aliases.extend(other);
        question.missing.extend(rule.missing.iter().cloned());
        question.words.extend(rule.words.clone());
    });
    id
}

fn is_same_question(question: &Question, column: &ProposedColumn, target: Id) -> bool {
    let rule = &column.rule;
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let bears = |name: &str| question.text == name || question.aliases.contains(name);
    let direction: Direction = question.direction;
    question.target == Some(target)
        && (bears(column.question_name()) || rule.aliases.iter().any(|alias| bears(alias)))
        && same(question.low, rule.low)
        && same(question.high, rule.high)
        && direction == rule.direction
}

/// Returns the mapping's recipe: the known one with the same content, or a new one.
fn find_or_add_recipe(
    draft: &mut TransactionBuilder<'_>,
    import: &Import,
    columns: &[ProposedColumn],
) -> RecipeId {
    let id = RecipeId::new(draft.source);
    let recipe = to_recipe(id, draft.project(), columns, &import.file, &import.options);
    let same = |known: &&Arc<Recipe>| {
        let renamed = Recipe { id, name: recipe.name.clone(), ..(***known).clone() };
        renamed == recipe
    };
    if let Some(known) = draft.project().recipes().values().find(same) {
        return known.id;
    }
    draft.insert(recipe);
    id
}

/// Builds the recipe that stores a mapping: its rules and the chosen read options, named after the file.
pub fn to_recipe(
    id: RecipeId,
    project: &Project,
    columns: &[ProposedColumn],
    file: &str,
    options: &Options,
) -> Recipe {
    let mut recipe = Recipe::new(id, wave_name(file));
    recipe.columns = rules_with_titles(project, columns);
    options.store_in(&mut recipe);
    recipe
}

/// Returns the rules of a mapping, with the current titles of its elements.
pub fn rules_with_titles(project: &Project, columns: &[ProposedColumn]) -> Vec<ColumnRule> {
    let titles: BTreeMap<Id, String> = columns
        .iter()
        .filter_map(|column| column.target)
        .filter_map(|target| Some((target, title_of_element(project.journey_of(target)?, target))))
        .collect();
    let rule = |column: &ProposedColumn| {
        let mut rule = column.rule.clone();
        if let Some(title) = column.target.and_then(|target| titles.get(&target)) {
            rule.target.clone_from(title);
        }
        rule.ask = column.blocking_doubts().filter_map(OpenQuestion::name).collect();
        rule
    };
    columns.iter().map(rule).collect()
}

fn key_after_last<I: Ord, R: Keyed>(table: &Table<I, R>, source: &mut IdSource) -> OrderKey {
    OrderKey::new_after(records_in_order(table).last().map(|record| record.key()), source)
}
