//! The state of the import assistant: the columns' roles, the wave of the answers, and the handling of
//! answers that were imported before.

use crate::features::paste::PastedTable;
use engine::id::JourneyId;
use engine::id::{BatchId, Id};
use engine::model::choice::{DateOrder, Direction, WaveSplit};
use engine::model::recipe::ColumnRole;
use engine::model::{Journey, Project, sort_records};
use engine::survey::count::Counted;
use engine::survey::import::{Import, WaveChoice, wave_name};
use engine::survey::mapping::Mapping;
use engine::survey::overlap::{AgainChoice, Overlap};
use engine::survey::profile::{ColumnProfile, Profile};
use engine::survey::propose::{OpenQuestion, ProposedColumn};
use engine::survey::resolve::{Says, ValueReading};
use engine::survey::row_rules::RowRule;
use engine::survey::source::{Dialect, Input};
use engine::survey::values::{Account, count_readings, is_read_by_cell};
use jiff::civil::Date;
use std::sync::Arc;

/// The import being prepared.
#[derive(Debug, Clone)]
pub struct ImportForm {
    /// The file, and the options given for reading it.
    pub input: Input,
    /// The clipboard table that the file holds; its file exists as long as this handle.
    pub pasted: Option<Arc<PastedTable>>,
    /// The reason why the file could not be read with these options; there are no columns then.
    pub problem: Option<String>,
    /// The codes for no answer of each column, as typed, separated by commas.
    pub missing: Vec<String>,
    /// The name of the wave.
    pub wave: String,
    /// The view shown.
    pub view: ImportView,
    /// The index of the column whose values are shown.
    pub place: usize,
    /// The import that this one replaces.
    pub replaces: Option<BatchId>,
    /// Set if some answers were imported before: the user is asked what to do with them.
    pub again: Option<RepeatedImport>,
    mapping: Mapping,
    open: Vec<(OpenQuestion, Vec<usize>)>,
}

/// The views of a file in the assistant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImportView {
    /// The role of each column.
    #[default]
    Columns,
    /// The reading of each value of a column.
    Values,
    /// The first rows.
    Rows,
}

/// An import of which some answers were imported before, with the count of its file.
#[derive(Debug, Clone)]
pub struct RepeatedImport {
    /// The earlier imports, and the evidence for the overlap.
    pub overlap: Overlap,
    /// The count of the file.
    pub counted: Box<Counted>,
    /// The user's choice.
    pub choice: Option<AgainChoice>,
}

impl ImportForm {
    /// Proposes a mapping for a file, based on the project's recipe if one fits.
    pub fn new(mut input: Input, profile: Profile, project: &Project, journey: JourneyId) -> Self {
        input.options.uneven.clone_from(&profile.uneven);
        let mapping = Mapping::propose_on_journey(Arc::new(profile), project, journey, None);
        let missing = mapping.columns().iter().map(typed_codes).collect();
        let wave = mapping.wave_of_days().unwrap_or_else(|| wave_name(&mapping.profile().file));
        let asked = mapping.columns().iter().position(ProposedColumn::is_question).unwrap_or(0);
        let open = mapping.open_questions();
        let problem = None;
        let replaces = None;
        let again = None;
        Self {
            input,
            pasted: None,
            problem,
            missing,
            wave,
            view: ImportView::Columns,
            place: asked,
            replaces,
            again,
            mapping,
            open,
        }
    }

    /// Returns the form for a text file that could not be read, so that the user can set the options.
    pub fn for_unreadable_file(input: Input, problem: String, project: &Project, journey: JourneyId) -> Self {
        let dialect = Dialect::from_options(&input.options);
        let profile = Profile { file: input.file_name(), dialect, ..Profile::default() };
        Self { problem: Some(problem), ..Self::new(input, profile, project, journey) }
    }

    /// Returns the mapping of columns to the project.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Returns the profile of the table's first rows.
    pub fn profile(&self) -> &Profile {
        self.mapping.profile()
    }

    /// Returns the columns with their roles.
    pub fn columns(&self) -> &[ProposedColumn] {
        self.mapping.columns()
    }

