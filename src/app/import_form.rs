//! What the import assistant asks: which column is what, and which wave the answers are from.

use crate::id::{BatchId, Id, JourneyId};
use crate::model::choice::{DateOrder, Direction};
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Project, sorted};
use crate::survey::count::Counted;
use crate::survey::import::{Import, WaveChoice, wave_name};
use crate::survey::profile::{ColumnProfile, Profile};
use crate::survey::propose::{
    Column, Doubt, Reason, Unshared, as_touchpoints, fitting, follow, one_answer_a_row, propose, title_of,
};
use crate::survey::settle::{Says, Taken, open_questions};
use crate::survey::source::{Dialect, Input};
use crate::survey::values::{Account, account, is_read_by_cell};
use jiff::civil::Date;
use std::sync::Arc;

/// A mapping that rejects a larger share of a column's answers does not fit it.
const STRAY: f64 = 0.05;

/// A mapping in the making.
#[derive(Debug, Clone)]
pub struct ImportForm {
    /// The file, and what was said about how it is read.
    pub input: Input,
    /// What its beginning looks like.
    pub profile: Arc<Profile>,
    /// Why the file could not be read in the way it is said to be; there are no columns then.
    pub problem: Option<String>,
    /// What each column is.
    pub columns: Vec<Column>,
    /// The codes for no answer of each column, as typed.
    pub missing: Vec<String>,
    /// The name of the wave.
    pub wave: String,
    /// What a person must say before the import goes on: each doubt with the places of its columns.
    pub open: Vec<(Doubt, Vec<usize>)>,
    /// What is looked at.
    pub view: View,
    /// The column whose values are looked at.
    pub place: usize,
    /// Whether the project's own mapping reads every column, so that nothing is left to ask.
    pub known: bool,
    /// The journey asked about.
    pub journey: JourneyId,
    /// The import that this one takes the place of.
    pub replaces: Option<BatchId>,
    /// An earlier import of the same content: the user is asked whether this one takes its place.
    pub again: Option<Again>,
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

/// An import of content that was imported before.
#[derive(Debug, Clone)]
pub struct Again {
    /// The earlier import.
    pub batch: BatchId,
    /// Its day.
    pub imported: Date,
    /// What was counted now.
    pub counted: Box<Counted>,
}

impl ImportForm {
    /// The proposal for a file: by the project's own mapping where one fits.
    pub fn new(input: Input, profile: Profile, project: &Project, journey: JourneyId) -> Self {
        let mut columns = propose(&profile, project, journey);
        let mut known = false;
        if let Some((recipe, journey)) = fitting(project, &profile).zip(project.journey(journey)) {
            let unshared = follow(&mut columns, &recipe.columns, &profile, journey);
            let well = |column: &Column| !is_read_by_cell(&columns, column) || is_well_read(column, &profile);
            known = unshared == Unshared::default() && columns.iter().all(well);
        }
        let missing = columns.iter().map(typed_codes).collect();
        let wave = wave_name(&profile.file);
        let open = open_questions(&columns, &profile);
        let asked = columns.iter().position(Column::is_question).unwrap_or(0);
        Self {
            input,
            known: known && open.is_empty(),
            open,
            view: View::Columns,
            place: asked,
            profile: Arc::new(profile),
            problem: None,
            columns,
            missing,
            wave,
            journey,
            replaces: None,
            again: None,
        }
    }

    /// A file of text that could not be read so: a person may say how it is to be read.
    pub fn unread(input: Input, problem: String, project: &Project, journey: JourneyId) -> Self {
        let dialect = Dialect::said(&input.options);
        let profile = Profile { file: input.file_name(), dialect, ..Profile::default() };
        Self { problem: Some(problem), ..Self::new(input, profile, project, journey) }
    }

