//! What the choice of quotes asks: which column holds comments, which of them are kept, and what they speak of.

use super::import_form::ImportForm;
use crate::i18n::{Lang, Msg};
use crate::id::{Id, JourneyId, Kind};
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Project, Worded};
use crate::survey::comments::{Comment, Comments, Search, Wanted, score_columns, target_of, text_columns};
use crate::survey::profile::Profile;
use crate::survey::propose::{Column, propose};
use crate::survey::source::{Dialect, Input};
use std::collections::BTreeMap;

/// A choice of quotes in the making. Only what is chosen ever reaches the project.
#[derive(Debug, Clone)]
pub struct QuoteForm {
    /// The file, and what was said about how it is read.
    pub input: Input,
    /// How it is read.
    pub dialect: Dialect,
    /// Why it could not be read in the way it is said to be; there are no columns then.
    pub problem: Option<String>,
    /// The journey that the quotes go to.
    pub journey: JourneyId,
    /// The columns that may hold comments, with their names; the likely ones first.
    pub texts: Vec<(usize, String)>,
    /// The columns whose answers can be shown beside them.
    pub scores: Vec<(usize, String)>,
    /// The comments that are read, or will be.
    pub wanted: Wanted,
    /// The element that the quotes speak of.
    pub target: Id,
    /// What is searched for among the comments read.
    pub search: String,
    /// Whether names and addresses are masked.
    pub masked: bool,
    /// The comments, once they are read.
    pub found: Option<Comments>,
    /// What is chosen, by line.
    pub chosen: BTreeMap<u64, Comment>,
    /// The place in the list that gets the keyboard next.
    pub marked: Option<usize>,
    /// Whether a comment has the keyboard.
    pub in_list: bool,
    /// The element was chosen by a person.
    settled: bool,
    /// The comments that the search finds, and what it was.
    hits: Option<(String, Vec<usize>)>,
}

impl QuoteForm {
    /// The choice from a file; none where no column holds text. What is selected is what the quotes speak of.
    pub fn new(
        input: Input,
        profile: &Profile,
        project: &Project,
        journey: JourneyId,
        selected: Option<Id>,
    ) -> Option<Self> {
        let columns = propose(profile, project, journey);
        let held = project.journey(journey)?;
        let name = |place: usize| Some((place, profile.columns.get(place)?.name.clone()));
        let texts: Vec<_> = text_columns(profile, &columns).into_iter().filter_map(name).collect();
        let scores: Vec<_> = score_columns(&columns).into_iter().filter_map(name).collect();
        let fits =
            |id: &Id| matches!(id.kind(), Kind::Touchpoint | Kind::Stage) && held.record(*id).is_some();
        let selected = selected.filter(fits);
        let (column, text) = texts.first()?;
        let target = selected.or_else(|| target_of(held, text)).unwrap_or(journey.into());
        let wanted =
            Wanted { column: *column, score: score_of(&columns, &scores, target), words: String::new() };
        let settled = selected.is_some();
        let dialect = profile.dialect.clone();
        let bare = Self::bare(input, dialect, journey);
        Some(Self { texts, scores, wanted, target, settled, ..bare })
    }

    /// A file of text that could not be read so: a person may say how it is to be read.
    pub fn unread(input: Input, problem: String, journey: JourneyId) -> Self {
        let dialect = Dialect::said(&input.options);
        Self { problem: Some(problem), ..Self::bare(input, dialect, journey) }
    }

    /// A choice from a file whose columns are not known.
    fn bare(input: Input, dialect: Dialect, journey: JourneyId) -> Self {
        Self {
            input,
            dialect,
            problem: None,
            journey,
            texts: Vec::new(),
            scores: Vec::new(),
            wanted: Wanted { column: 0, score: None, words: String::new() },
            target: journey.into(),
            search: String::new(),
            masked: true,
            found: None,
            chosen: BTreeMap::new(),
            marked: None,
            in_list: false,
            settled: false,
            hits: None,
        }
    }

    /// Takes over what a person said before the file was read in another way.
    pub fn go_on_from(&mut self, before: &Self) {
        self.masked = before.masked;
        if before.settled {
            self.set_target(before.target);
        }
    }

    /// Reads another column; what was chosen of the one before is let go.
    pub fn set_column(&mut self, column: usize, journey: &Journey) {
        self.wanted.column = column;
        self.chosen.clear();
        let name = self.texts.iter().find(|(place, _)| *place == column).map(|(_, name)| name.as_str());
        if !self.settled {
            self.target = name.and_then(|name| target_of(journey, name)).unwrap_or(self.journey.into());
        }
    }

    /// Lets the quotes speak of another element.
    pub fn set_target(&mut self, target: Id) {
        self.target = target;
        self.settled = true;
    }

    /// Takes what was read, where it is what is wanted now.
    pub fn take(&mut self, wanted: &Wanted, found: Comments) {
        if *wanted == self.wanted {
            self.found = Some(found);
            self.hits = None;
        }
    }

    /// The places of the comments that the search finds.
    pub fn hits(&mut self) -> &[usize] {
        let known = self.hits.as_ref().is_some_and(|(search, _)| *search == self.search);
        if !known {
            let search = Search::new(&self.search);
            let list = self.found.as_ref().map_or(&[][..], |found| &found.list);
            let hits = list.iter().enumerate().filter(|(_, comment)| search.finds(&comment.text));
            self.hits = Some((self.search.clone(), hits.map(|(place, _)| place).collect()));
        }
        self.hits.as_ref().map_or(&[], |(_, hits)| hits)
    }

    /// Chooses a comment, or no longer.
    pub fn toggle(&mut self, comment: &Comment) {
        if self.chosen.remove(&comment.line).is_none() {
            self.chosen.insert(comment.line, comment.clone());
        }
    }

    /// Whether there is something to keep.
    pub fn is_ready(&self) -> bool {
        self.found.is_some() && !self.chosen.is_empty()
    }

    /// What is kept, in the order of the file.
    pub fn quotes(&self) -> Vec<String> {
        self.chosen.values().map(|comment| comment.shown(self.masked).to_owned()).collect()
    }

    /// Whether the file holds comments that the search did not look at.
    pub fn has_more(&self) -> bool {
        let more = self.found.as_ref().is_some_and(|found| found.total > found.list.len() as u64);
        more && !self.search.trim().is_empty() && self.search != self.wanted.words
    }

    /// The elements that quotes can speak of, with their titles: touchpoints, stages, the journey.
    pub fn targets(journey: &Journey, lang: Lang) -> Vec<(Id, String)> {
        let of = |role| ImportForm::targets(role, journey).into_iter();
        let stage = Kind::Stage.word().text(lang);
        let touchpoints = of(ColumnRole::Touchpoint).filter_map(|(id, title)| Some((id?, title)));
        let stages =
            of(ColumnRole::Stage).filter_map(|(id, title)| Some((id?, format!("{title} · {stage}"))));
        let whole = (journey.info().id.into(), Msg::QuotesJourney.text(lang).to_owned());
        touchpoints.chain(stages).chain([whole]).collect()
    }
}

/// The answers worth seeing beside comments: those about the same element, else about the journey, else the first.
fn score_of(columns: &[Column], scores: &[(usize, String)], target: Id) -> Option<usize> {
    let of = |fits: &dyn Fn(&Column) -> bool| {
        scores.iter().map(|(place, _)| *place).find(|place| columns.get(*place).is_some_and(fits))
    };
    let journey = |column: &Column| column.rule.role == ColumnRole::Journey;
    of(&|column| column.target == Some(target)).or_else(|| of(&journey)).or_else(|| of(&|_| true))
}