    /// Returns the open questions that block the import: each doubt with the indices of its columns.
    pub fn open_questions(&self) -> &[(OpenQuestion, Vec<usize>)] {
        &self.open
    }

    /// Returns how each value in a column is read; `None` if the column is not read cell by cell.
    pub fn value_account(&self, column: &ProposedColumn) -> Option<Account> {
        let seen = if is_read_by_cell(self.columns(), column) { self.column_profile(column) } else { None };
        seen.map(|seen| count_readings(self.profile(), seen, &column.rule))
    }

    /// Returns the profile of a column's first rows.
    pub fn column_profile(&self, column: &ProposedColumn) -> Option<&ColumnProfile> {
        self.mapping.profile_of(column)
    }

    /// Sets the role of a column.
    pub fn set_role(&mut self, place: usize, role: ColumnRole, journey: &Journey) {
        self.mapping.set_role(place, role, journey);
        self.refresh_questions();
    }

    /// Assigns a column's answers to another element; `None` creates a touchpoint.
    pub fn set_target(&mut self, place: usize, target: Option<Id>, journey: &Journey) {
        self.mapping.set_target(place, target, journey);
    }

    /// Sets which end of a column's scale is good, which resolves the doubt about it.
    pub fn set_direction(&mut self, place: usize, direction: Direction) {
        self.mapping.set_direction(place, direction);
        self.refresh_questions();
    }

    /// Sets the lowest and highest value of a column's scale.
    pub fn set_scale(&mut self, place: usize, low: f64, high: f64) {
        self.mapping.set_scale(place, low, high);
        self.refresh_questions();
    }

    /// Sets the order of day, month and year in a column's dates.
    pub fn set_order(&mut self, place: usize, order: DateOrder) {
        self.mapping.set_date_order(place, order);
        self.refresh_questions();
    }

    /// Sets the periods into which a column of days splits the answers.
    pub fn set_split(&mut self, place: usize, split: WaveSplit) {
        self.mapping.set_wave_split(place, split);
    }

    /// Sets the reading of one value of a column.
    pub fn set_value(&mut self, place: usize, text: &str, taken: ValueReading) {
        self.mapping.set_value(place, text, taken);
        self.refresh_questions();
    }

    /// True if rows that match the rule are left out.
    pub fn leaves_out(&self, rule: &RowRule) -> bool {
        let of_column = self.columns().iter().filter(|column| column.rule.column == rule.column);
        of_column.into_iter().any(|column| column.rule.skip.contains(&rule.text))
    }

    /// Leaves out the rows in which a column holds a text, or counts them.
    pub fn set_row_rule(&mut self, header: &str, text: &str, leave_out: bool) {
        self.mapping.set_row_rule(header, text, leave_out);
    }

    /// Applies the user's answer to a doubt about some columns.
    pub fn answer_doubt(&mut self, doubt: OpenQuestion, places: &[usize], says: Says) {
        self.mapping.answer_question(doubt, places, says);
        self.refresh_questions();
    }

    /// Applies the codes for no answer as typed, separated by commas or semicolons.
    pub fn take_missing(&mut self, place: usize) {
        let Some(text) = self.missing.get(place).cloned() else { return };
        let codes = text.split([',', '，', ';']).map(str::trim).filter(|code| !code.is_empty());
        self.mapping.set_missing(place, codes);
        self.open = self.mapping.open_questions();
    }

    /// True if some columns of answers match no touchpoint.
    pub fn has_unmatched(&self) -> bool {
        self.mapping.has_unmatched_columns()
    }

    /// Creates touchpoints for the columns of answers that match none.
    pub fn make_touchpoints(&mut self) {
        self.mapping.make_touchpoints();
        self.refresh_questions();
    }

    /// Updates the open questions and the codes for no answer after a change of the mapping.
    fn refresh_questions(&mut self) {
        self.missing = self.columns().iter().map(typed_codes).collect();
        self.open = self.mapping.open_questions();
    }

    /// True if at least one column holds answers.
    pub fn has_answers(&self) -> bool {
        self.mapping.has_answers()
    }

