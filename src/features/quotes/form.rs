//! The state of the quotes dialog: the column of comments, the chosen quotes, and their target element.

use crate::app::jobs::JobGuard;
use crate::features::import::form::ImportForm;
use engine::i18n::{Lang, Msg, Worded};
use engine::id::{Id, JourneyId, Kind};
use engine::model::recipe::ColumnRole;
use engine::model::{Journey, Project};
use engine::survey::comments::{
    Comment, CommentRequest, CommentSearch, Comments, find_target, score_columns, text_columns,
};
use engine::survey::profile::Profile;
use engine::survey::propose::{ProposedColumn, propose_columns};
use engine::survey::source::{Dialect, Input};
use std::collections::BTreeMap;

/// The answers in the quotes dialog. Only the chosen comments ever reach the project.
#[derive(Debug)]
pub struct QuoteForm {
    /// The file, and the options given for reading it.
    pub input: Input,
    /// The detected way to read the file.
    pub dialect: Dialect,
    /// The reason why the file could not be read with these options; there are no columns then.
    pub problem: Option<String>,
    /// The journey that receives the quotes.
    pub journey: JourneyId,
    /// The columns that may hold comments, each with its index and name; the likely ones first.
    pub texts: Vec<(usize, String)>,
    /// The columns of answers that can be shown beside the comments, each with its index and name.
    pub scores: Vec<(usize, String)>,
    /// The query for the comments to read.
    pub wanted: CommentRequest,
    /// The element that the quotes are about.
    pub target: Id,
    /// The search text within the comments read.
    pub search: String,
    /// True if names and addresses are masked; true by default.
    pub masked: bool,
    /// The comments, once they have been read.
    pub found: Option<Comments>,
    /// The chosen comments, by line number in the file.
    pub chosen: BTreeMap<u64, Comment>,
    /// The index of the list entry to focus next.
    pub marked: Option<usize>,
    /// True if a comment in the list has the focus.
    pub in_list: bool,
    /// The reading of comments in progress, which is cancelled with the form.
    pub(super) reading: Option<JobGuard>,
    /// True if the user chose the target element.
    settled: bool,
    /// The search text last used, and the indices of the comments it found.
    hits: Option<(String, Vec<usize>)>,
}

impl QuoteForm {
    /// Returns the form for a file; `None` if no column holds text. The quotes are about the selected
    /// element, else about the one that matches the column's name.
    pub fn new(
        input: Input,
        profile: &Profile,
        project: &Project,
        journey: JourneyId,
        selected: Option<Id>,
    ) -> Option<Self> {
        let columns = propose_columns(profile, project, journey);
        let held = project.journey(journey)?;
        let name = |place: usize| Some((place, profile.columns.get(place)?.name.clone()));
        let texts: Vec<_> = text_columns(profile, &columns).into_iter().filter_map(name).collect();
        let scores: Vec<_> = score_columns(&columns).into_iter().filter_map(name).collect();
        let fits =
            |id: &Id| matches!(id.kind(), Kind::Touchpoint | Kind::Stage) && held.record(*id).is_some();
        let selected = selected.filter(fits);
        let (column, text) = texts.first()?;
        let target = selected.or_else(|| find_target(held, text)).unwrap_or(journey.into());
        let wanted = CommentRequest {
            column: *column,
            score: score_of(&columns, &scores, target),
            words: String::new(),
        };
        let settled = selected.is_some();
        let dialect = profile.dialect.clone();
        let bare = Self::without_columns(input, dialect, journey);
        Some(Self { texts, scores, wanted, target, settled, ..bare })
    }

    /// Returns the form for a text file that could not be read, so that the user can set the options.
    pub fn for_unreadable_file(input: Input, problem: String, journey: JourneyId) -> Self {
        let dialect = Dialect::from_options(&input.options);
        Self { problem: Some(problem), ..Self::without_columns(input, dialect, journey) }
    }

    /// Returns a form without columns.
    fn without_columns(input: Input, dialect: Dialect, journey: JourneyId) -> Self {
        Self {
            input,
            dialect,
            problem: None,
            journey,
            texts: Vec::new(),
            scores: Vec::new(),
            wanted: CommentRequest { column: 0, score: None, words: String::new() },
            target: journey.into(),
            search: String::new(),
            masked: true,
            found: None,
            chosen: BTreeMap::new(),
            marked: None,
            in_list: false,
            reading: None,
            settled: false,
            hits: None,
        }
    }

