//! What the import assistant asks: which column is what, and which wave the answers are from.

use crate::feedback::choices::separator;
use crate::feedback::count::Counted;
use crate::feedback::import::{Import, WaveChoice, wave_name};
use crate::feedback::profile::{ColumnProfile, Profile};
use crate::feedback::propose::{
    Column, Doubt, Reason, Unshared, as_touchpoints, fitting, follow, one_answer_a_row, propose, title_of,
};
use crate::feedback::source::{Dialect, Input};
use crate::id::{BatchId, Id, JourneyId};
use crate::model::choice::Direction;
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Project, sorted};
use jiff::civil::Date;
use std::sync::Arc;

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
    /// Whether the project's own mapping reads every column, so that nothing is left to ask.
    pub known: bool,
    /// The journey asked about.
    pub journey: JourneyId,
    /// The import that this one takes the place of.
    pub replaces: Option<BatchId>,
    /// An earlier import of the same content: the user is asked whether this one takes its place.
    pub again: Option<Again>,
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
            let unshared = follow(&mut columns, &recipe.columns, journey);
            let asks = columns.iter().any(|column| column.blocking().next().is_some());
            known = unshared == Unshared::default() && !asks;
        }
        let missing = columns.iter().map(typed_codes).collect();
        let wave = wave_name(&profile.file);
        Self {
            input,
            profile: Arc::new(profile),
            problem: None,
            columns,
            missing,
            wave,
            known,
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
            return self.columns.iter_mut().for_each(|column| column.read_shares(shares));
        }
        if role == ColumnRole::Choices && column.rule.separator.is_empty() {
            let seen = self.profile.columns.iter().find(|seen| seen.name == column.rule.column);
            seen.and_then(separator).unwrap_or(";").clone_into(&mut column.rule.separator);
        }
        column.rule.role = role;
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
            | ColumnRole::AnswerShare => None,
        };
        column.rule.target = match column.target {
            Some(target) => title_of(journey, target),
            None if role == ColumnRole::Touchpoint => column.rule.column.clone(),
            None => String::new(),
        };
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
        true
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
    }

    /// Takes over what was typed as codes for no answer, separated by commas.
    pub fn take_missing(&mut self, place: usize) {
        let (Some(column), Some(text)) = (self.columns.get_mut(place), self.missing.get(place)) else {
            return;
        };
        let codes = text.split([',', '，', ';']).map(str::trim).filter(|code| !code.is_empty());
        column.rule.missing.clear();
        codes.for_each(|code| column.miss(code));
    }

    /// Whether 0 may mean "not applicable" somewhere.
    pub fn asks_about_zero(&self) -> bool {
        self.columns.iter().any(|column| column.is_question() && column.doubts.contains(&Doubt::Zero))
    }

    /// Says that 0 is no answer wherever it is in doubt.
    pub fn zero_is_no_answer(&mut self) {
        for (column, text) in self.columns.iter_mut().zip(&mut self.missing) {
            if column.doubts.contains(&Doubt::Zero) {
                column.miss("0");
                *text = typed_codes(column);
            }
        }
    }

    /// Whether some columns of answers found no touchpoint.
    pub fn has_unmatched(&self) -> bool {
        self.columns.iter().any(|c| c.reason.is_open() && c.rule.role == ColumnRole::Ignore)
    }

    /// Makes touchpoints of those.
    pub fn make_touchpoints(&mut self) {
        as_touchpoints(&mut self.columns);
    }

    /// Whether at least one column holds answers, on a scale that has two ends.
    pub fn is_ready(&self) -> bool {
        let mut questions = self.columns.iter().filter(|column| column.is_question()).peekable();
        questions.peek().is_some() && questions.all(|column| column.rule.low < column.rule.high)
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

fn typed_codes(column: &Column) -> String {
    column.rule.missing.iter().cloned().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::new_project;
    use crate::feedback::profile::look;
    use crate::feedback::source::Table;
    use crate::id::Source;
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
        assert!(form.asks_about_zero());
        form.zero_is_no_answer();
        assert!(!form.asks_about_zero());
        assert_eq!((form.missing[1].as_str(), form.columns[1].rule.low), ("0", 1.0));
        assert_eq!(form.columns[2].doubts, [Doubt::Direction]);
        form.set_direction(2, Direction::LowIsGood);
        assert!(form.columns[2].doubts.is_empty());
        form.missing[2] = "9, x".to_owned();
        form.take_missing(2);
        assert_eq!(form.columns[2].rule.missing, ["9", "x"].map(str::to_owned).into());
    }

    #[test]
    fn roles_bring_their_targets_and_nothing_is_imported_without_answers() {
        let (mut form, project) = form();
        let journey = project.journeys_in_order()[0].clone();
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