    /// True if there are columns with answers, each scale has two ends, and no question is open.
    pub fn is_ready(&self) -> bool {
        self.has_answers() && self.mapping.column_without_scale().is_none() && self.open.is_empty()
    }

    /// Returns the elements that a column of this role can be about, with their titles.
    pub fn list_targets(role: ColumnRole, journey: &Journey) -> Vec<(Option<Id>, String)> {
        let stages = journey.stages_in_order();
        if role == ColumnRole::Stage {
            return stages.iter().map(|stage| (Some(stage.id.into()), stage.title.clone())).collect();
        }
        let steps = stages.iter().flat_map(|stage| journey.steps_of(stage.id));
        let cards = steps.flat_map(|step| {
            sort_records(journey.touchpoints().values().filter(move |card| card.step == step.id))
        });
        cards.map(|card| (Some(card.id.into()), card.title.clone())).collect()
    }

    /// Returns the import for a counted file.
    pub fn build_import(&self, counted: Counted, today: Date, replaces: Vec<BatchId>) -> Import {
        Import {
            journey: self.mapping.journey(),
            columns: self.columns().to_vec(),
            counted,
            file: self.profile().file.clone(),
            options: self.input.options.clone(),
            today,
            wave: WaveChoice::Named(self.wave.trim().to_owned()),
            replaces,
        }
    }
}

fn typed_codes(column: &ProposedColumn) -> String {
    column.rule.missing.iter().cloned().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::edit::command::new_project;
    use engine::id::IdSource;
    use engine::survey::profile::profile_table;
    use engine::survey::source::SurveyTable;
    use std::io::Cursor;

    fn form() -> (ImportForm, Project) {
        let project = new_project("Trip", &mut IdSource::from_seed(2));
        let journey = project.journeys_in_order()[0].info().id;
        let text = "Class,Seat,Effort\nA,0,1\nB,5,2\nA,3,7\n";
        let profile =
            profile_table(&mut SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()).unwrap();
        (ImportForm::new(Input::new("trip_may.csv"), profile, &project, journey), project)
    }

    #[test]
    fn what_is_in_doubt_is_settled_by_the_user() {
        let (mut form, _) = form();
        assert_eq!(
            form.open_questions(),
            [(OpenQuestion::Zero, vec![1]), (OpenQuestion::Direction(Direction::LowIsGood), vec![2])]
        );
        assert!(!form.is_ready());
        form.answer_doubt(OpenQuestion::Zero, &[1], Says::NoAnswer);
        assert_eq!(form.open_questions(), [(OpenQuestion::Direction(Direction::LowIsGood), vec![2])]);
        assert_eq!((form.missing[1].as_str(), form.columns()[1].rule.low), ("0", 1.0));
        assert_eq!(form.columns()[2].doubts, [OpenQuestion::Direction(Direction::LowIsGood)]);
        form.set_direction(2, Direction::LowIsGood);
        assert!(form.columns()[2].doubts.is_empty() && form.is_ready());
        form.missing[2] = "9, x".to_owned();
        form.take_missing(2);
        assert_eq!(form.columns()[2].rule.missing, ["9", "x"].map(str::to_owned).into());
    }

    #[test]
    fn roles_bring_their_targets_and_nothing_is_imported_without_answers() {
        let (mut form, project) = form();
        let journey = project.journeys_in_order()[0].clone();
        form.answer_doubt(OpenQuestion::Zero, &[1], Says::Answer);
        form.set_direction(2, Direction::HighIsGood);
        assert!(form.is_ready());
        form.set_role(1, ColumnRole::Journey, &journey);
        assert_eq!(form.columns()[1].target, Some(journey.info().id.into()));
        form.set_role(2, ColumnRole::Touchpoint, &journey);
        assert_eq!((form.columns()[2].target, form.columns()[2].rule.target.as_str()), (None, "Effort"));
        for place in 0..3 {
            form.set_role(place, ColumnRole::Ignore, &journey);
        }
        assert!(!form.is_ready() && form.columns()[2].rule.target.is_empty());
    }
}
