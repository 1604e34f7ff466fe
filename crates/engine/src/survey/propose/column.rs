//! A mapped column: its rule, its target, the reason, and the questions still open about it.

use super::doubt::OpenQuestion;
use crate::id::Id;
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::survey::scale::ScaleSource;

/// The reason for a column's proposed role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnReason {
    /// Its question was imported under this name before.
    Alias,
    /// Its name is that of an element.
    Name,
    /// Its name is similar to that of an element.
    Similar,
    /// It is about the whole experience.
    Outcome,
    /// It holds few different texts.
    FewTexts,
    /// It holds ratings, but no element has a matching name.
    SmallNumbers,
    /// It holds small whole numbers, but nothing marks them as ratings.
    Unrated,
    /// It counts or measures something.
    Counted,
    /// It holds codes or numbers that identify something.
    Coded,
    /// It holds too many different values.
    ManyValues,
    /// It looks like an identifier.
    Identifier,
    /// It holds the ids of answers or respondents.
    Respondent,
    /// It looks like a date.
    Date,
    /// It looks like personal data.
    Personal,
    /// It looks like free text.
    Comment,
    /// It is empty.
    Empty,
    /// A person or a saved mapping set it.
    Chosen,
    /// It holds words of a known scale, but no element has a matching name.
    Words,
    /// It holds yes and no, but no element has a matching name.
    YesNo,
    /// It looks like weights.
    Weight,
    /// The survey tool writes it about the answering itself.
    Tool,
    /// It holds a trait of the respondents.
    Trait,
    /// It groups the answers of another column, which would be counted twice.
    Group,
    /// The table is aggregated: the column holds names of rows, or numbers or shares of respondents.
    Aggregated,
    /// It is a row of an aggregated table, but no element has a matching name.
    Row,
    /// It holds multiple choices per cell.
    Choices,
    /// It holds one value or none: one of several choices, ticked or not.
    Ticked,
    /// It holds shares, but not of known answers.
    Shares,
    /// It holds texts with too many rare values for groups, which could reveal who answered.
    SmallGroups,
    /// It names the subject of each row's answer.
    LongNames,
    /// It holds the number of respondents of each row.
    Repeated,
    /// It holds averages over several respondents instead of single answers.
    Averages,
}

impl ColumnReason {
    /// True if the column holds answers that are not assigned to an element yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::SmallNumbers | Self::Words | Self::YesNo | Self::Row)
    }

    /// True if the column may hold answers about an element with its name.
    pub(super) fn may_match(self) -> bool {
        self.is_open() || self == Self::Unrated
    }

    /// True if the column's cells or an earlier import determine the scale of its answers.
    pub fn has_scale(self) -> bool {
        self.may_match()
            || matches!(self, Self::Alias | Self::Name | Self::Similar | Self::Outcome | Self::Chosen)
    }
}

/// A mapped column.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposedColumn {
    /// The rule by which it is read.
    pub rule: ColumnRule,
    /// The element that its answers are about; `None` with the role of a touchpoint makes a new one.
    pub target: Option<Id>,
    /// The reason for the role.
    pub reason: ColumnReason,
    /// The source of the scale's ends.
    pub source: ScaleSource,
    /// True if there is hardly a doubt about the element.
    pub sure: bool,
    /// The questions and notices for a person.
    pub doubts: Vec<OpenQuestion>,
}

impl ProposedColumn {
    /// True if the column's answers are read.
    pub fn is_question(&self) -> bool {
        matches!(self.rule.role, ColumnRole::Touchpoint | ColumnRole::Stage | ColumnRole::Journey)
    }

    /// Returns the subject of its answers: the column's name, or in a table of one answer per row the name in
    /// its rows.
    pub fn question_name(&self) -> &str {
        if self.rule.name.is_empty() { &self.rule.column } else { &self.rule.name }
    }

    /// Returns the questions that must be answered before an import; none of a column that is not read.
    pub fn blocking_doubts(&self) -> impl Iterator<Item = OpenQuestion> {
        let read = |doubt: &OpenQuestion| match doubt {
            OpenQuestion::Order | OpenQuestion::SameRows(_) => self.rule.role == ColumnRole::Date,
            OpenQuestion::Renamed => self.rule.role != ColumnRole::Ignore,
            OpenQuestion::Unit => matches!(self.rule.role, ColumnRole::AnswerCount | ColumnRole::AnswerShare),
            OpenQuestion::Weights => true,
            OpenQuestion::Repeats(_) => self.rule.role == ColumnRole::Respondent,
            _ => self.is_question(),
        };
        self.doubts.iter().copied().filter(move |doubt| doubt.is_blocking() && read(doubt))
    }

    pub(super) fn new_with_role(name: &str, role: ColumnRole, reason: ColumnReason) -> Self {
        let mut column = Self::new_ignored(name, reason);
        column.rule.role = role;
        column
    }

    pub(super) fn new_ignored(name: &str, reason: ColumnReason) -> Self {
        let rule = ColumnRule::ignore_column(name);
        let source = ScaleSource::default();
        Self { rule, target: None, reason, source, sure: true, doubts: Vec::new() }
    }
}
