//! Proposes what each column of a table is, with the reason: the user decides.

mod aggregated;
mod classify;
mod follow;
mod long;
mod matching;

pub(super) use classify::odd_dates;
pub use follow::{Unshared, fitting, follow};
pub use long::one_answer_a_row;

use super::cell::fold;
use super::profile::{ColumnProfile, Profile};
use crate::id::{Id, JourneyId, Kind};
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Journey, Project, Question, sorted};
use aggregated::aggregated;
use classify::classify;
use jiff::civil::Date;
use matching::match_names;
use std::sync::Arc;

const OUTCOME: &[&str] = &[
    "overall",
    "journey",
    "nps",
    "recommend",
    "recommendation",
    "likelihood",
    "likely",
    "experience",
    "satisfaction",
    "satisfi",
    "satisfy",
    "总体",
    "整体",
    "推荐",
];
const RECOMMEND: &[&str] = &["nps", "recommend", "recommendation", "推荐", "netpro"];

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
    /// It holds small whole numbers, but no element has such a name.
    SmallNumbers,
    /// It holds too many different values.
    ManyValues,
    /// It looks like an identifier.
    Identifier,
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
}

impl Reason {
    /// Whether the column holds answers and still looks for its element.
    pub fn is_open(self) -> bool {
        matches!(self, Self::SmallNumbers | Self::Words | Self::Row)
    }

    /// Whether the column's cells or its past told on which scale its answers are.
    pub fn has_scale(self) -> bool {
        self.is_open()
            || matches!(self, Self::Alias | Self::Name | Self::Similar | Self::Outcome | Self::Chosen)
    }
}

/// What only a person can settle about a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// 0 may be an answer or "not applicable".
    Zero,
    /// Of an effort question, either end may be the good one.
    Direction,
    /// So many of the cells looked at are off the scale.
    OffScale(u64),
    /// This number just past the end of the scale may be a code for no answer.
    Past(u8),
    /// From this line on, answers are on another scale.
    Turn(u64),
    /// Of a date, the day or the month may come first.
    Order,
    /// The column is only like the one that the mapping names.
    Renamed,
    /// Cells of an aggregated table may be counts or shares.
    Unit,
    /// So many cells hold words that the scale does not know.
    Words(u64),
    /// So many cells name a day that cannot be, the first in this line.
    Impossible(u64, u64),
    /// So many cells name a day that lies ahead, the first in this line.
    Future(u64, u64, Date),
}

impl Doubt {
    /// Whether an import must not go on before a person has settled it.
    pub fn blocks(self) -> bool {
        !matches!(self, Self::OffScale(_) | Self::Impossible(..) | Self::Future(..))
    }

    /// Its name in recipe files; none for one that is found anew in each file.
    pub fn name(self) -> Option<String> {
        match self {
            Self::Zero => Some("zero".to_owned()),
            Self::Direction => Some("direction".to_owned()),
            Self::Past(code) => Some(format!("code {code}")),
            Self::Turn(line) => Some(format!("turn {line}")),
            Self::Order => Some("order".to_owned()),
            Self::Unit => Some("unit".to_owned()),
            Self::Renamed | Self::Words(_) | Self::OffScale(_) | Self::Impossible(..) | Self::Future(..) => {
                None
            }
        }
    }

    /// The doubt of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name.split_once(' ') {
            None if name == "zero" => Some(Self::Zero),
            None if name == "direction" => Some(Self::Direction),
            None if name == "order" => Some(Self::Order),
            None if name == "unit" => Some(Self::Unit),
            Some(("code", code)) => code.parse().ok().map(Self::Past),
            Some(("turn", line)) => line.parse().ok().map(Self::Turn),
            _ => None,
        }
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
            Doubt::Order => self.rule.role == ColumnRole::Date,
            Doubt::Renamed => self.rule.role != ColumnRole::Ignore,
            Doubt::Unit => matches!(self.rule.role, ColumnRole::AnswerCount | ColumnRole::AnswerShare),
            _ => self.is_question(),
        };
        self.doubts.iter().copied().filter(move |doubt| doubt.blocks() && read(doubt))
    }

    fn of_role(name: &str, role: ColumnRole, reason: Reason) -> Self {
        let mut column = Self::ignored(name, reason);
        column.rule.role = role;
        column
    }

    fn ignored(name: &str, reason: Reason) -> Self {
        Self { rule: ColumnRule::ignore(name), target: None, reason, sure: true, doubts: Vec::new() }
    }
}

