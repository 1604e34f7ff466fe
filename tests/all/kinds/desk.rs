//! A project and a simulated user who gives the likeliest answer to every question.

use engine::edit::apply_all;
use engine::edit::command::new_project;
use engine::feedback::crosstab::Crosstab;
use engine::feedback::score::MetricChoice;
use engine::feedback::table::{ScoreRow, Waves, score_rows};
use engine::i18n::{Explain, Lang};
use engine::id::{BatchId, IdSource, Kind};
use engine::model::Project;
use engine::model::choice::MetricKind;
use engine::model::recipe::{ColumnRole, WaveSplit};
use engine::store::load::to_bytes;
use engine::survey::count::{CountOptions, Counted, count_file_with};
use engine::survey::import::{Import, WaveChoice, build_transaction, wave_name};
use engine::survey::mapping::Mapping;
use engine::survey::overlap::{AgainChoice, find_overlap};
use engine::survey::reading::look_up;
use engine::survey::source::{Input, ReadProgress};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// Rounds of questions after which the user gives up.
const ROUNDS: usize = 6;
/// Largest difference between a score and its figure, which has four decimals.
const NEAR: f64 = 0.000_11;

/// The result of an import.
pub(crate) enum Outcome {
    /// It was imported, after this many questions about these columns.
    Imported { asked: usize, about: Vec<String> },
    /// The same content was imported before.
    Same,
    /// It was refused, with a reason.
    Refused(String),
}