    /// Takes a column for something else.
    pub fn set_role(&mut self, place: usize, role: ColumnRole, journey: &Journey) {
        if role == ColumnRole::Names && self.take_names(place, journey) {
            return;
        }
        let Some(column) = self.columns.get_mut(place) else { return };
        let (counts, shares) = (role == ColumnRole::AnswerCount, role == ColumnRole::AnswerShare);
        if (counts || shares) && column.reason == Reason::Aggregated {
            // One column of an aggregated table says it for all of them.
            self.columns.iter_mut().for_each(|column| column.read_shares(shares));
            return self.review();
        }
        let seen = self.profile.columns.iter().find(|seen| seen.name == column.rule.column);
        if role == ColumnRole::Choices && column.rule.separator.is_empty() {
            seen.into_iter().for_each(|seen| column.read_choices(seen));
        }
        column.rule.role = role;
        if let (Some(seen), true) = (seen, column.is_question()) {
            column.read_answers(seen);
        }
        if let (Some(seen), ColumnRole::Date) = (seen, role) {
            column.read_dates(seen);
        }
        column.reason = Reason::Chosen;
        column.target = match role {
            ColumnRole::Journey => Some(journey.info().id.into()),
            ColumnRole::Stage => journey.stages_in_order().first().map(|stage| stage.id.into()),
            ColumnRole::Ignore
            | ColumnRole::Touchpoint
            | ColumnRole::Segment
            | ColumnRole::Choices
            | ColumnRole::Date
            | ColumnRole::Weight
            | ColumnRole::Names
            | ColumnRole::Count
            | ColumnRole::AnswerCount
            | ColumnRole::AnswerShare
            | ColumnRole::Respondent => None,
        };
        column.rule.target = match column.target {
            Some(target) => title_of(journey, target),
            None if role == ColumnRole::Touchpoint => column.rule.column.clone(),
            None => String::new(),
        };
        if let Some(typed) = self.missing.get_mut(place) {
            *typed = typed_codes(column);
        }
        self.review();
    }

    /// Takes a column for the names that the answers of each row are about, and the first column of numbers for these
    /// answers; false where there is none.
    fn take_names(&mut self, place: usize, journey: &Journey) -> bool {
        let names = self.columns.get(place).map(|column| column.rule.column.clone()).unwrap_or_default();
        let profile = Arc::clone(&self.profile);
        let Some(names) = profile.columns.iter().find(|column| column.name == names) else { return false };
        let mut others = self.columns.iter().filter(|column| column.rule.column != names.name);
        let Some(score) = others.find(|column| column.is_question() || column.reason.is_open()).cloned()
        else {
            return false;
        };
        one_answer_a_row(&mut self.columns, names, &score, journey);
        self.missing = self.columns.iter().map(typed_codes).collect();
        self.review();
        true
    }

    /// What the cells of a column looked at say.
    pub fn account(&self, column: &Column) -> Option<Account> {
        let seen = self.seen(column).filter(|_| is_read_by_cell(&self.columns, column));
        seen.map(|seen| account(&self.profile, seen, &column.rule))
    }

    /// What the beginning of a column looks like.
    pub fn seen(&self, column: &Column) -> Option<&ColumnProfile> {
        self.profile.columns.iter().find(|seen| seen.name == column.rule.column)
    }

    /// Gives a column's answers to another element; none makes a new touchpoint.
    pub fn set_target(&mut self, place: usize, target: Option<Id>, journey: &Journey) {
        let Some(column) = self.columns.get_mut(place) else { return };
        column.reason = Reason::Chosen;
        column.target = target;
        column.rule.target =
            target.map_or_else(|| column.rule.column.clone(), |target| title_of(journey, target));
    }

    /// Sets which end of a column's scale is good; that settles the doubt about it.
    pub fn set_direction(&mut self, place: usize, direction: Direction) {
        let Some(column) = self.columns.get_mut(place) else { return };
        column.good_end(direction);
        self.review();
    }

    /// Sets the ends of a column's scale.
    pub fn set_scale(&mut self, place: usize, low: f64, high: f64) {
        let Some(column) = self.columns.get_mut(place) else { return };
        column.scale(low, high);
        self.review();
    }

    /// Sets which part of a column's dates comes first.
    pub fn set_order(&mut self, place: usize, order: DateOrder) {
        let Some(column) = self.columns.get_mut(place) else { return };
        column.date_order(order);
        self.review();
    }

    /// Reads a value of a column as something else.
    pub fn set_value(&mut self, place: usize, text: &str, taken: Taken) {
        let (Some(column), Some(typed)) = (self.columns.get_mut(place), self.missing.get_mut(place)) else {
            return;
        };
        column.take(text, taken);
        *typed = typed_codes(column);
        self.review();
    }

