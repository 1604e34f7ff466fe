//! What the import assistant asks: which column is what, which wave the answers are from, and what becomes of answers that
//! came before.

use super::pasting::PastedTable;
use crate::id::JourneyId;
use crate::id::{BatchId, Id};
use crate::model::choice::{DateOrder, Direction, WaveSplit};
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Project, sorted};
use crate::survey::again::{AgainChoice, Overlap};
use crate::survey::count::Counted;
use crate::survey::import::{Import, WaveChoice, wave_name};
use crate::survey::mapping::Mapping;
use crate::survey::profile::{ColumnProfile, Profile};
use crate::survey::propose::{Column, Doubt};
use crate::survey::row_rules::RowRule;
use crate::survey::settle::{Says, Taken};
use crate::survey::source::{Dialect, Input};
use crate::survey::values::{Account, account, is_read_by_cell};
use jiff::civil::Date;
use std::sync::Arc;

/// An import in the making.
#[derive(Debug, Clone)]
pub struct ImportForm {
    /// The file, and what was said about how it is read.
    pub input: Input,
    /// The table from the clipboard that the file holds: it stays as long as it may be read.
    pub pasted: Option<Arc<PastedTable>>,
    /// Why the file could not be read in the way it is said to be; there are no columns then.
    pub problem: Option<String>,
    /// The codes for no answer of each column, as typed.
    pub missing: Vec<String>,
    /// The name of the wave.
    pub wave: String,
    /// What is looked at.
    pub view: View,
    /// The column whose values are looked at.
    pub place: usize,
    /// The import that this one takes the place of.
    pub replaces: Option<BatchId>,
    /// Answers that came before: the user is asked what becomes of them.
    pub again: Option<Again>,
    mapping: Mapping,
    open: Vec<(Doubt, Vec<usize>)>,
}

/// What the assistant shows of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// What each column is.
    #[default]
    Columns,
    /// What each value of a column is read as.
    Values,
    /// The first rows.
    Rows,
}

/// An import whose answers came before, with what was counted.
#[derive(Debug, Clone)]
pub struct Again {
    /// The earlier imports, and what tells it.
    pub overlap: Overlap,
    /// What was counted now.
    pub counted: Box<Counted>,
    /// What the user chose.
    pub choice: Option<AgainChoice>,
}

impl ImportForm {
    /// The proposal for a file: by the project's own mapping where one fits.
    pub fn new(mut input: Input, profile: Profile, project: &Project, journey: JourneyId) -> Self {
        input.options.uneven.clone_from(&profile.uneven);
        let mapping = Mapping::propose(Arc::new(profile), project, journey, None);
        let missing = mapping.columns().iter().map(typed_codes).collect();
        let wave = mapping.wave_of_days().unwrap_or_else(|| wave_name(&mapping.profile().file));
        let asked = mapping.columns().iter().position(Column::is_question).unwrap_or(0);
        let open = mapping.open_questions();
        let (problem, replaces, again) = (None, None, None);
        Self {
            input,
            pasted: None,
            problem,
            missing,
            wave,
            view: View::Columns,
            place: asked,
            replaces,
            again,
            mapping,
            open,
        }
    }

    /// A file of text that could not be read so: a person may say how it is to be read.
    pub fn unread(input: Input, problem: String, project: &Project, journey: JourneyId) -> Self {
        let dialect = Dialect::said(&input.options);
        let profile = Profile { file: input.file_name(), dialect, ..Profile::default() };
        Self { problem: Some(problem), ..Self::new(input, profile, project, journey) }
    }

    /// How the table is read.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// What the beginning of the table looks like.
    pub fn profile(&self) -> &Profile {
        self.mapping.profile()
    }

    /// What each column is.
    pub fn columns(&self) -> &[Column] {
        self.mapping.columns()
    }

    /// What a person must say before the import goes on: each doubt with the places of its columns.
    pub fn open_questions(&self) -> &[(Doubt, Vec<usize>)] {
        &self.open
    }

    /// What the cells of a column looked at say.
    pub fn account(&self, column: &Column) -> Option<Account> {
        let seen = self.seen(column).filter(|_| is_read_by_cell(self.columns(), column));
        seen.map(|seen| account(self.profile(), seen, &column.rule))
    }

    /// What the beginning of a column looks like.
    pub fn seen(&self, column: &Column) -> Option<&ColumnProfile> {
        self.mapping.seen(column)
    }

    /// Takes a column for something else.
    pub fn set_role(&mut self, place: usize, role: ColumnRole, journey: &Journey) {
        self.mapping.set_role(place, role, journey);
        self.review();
    }

    /// Gives a column's answers to another element; none makes a new touchpoint.
    pub fn set_target(&mut self, place: usize, target: Option<Id>, journey: &Journey) {
        self.mapping.set_target(place, target, journey);
    }

    /// Sets which end of a column's scale is good; that settles the doubt about it.
    pub fn set_direction(&mut self, place: usize, direction: Direction) {
        self.mapping.set_direction(place, direction);
        self.review();
    }