    /// Keeps the user's answers after the file was read with other options.
    pub fn go_on_from(&mut self, before: &Self) {
        self.masked = before.masked;
        if before.settled {
            self.set_target(before.target);
        }
    }

    /// Switches to another column; clears the chosen comments.
    pub fn set_column(&mut self, column: usize, journey: &Journey) {
        self.wanted.column = column;
        self.chosen.clear();
        let name = self.texts.iter().find(|(place, _)| *place == column).map(|(_, name)| name.as_str());
        if !self.settled {
            self.target = name.and_then(|name| find_target(journey, name)).unwrap_or(self.journey.into());
        }
    }

    /// Sets the element that the quotes are about.
    pub fn set_target(&mut self, target: Id) {
        self.target = target;
        self.settled = true;
    }

    /// Stores the comments read, unless the query has changed since.
    pub fn store_comments(&mut self, wanted: &CommentRequest, found: Comments) {
        if *wanted == self.wanted {
            self.found = Some(found);
            self.hits = None;
        }
    }

    /// Returns the indices of the comments that match the search.
    pub fn search_hits(&mut self) -> &[usize] {
        let known = self.hits.as_ref().is_some_and(|(search, _)| *search == self.search);
        if !known {
            let search = CommentSearch::new(&self.search);
            let list = self.found.as_ref().map_or(&[][..], |found| &found.list);
            let hits = list.iter().enumerate().filter(|(_, comment)| search.is_match(&comment.text));
            self.hits = Some((self.search.clone(), hits.map(|(place, _)| place).collect()));
        }
        self.hits.as_ref().map_or(&[], |(_, hits)| hits)
    }

    /// Chooses a comment, or removes it from the chosen ones.
    pub fn toggle_comment(&mut self, comment: &Comment) {
        if self.chosen.remove(&comment.line).is_none() {
            self.chosen.insert(comment.line, comment.clone());
        }
    }

    /// True if at least one comment is chosen.
    pub fn is_ready(&self) -> bool {
        self.found.is_some() && !self.chosen.is_empty()
    }

    /// Returns the texts to keep, in the order of the file, masked if requested.
    pub fn chosen_quotes(&self) -> Vec<String> {
        self.chosen.values().map(|comment| comment.display_text(self.masked).to_owned()).collect()
    }

    /// True if the file holds comments beyond those that were read and searched.
    pub fn has_more(&self) -> bool {
        let more = self.found.as_ref().is_some_and(|found| found.total > found.list.len() as u64);
        more && !self.search.trim().is_empty() && self.search != self.wanted.words
    }

    /// Returns the elements that quotes can be about, with their titles: touchpoints, stages, the journey.
    pub fn list_targets(journey: &Journey, lang: Lang) -> Vec<(Id, String)> {
        let of = |role| ImportForm::list_targets(role, journey).into_iter();
        let stage = Kind::Stage.display_name().text(lang);
        let touchpoints = of(ColumnRole::Touchpoint).filter_map(|(id, title)| Some((id?, title)));
        let stages =
            of(ColumnRole::Stage).filter_map(|(id, title)| Some((id?, format!("{title} · {stage}"))));
        let whole = (journey.info().id.into(), Msg::QuotesJourney.text(lang).to_owned());
        touchpoints.chain(stages).chain([whole]).collect()
    }
}

/// Returns the column of answers to show beside comments: one about the same element, else about the journey,
/// else the first.
fn score_of(columns: &[ProposedColumn], scores: &[(usize, String)], target: Id) -> Option<usize> {
    let of = |fits: &dyn Fn(&ProposedColumn) -> bool| {
        scores.iter().map(|(place, _)| *place).find(|place| columns.get(*place).is_some_and(fits))
    };
    let journey = |column: &ProposedColumn| column.rule.role == ColumnRole::Journey;
    of(&|column| column.target == Some(target)).or_else(|| of(&journey)).or_else(|| of(&|_| true))
}