/// Proposes a mapping of a table's columns onto a journey. On a journey without touchpoints, columns of answers
/// become new ones.
pub fn propose(profile: &Profile, project: &Project, journey: JourneyId) -> Vec<Column> {
    let Some(journey) = project.journey(journey) else { return Vec::new() };
    let questions: Vec<&Arc<Question>> =
        sorted(project.questions().values()).into_iter().filter(|q| asks_in(journey, q)).collect();
    let names = profile.columns.iter().flat_map(|column| [column.name.as_str(), column.id.as_str()]);
    let header: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let mut columns: Vec<Column> =
        profile.columns.iter().map(|column| classify(column, &header, journey, &questions)).collect();
    for (column, seen) in columns.iter_mut().zip(&profile.columns) {
        // Exports without the texts of questions have their ids for names.
        column.rule.aliases.extend(Some(&seen.id).filter(|id| !id.is_empty() && **id != seen.name).cloned());
    }
    aggregated(&mut columns, profile, journey, &questions);
    match_names(&mut columns, journey);
    if journey.touchpoints().is_empty() {
        as_touchpoints(&mut columns);
    }
    for column in columns.iter_mut().filter(|column| column.is_question() && column.rule.name.is_empty()) {
        let seen = profile.columns.iter().find(|seen| seen.name == column.rule.column);
        column.rule.driver = seen.is_some_and(|seen| is_mostly_answered(&column.rule, seen));
    }
    columns
}

/// Whether at least half of the rows looked at answer a column. Drivers are found among those who answered all of
/// them, so that one that few were asked about would leave hardly anyone.
fn is_mostly_answered(rule: &ColumnRule, seen: &ColumnProfile) -> bool {
    let coded = rule.missing.iter().filter_map(|code| seen.values.get(&fold(code))).sum::<u64>();
    let rows = seen.blank + seen.numbers + seen.texts;
    2 * (seen.blank + coded) <= rows
}

/// Makes new touchpoints of the columns whose answers found none.
pub fn as_touchpoints(columns: &mut [Column]) {
    for column in columns.iter_mut().filter(|column| column.reason.is_open()) {
        column.rule.role = ColumnRole::Touchpoint;
        column.rule.target = column.asked().to_owned();
    }
}

/// The element of a role with this title.
pub fn resolve(journey: &Journey, role: ColumnRole, title: &str) -> Option<Id> {
    let wanted = fold(title);
    let (touchpoints, stages) = (sorted(journey.touchpoints().values()), journey.stages_in_order());
    match role {
        ColumnRole::Journey => Some(journey.info().id.into()),
        ColumnRole::Touchpoint => touchpoints.iter().find(|t| fold(&t.title) == wanted).map(|t| t.id.into()),
        ColumnRole::Stage => stages.iter().find(|stage| fold(&stage.title) == wanted).map(|s| s.id.into()),
        _ => None,
    }
}

/// The title of an element that answers can be about.
pub fn title_of(journey: &Journey, target: Id) -> String {
    match target.kind() {
        Kind::Touchpoint => {
            target.to().and_then(|id| journey.touchpoints().get(&id)).map(|t| t.title.clone())
        }
        Kind::Stage => target.to().and_then(|id| journey.stages().get(&id)).map(|s| s.title.clone()),
        _ => Some(journey.info().title.clone()),
    }
    .unwrap_or_default()
}

fn asks_in(journey: &Journey, question: &Question) -> bool {
    question.target.is_some_and(|target| journey.record(target).is_some())
}

fn role_of(target: Id) -> ColumnRole {
    match target.kind() {
        Kind::Touchpoint => ColumnRole::Touchpoint,
        Kind::Stage => ColumnRole::Stage,
        _ => ColumnRole::Journey,
    }
}

#[cfg(test)]
mod tests;