    /// Sets the ends of a column's scale.
    pub fn set_scale(&mut self, place: usize, low: f64, high: f64) {
        self.mapping.set_scale(place, low, high);
        self.review();
    }

    /// Sets which part of a column's dates comes first.
    pub fn set_order(&mut self, place: usize, order: DateOrder) {
        self.mapping.set_date_order(place, order);
        self.review();
    }

    /// Sets which periods a column of days splits answers into.
    pub fn set_split(&mut self, place: usize, split: WaveSplit) {
        self.mapping.set_wave_split(place, split);
    }

    /// Reads a value of a column as something else.
    pub fn set_value(&mut self, place: usize, text: &str, taken: Taken) {
        self.mapping.set_value(place, text, taken);
        self.review();
    }

    /// Whether the rows of a rule are left out.
    pub fn leaves_out(&self, rule: &RowRule) -> bool {
        let of_column = self.columns().iter().filter(|column| column.rule.column == rule.column);
        of_column.into_iter().any(|column| column.rule.skip.contains(&rule.text))
    }

    /// Leaves out the rows in which a column holds a text, or counts them.
    pub fn set_row_rule(&mut self, header: &str, text: &str, leave_out: bool) {
        self.mapping.set_row_rule(header, text, leave_out);
    }

    /// Takes what a person says to a doubt about some columns.
    pub fn say(&mut self, doubt: Doubt, places: &[usize], says: Says) {
        self.mapping.answer(doubt, places, says);
        self.review();
    }

    /// Takes over what was typed as codes for no answer, separated by commas.
    pub fn take_missing(&mut self, place: usize) {
        let Some(text) = self.missing.get(place).cloned() else { return };
        let codes = text.split([',', '，', ';']).map(str::trim).filter(|code| !code.is_empty());
        self.mapping.set_missing(place, codes);
        self.open = self.mapping.open_questions();
    }

    /// Whether some columns of answers found no touchpoint.
    pub fn has_unmatched(&self) -> bool {
        self.mapping.has_unmatched()
    }

    /// Makes touchpoints of those.
    pub fn make_touchpoints(&mut self) {
        self.mapping.make_touchpoints();
        self.review();
    }

    /// Looks again at what is still to be said, and at the codes that columns have now.
    fn review(&mut self) {
        self.missing = self.columns().iter().map(typed_codes).collect();
        self.open = self.mapping.open_questions();
    }

    /// Whether at least one column holds answers.
    pub fn has_answers(&self) -> bool {
        self.mapping.has_answers()
    }

    /// Whether columns hold answers, on scales that have two ends, and nothing is left to say.
    pub fn is_ready(&self) -> bool {
        self.has_answers() && self.mapping.column_without_scale().is_none() && self.open.is_empty()
    }

    /// The elements a column of this role can be about, with their titles.
    pub fn targets(role: ColumnRole, journey: &Journey) -> Vec<(Option<Id>, String)> {
        let stages = journey.stages_in_order();
        if role == ColumnRole::Stage {
            return stages.iter().map(|stage| (Some(stage.id.into()), stage.title.clone())).collect();
        }
        let steps = stages.iter().flat_map(|stage| journey.steps_of(stage.id));
        let cards = steps
            .flat_map(|step| sorted(journey.touchpoints().values().filter(move |card| card.step == step.id)));
        cards.map(|card| (Some(card.id.into()), card.title.clone())).collect()
    }

    /// The import, once its rows are counted.
    pub fn import(&self, counted: Counted, today: Date, replaces: Vec<BatchId>) -> Import {
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

fn typed_codes(column: &Column) -> String {
    column.rule.missing.iter().cloned().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::new_project;
    use crate::id::Source;
    use crate::survey::profile::look;
    use crate::survey::source::Table;
    use std::io::Cursor;

    fn form() -> (ImportForm, Project) {
        let project = new_project("Trip", &mut Source::seeded(2));
        let journey = project.journeys_in_order()[0].info().id;
        let text = "Class,Seat,Effort\nA,0,1\nB,5,2\nA,3,7\n";
        let profile = look(&mut Table::new(Cursor::new(text), Arc::default()).unwrap()).unwrap();
        (ImportForm::new(Input::new("trip_may.csv"), profile, &project, journey), project)
    }

    #[test]
    fn what_is_in_doubt_is_settled_by_the_user() {
        let (mut form, _) = form();
        assert_eq!(
            form.open_questions(),
            [(Doubt::Zero, vec![1]), (Doubt::Direction(Direction::LowIsGood), vec![2])]
        );
        assert!(!form.is_ready());
        form.say(Doubt::Zero, &[1], Says::NoAnswer);
        assert_eq!(form.open_questions(), [(Doubt::Direction(Direction::LowIsGood), vec![2])]);
        assert_eq!((form.missing[1].as_str(), form.columns()[1].rule.low), ("0", 1.0));
        assert_eq!(form.columns()[2].doubts, [Doubt::Direction(Direction::LowIsGood)]);
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
        form.say(Doubt::Zero, &[1], Says::Answer);
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
