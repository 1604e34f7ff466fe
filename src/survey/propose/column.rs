//! One column with what it is taken for, why, and what is still to be settled about it.

use super::doubt::Doubt;
use crate::id::Id;
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::survey::scale::ScaleSource;

/// Why a column is taken for what it is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It was seen under this name before.
    Alias,
    /// Its name is that of an element.
    Name,
    /// Its name is similar to that of an element.
    Similar,
    /// It speaks of the whole experience.
    Outcome,
    /// It holds few different texts.
    FewTexts,
    /// It holds ratings, but no element has such a name.
    SmallNumbers,
    /// It holds small whole numbers, but nothing says that they are ratings.
    Unrated,
    /// It counts or measures something.
    Counted,
    /// It holds codes or numbers that name something.
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
    /// The user or a recipe said so.
    Chosen,
    /// It holds words of a known scale, but no element has such a name.
    Words,
    /// It holds yes and no, but no element has such a name.
    YesNo,
    /// It looks like weights.
    Weight,
    /// The survey tool wrote it about the answering itself.
    Tool,
    /// It says who answers.
    Trait,
    /// It groups the answers of another column, which would count twice.
    Group,
    /// The table is aggregated already: it holds names of rows, or numbers or shares of those who gave an answer.
    Aggregated,
    /// It is a row of such a table, but no element has its name.
    Row,
    /// It holds several choices in a cell.
    Choices,
    /// It holds one value or none: one choice of several was ticked or not.
    Ticked,
    /// It holds shares, but nothing says of which answers.
    Shares,
    /// It holds texts of which too many occur too seldom to be groups: they could tell who answered.
    SmallGroups,
    /// It names what each row's answer is about.
    LongNames,
    /// It says how many respondents a row stands for.
    Repeated,
    /// It holds averages of several respondents, not their answers.
    Averages,
}

impl Reason {
    /// Whether the column holds answers and still looks for its element.
    pub fn is_open(self) -> bool {
        matches!(self, Self::SmallNumbers | Self::Words | Self::YesNo | Self::Row)
    }

    /// Whether the column may hold answers about an element of its name.
    pub(super) fn may_match(self) -> bool {
        self.is_open() || self == Self::Unrated
    }

    /// Whether the column's cells or its past told on which scale its answers are.
    pub fn has_scale(self) -> bool {
        self.may_match()
            || matches!(self, Self::Alias | Self::Name | Self::Similar | Self::Outcome | Self::Chosen)
    }
}

/// One column with what it is taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// How it is read.
    pub rule: ColumnRule,
    /// The element its answers are about; none with the role of a touchpoint makes a new one.
    pub target: Option<Id>,
    /// Why.
    pub reason: Reason,
    /// What told the ends of its scale.
    pub source: ScaleSource,
    /// Whether there is hardly a doubt about the element.
    pub sure: bool,
    /// What a person should settle.
    pub doubts: Vec<Doubt>,
}

impl Column {
    /// Whether the column's answers are read.
    pub fn is_question(&self) -> bool {
        matches!(self.rule.role, ColumnRole::Touchpoint | ColumnRole::Stage | ColumnRole::Journey)
    }

    /// What is asked: the column's name, or the one that its rows bear.
    pub fn asked(&self) -> &str {
        if self.rule.name.is_empty() { &self.rule.column } else { &self.rule.name }
    }

    /// The doubts that an import must not pass over: none of a column that is not read.
    pub fn blocking(&self) -> impl Iterator<Item = Doubt> {
        let read = |doubt: &Doubt| match doubt {
            Doubt::Order | Doubt::SameRows(_) => self.rule.role == ColumnRole::Date,
            Doubt::Renamed => self.rule.role != ColumnRole::Ignore,
            Doubt::Unit => matches!(self.rule.role, ColumnRole::AnswerCount | ColumnRole::AnswerShare),
            Doubt::Weights => true,
            Doubt::Repeats(_) => self.rule.role == ColumnRole::Respondent,
            _ => self.is_question(),
        };
        self.doubts.iter().copied().filter(move |doubt| doubt.blocks() && read(doubt))
    }

    pub(super) fn of_role(name: &str, role: ColumnRole, reason: Reason) -> Self {
        let mut column = Self::ignored(name, reason);
        column.rule.role = role;
        column
    }

    pub(super) fn ignored(name: &str, reason: Reason) -> Self {
        let (rule, source) = (ColumnRule::ignore(name), ScaleSource::default());
        Self { rule, target: None, reason, source, sure: true, doubts: Vec::new() }
    }
}