    /// Takes what a person says to a doubt about some columns.
    pub fn say(&mut self, doubt: Doubt, places: &[usize], says: Says) {
        let profile = Arc::clone(&self.profile);
        // What the cells of an aggregated table are is said for all its columns at once.
        let all: Vec<usize> = (0..self.columns.len()).collect();
        for place in if doubt == Doubt::Unit { &all } else { places } {
            let Some((column, typed)) = self.columns.get_mut(*place).zip(self.missing.get_mut(*place)) else {
                continue;
            };
            column.say(doubt, says, profile.columns.iter().find(|seen| seen.name == column.rule.column));
            *typed = typed_codes(column);
        }
        self.review();
    }

    /// Looks again at what is still to be said.
    fn review(&mut self) {
        self.open = open_questions(&self.columns, &self.profile);
    }

    /// Takes over what was typed as codes for no answer, separated by commas.
    pub fn take_missing(&mut self, place: usize) {
        let (Some(column), Some(text)) = (self.columns.get_mut(place), self.missing.get(place)) else {
            return;
        };
        let codes = text.split([',', '，', ';']).map(str::trim).filter(|code| !code.is_empty());
        column.rule.missing.clear();
        codes.for_each(|code| column.miss(code));
        self.review();
    }

    /// Whether some columns of answers found no touchpoint.
    pub fn has_unmatched(&self) -> bool {
        self.columns.iter().any(|c| c.reason.is_open() && c.rule.role == ColumnRole::Ignore)
    }

    /// Makes touchpoints of those.
    pub fn make_touchpoints(&mut self) {
        as_touchpoints(&mut self.columns);
        self.review();
    }

    /// Whether at least one column holds answers.
    pub fn has_answers(&self) -> bool {
        self.columns.iter().any(Column::is_question)
    }

    /// Whether columns hold answers, on scales that have two ends, and nothing is left to say.
    pub fn is_ready(&self) -> bool {
        let flat = |column: &Column| column.is_question() && column.rule.low >= column.rule.high;
        self.has_answers() && !self.columns.iter().any(flat) && self.open.is_empty()
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
    pub fn import(&self, counted: Counted, today: Date, replaces: Option<BatchId>) -> Import {
        Import {
            journey: self.journey,
            columns: self.columns.clone(),
            counted,
            file: self.profile.file.clone(),
            options: self.input.options.clone(),
            today,
            wave: WaveChoice::Named(self.wave.trim().to_owned()),
            replaces,
        }
    }
}

/// Whether the rule of a column fits what is in it: hardly a cell is rejected.
fn is_well_read(column: &Column, profile: &Profile) -> bool {
    let seen = profile.columns.iter().find(|seen| seen.name == column.rule.column);
    let told = seen.map(|seen| account(profile, seen, &column.rule));
    told.is_none_or(|told| told.rejected as f64 <= STRAY * (told.valid + told.rejected) as f64)
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
        assert_eq!(form.open, [(Doubt::Zero, vec![1]), (Doubt::Direction(Direction::LowIsGood), vec![2])]);
        assert!(!form.is_ready());
        form.say(Doubt::Zero, &[1], Says::NoAnswer);
        assert_eq!(form.open, [(Doubt::Direction(Direction::LowIsGood), vec![2])]);
        assert_eq!((form.missing[1].as_str(), form.columns[1].rule.low), ("0", 1.0));
        assert_eq!(form.columns[2].doubts, [Doubt::Direction(Direction::LowIsGood)]);
        form.set_direction(2, Direction::LowIsGood);
        assert!(form.columns[2].doubts.is_empty() && form.is_ready());
        form.missing[2] = "9, x".to_owned();
        form.take_missing(2);
        assert_eq!(form.columns[2].rule.missing, ["9", "x"].map(str::to_owned).into());
    }

    #[test]
    fn roles_bring_their_targets_and_nothing_is_imported_without_answers() {
        let (mut form, project) = form();
        let journey = project.journeys_in_order()[0].clone();
        form.say(Doubt::Zero, &[1], Says::Answer);
        form.set_direction(2, Direction::HighIsGood);
        assert!(form.is_ready());
        form.set_role(1, ColumnRole::Journey, &journey);
        assert_eq!(form.columns[1].target, Some(journey.info().id.into()));
        form.set_role(2, ColumnRole::Touchpoint, &journey);
        assert_eq!((form.columns[2].target, form.columns[2].rule.target.as_str()), (None, "Effort"));
        for place in 0..3 {
            form.set_role(place, ColumnRole::Ignore, &journey);
        }
        assert!(!form.is_ready() && form.columns[2].rule.target.is_empty());
    }
}