/// A project with the known ids of its respondents.
pub(crate) struct Desk {
    pub(crate) project: Project,
    known: BTreeMap<BatchId, HashSet<u64>>,
    source: IdSource,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let mut source = IdSource::from_seed(41);
        Self { project: new_project("Trip", &mut source), known: BTreeMap::new(), source }
    }

    /// Imports a file, answering each question with the first answer.
    pub(crate) fn import(&mut self, path: &Path, said: &[String]) -> Outcome {
        let progress = Arc::new(ReadProgress::default());
        // The helper for old workbooks is the program, not this test.
        let input = Input { helper: Some(env!("CARGO_BIN_EXE_desireline").into()), ..Input::new(path) };
        let (mut input, profile) = match look_up(&input, &self.project, &progress) {
            Ok(seen) => seen,
            Err(error) => return Outcome::Refused(error.explain(Lang::En)),
        };
        input.options.uneven.clone_from(&profile.uneven);
        if let Some(crosstab) = Crosstab::turned_table(&profile) {
            return Outcome::Refused(crosstab.explain(Lang::En));
        }
        let mut mapping =
            Mapping::propose_on_best(&Arc::new(profile), &self.project, None).expect("a journey");
        self.say(&mut mapping, said);
        let about = answer_all(&mut mapping);
        let mut asked = about.len();
        if !mapping.is_ready() {
            let crosstab = Crosstab::detect_in(mapping.profile()).map(|crosstab| crosstab.explain(Lang::En));
            return Outcome::Refused(crosstab.unwrap_or_else(|| "no column holds answers".to_owned()));
        }
        let options = CountOptions { key: Some([3; 16]), ..CountOptions::default() };
        let counted = match count_file_with(&input, mapping.columns(), &options, &progress) {
            Ok(counted) => counted,
            Err(error) => return Outcome::Refused(error.explain(Lang::En)),
        };
        let hashes = |batch| self.known.get(&batch).cloned();
        let overlap = find_overlap(&self.project, (mapping.columns(), &counted), hashes);
        let mut replaces = Vec::new();
        if let Some(overlap) = overlap {
            if overlap.batches.iter().any(|batch| batch.hash == counted.hash) {
                return Outcome::Same;
            }
            asked += 1;
            if overlap.possible_choices().first() == Some(&AgainChoice::Replace) {
                replaces = overlap.batches.iter().map(|batch| batch.id).collect();
            }
        }
        self.take_in(&mapping, counted, input, replaces);
        Outcome::Imported { asked, about: about.concat() }
    }

    /// Applies the arguments `--date-column` and `--wave`.
    fn say(&self, mapping: &mut Mapping, said: &[String]) {
        let journey = self.project.journey(mapping.journey()).expect("the journey");
        for pair in said.chunks(2) {
            match pair {
                [flag, name] if flag == "--date-column" => {
                    let header = mapping.find_column(name).expect("the column of days").name.clone();
                    for place in mapping.rule_indices_of(&header) {
                        mapping.set_role(place, ColumnRole::Date, journey);
                    }
                }
                [flag, split] if flag == "--wave" => {
                    let split: WaveSplit = split.parse().expect("a split");
                    let dated = |place: &usize| mapping.columns()[*place].rule.role == ColumnRole::Date;
                    let places: Vec<usize> = (0..mapping.columns().len()).filter(dated).collect();
                    for place in places {
                        mapping.set_wave_split(place, split);
                    }
                }
                other => panic!("{other:?} is not known here"),
            }
        }
    }

    fn take_in(&mut self, mapping: &Mapping, counted: Counted, input: Input, replaces: Vec<BatchId>) {
        let hashes = counted.respondents.iter().flat_map(|respondents| respondents.hashes.clone()).collect();
        let file = mapping.profile().file.clone();
        let wave = mapping.wave_of_days().unwrap_or_else(|| wave_name(&file));
        let import = Import {
            journey: mapping.journey(),
            columns: mapping.columns().to_vec(),
            counted,
            file,
            options: input.options,
            today: jiff::civil::date(2026, 11, 30),
            wave: WaveChoice::Named(wave),
            replaces,
        };
        let before: Vec<BatchId> = self.project.batches().keys().copied().collect();
        let change = build_transaction(&self.project, &import, &mut self.source);
        apply_all(&mut self.project, &change).expect("it applies");
        let new = self.project.batches().keys().find(|batch| !before.contains(batch)).copied();
        self.known.extend(new.map(|batch| (batch, hashes)));
    }

    /// Returns the scores of a kind.
    fn rows(&self, metric: MetricKind) -> Vec<ScoreRow> {
        score_rows(&self.project, MetricChoice::Kind(metric), Waves::EachAndSum)
    }

    /// Returns the name of a score: its touchpoint's, or the question if it is about the whole journey.
    fn name_of(&self, row: &ScoreRow) -> String {
        let question =
            self.project.questions().get(&row.question).filter(|_| row.target.kind() == Kind::Journey);
        question.map_or_else(|| row.title.clone(), |question| question.text.clone())
    }

    /// Returns the names of everything that has a score.
    pub(crate) fn titles(&self) -> Vec<String> {
        score_rows(&self.project, MetricChoice::Own, Waves::Each)
            .iter()
            .map(|row| self.name_of(row))
            .collect()
    }

    /// Returns the project as it is stored.
    pub(crate) fn project_file(&self) -> String {
        String::from_utf8(to_bytes(&self.project)).expect("text")
    }

    /// Returns the difference of the scores from a figure; `None` if they agree.
    pub(crate) fn differs(&self, figure: &Value) -> Option<String> {
        let metric: MetricKind = figure["metric"].as_str()?.parse().expect("a metric");
        let folded = |text: &str| text.trim().to_lowercase();
        let mut names: Vec<String> = vec![folded(figure["target"].as_str()?)];
        names.extend(
            figure["names"].as_array().into_iter().flatten().filter_map(|name| Some(folded(name.as_str()?))),
        );
        let segment = figure["seg"].as_str().map(|segment| folded(segment).replace(' ', ""));
        let wave = figure["wave"].as_str();
        let of = |row: &&ScoreRow| {
            let own = format!("{}={}", row.segment.column, row.segment.value).to_lowercase().replace(' ', "");
            let in_group = segment.as_ref().map_or(row.segment.is_everyone(), |wanted| own == *wanted);
            names.contains(&folded(&self.name_of(row))) && in_group && row.wave.as_deref() == wave
        };
        let value = figure["value"].as_f64()?;
        let weighted = figure["weighted"] == true;
        let right = |row: &ScoreRow| {
            let score = if weighted { row.score.as_weighted() } else { row.score };
            let near = score.value.is_some_and(|found| (found - value).abs() < NEAR);
            near && figure["n"].as_u64().is_none_or(|n| row.score.n == n)
        };
        let rows = self.rows(metric);
        let found: Vec<&ScoreRow> = rows.iter().filter(of).collect();
        let told: Vec<(Option<f64>, u64)> = found.iter().map(|row| (row.score.value, row.score.n)).collect();
        (!found.iter().any(|row| right(row))).then(|| format!("expected {figure}, found {told:?}"))
    }
}

/// Answers every open question with its first answer; returns their columns.
fn answer_all(mapping: &mut Mapping) -> Vec<Vec<String>> {
    let mut asked = Vec::new();
    for _ in 0..ROUNDS {
        let open = mapping.open_questions();
        let Some((doubt, places)) = open.first().cloned() else { break };
        let Some(likeliest) = doubt.possible_answers(&places).first().copied() else { break };
        asked.push(places.iter().map(|place| mapping.columns()[*place].rule.column.clone()).collect());
        mapping.answer_question(doubt, &places, likeliest);
    }
    asked
}
