//! Proposes what each column of a table is, with the reason: the user decides.

use super::cell::fold;
use super::names::{ALIKE, Name, SAME, Weights, words};
use super::profile::{ColumnProfile, Profile};
use super::scale::{Scale, guess, is_no_answer, outcome_words};
use crate::id::{Id, JourneyId, Kind};
use crate::model::choice::Direction;
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Journey, Project, Question, sorted};
use std::collections::BTreeSet;
use std::sync::Arc;

/// More different texts than this make no segments.
const SEGMENTS: usize = 30;
/// Texts longer than this on average are comments.
const COMMENT: u64 = 40;
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
const EFFORT: &[&str] =
    &["effort", "ease", "easy", "difficult", "difficulty", "hard", "费力", "容易", "困难", "轻松"];
const IDENTIFIER: &[&str] = &["id", "number", "no", "key", "uuid", "index", "编号", "序号"];
const PERSONAL: &[&str] = &[
    "email",
    "mail",
    "phone",
    "mobile",
    "telephone",
    "address",
    "ip",
    "postcode",
    "zip",
    "surname",
    "firstname",
    "lastname",
    "birthday",
    "birthdate",
    "邮箱",
    "电话",
    "手机",
    "地址",
    "姓名",
];

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
    let mut columns: Vec<Column> =
        profile.columns.iter().map(|column| classify(column, journey, &questions)).collect();
    match_names(&mut columns, journey);
    if journey.touchpoints().is_empty() {
        as_touchpoints(&mut columns);
    }
    columns
}

/// Lays a saved mapping over a proposal: columns it knows are read as it says. Returns the names it knows that the
/// table does not have.
pub fn follow(columns: &mut [Column], rules: &[ColumnRule], journey: &Journey) -> Vec<String> {
    let mut absent = Vec::new();
    for rule in rules {
        match columns.iter_mut().find(|column| column.rule.column == rule.column) {
            None => absent.push(rule.column.clone()),
            Some(column) => {
                let target = resolve(journey, rule.role, &rule.target);
                let sure = target.is_some() || rule.role != ColumnRole::Stage;
                *column =
                    Column { rule: rule.clone(), target, reason: Reason::Chosen, sure, doubts: Vec::new() };
            }
        }
    }
    absent
}

/// Makes new touchpoints of the columns whose answers found none.
pub fn as_touchpoints(columns: &mut [Column]) {
    for column in columns.iter_mut().filter(|column| column.reason == Reason::SmallNumbers) {
        column.rule.role = ColumnRole::Touchpoint;
        column.rule.target.clone_from(&column.rule.column);
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

/// What a column is by itself; columns of answers still look for their element.
fn classify(column: &ColumnProfile, journey: &Journey, questions: &[&Arc<Question>]) -> Column {
    let ignored = |reason| Column::ignored(&column.name, reason);
    let words = words(&column.name);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if column.numbers + column.texts == 0 {
        return ignored(Reason::Empty);
    }
    if let Some(question) = questions.iter().find(|question| knows(question, &column.name)) {
        return known(column, journey, question);
    }
    if any(PERSONAL) || column.examples.iter().any(|example| example.contains('@')) {
        return ignored(Reason::Personal);
    }
    if any(IDENTIFIER) && (column.many || column.values.values().all(|count| *count == 1)) {
        return ignored(Reason::Identifier);
    }
    if let Some(scale) = guess(column, any(RECOMMEND)) {
        return answers(column, scale, any(EFFORT));
    }
    if let Some(coded) = outcome_words(column).filter(|_| any(OUTCOME)) {
        let mut found = ignored(Reason::SmallNumbers);
        (found.rule.low, found.rule.high, found.rule.words) = (0.0, 1.0, coded);
        return found;
    }
    if column.examples.iter().all(|example| is_date(example)) {
        return ignored(Reason::Date);
    }
    match texts(column) {
        Some(Reason::FewTexts) => {
            let mut found = ignored(Reason::FewTexts);
            found.rule.role = ColumnRole::Segment;
            found
        }
        other => ignored(other.unwrap_or(Reason::ManyValues)),
    }
}

fn knows(question: &Question, column: &str) -> bool {
    let wanted = fold(column);
    fold(&question.text) == wanted || question.aliases.iter().any(|alias| fold(alias) == wanted)
}

fn known(column: &ColumnProfile, journey: &Journey, question: &Question) -> Column {
    let Some(target) = question.target else { return Column::ignored(&column.name, Reason::Empty) };
    let missing = question.missing.iter().cloned();
    let seen = column.values.keys().filter(|value| is_no_answer(value)).cloned();
    let rule = ColumnRule {
        column: column.name.clone(),
        role: role_of(target),
        target: title_of(journey, target),
        low: question.low,
        high: question.high,
        direction: question.direction,
        words: question.words.clone(),
        missing: missing.chain(seen).collect(),
        ..ColumnRule::ignore("")
    };
    Column { rule, target: Some(target), reason: Reason::Alias, sure: true, doubts: Vec::new() }
}

fn role_of(target: Id) -> ColumnRole {
    match target.kind() {
        Kind::Touchpoint => ColumnRole::Touchpoint,
        Kind::Stage => ColumnRole::Stage,
        _ => ColumnRole::Journey,
    }
}

fn answers(column: &ColumnProfile, scale: Scale, effort: bool) -> Column {
    let mut found = Column::ignored(&column.name, Reason::SmallNumbers);
    (found.rule.low, found.rule.high, found.rule.missing) = (scale.low, scale.high, scale.missing);
    found.rule.direction = Direction::HighIsGood;
    found.doubts.extend(scale.zero_unclear.then_some(Doubt::Zero));
    found.doubts.extend(effort.then_some(Doubt::Direction));
    found.doubts.extend((scale.off > 0).then_some(Doubt::OffScale(scale.off)));
    found
}

/// What a column of texts is: segments, comments, or too many values.
fn texts(column: &ColumnProfile) -> Option<Reason> {
    let few = !column.many && (2..=SEGMENTS).contains(&column.values.len());
    let length = column.text_bytes.checked_div(column.texts).unwrap_or(0);
    if column.texts <= column.numbers {
        None
    } else if few && length <= COMMENT {
        Some(Reason::FewTexts)
    } else if length > COMMENT {
        Some(Reason::Comment)
    } else {
        None
    }
}

/// Dates as tools write them: three numbers apart by `-`, `/` or `.`, a time after them or not.
fn is_date(text: &str) -> bool {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> =
        day.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    parts.len() == 3 && parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Gives columns of answers the elements whose names they bear, the most alike first and each element once.
fn match_names(columns: &mut [Column], journey: &Journey) {
    let touchpoints = sorted(journey.touchpoints().values()).into_iter().map(|t| (Id::from(t.id), &t.title));
    let stages = journey.stages_in_order().into_iter().map(|s| (Id::from(s.id), &s.title));
    let mut free: Vec<(Id, Name)> =
        touchpoints.chain(stages).map(|(id, title)| (id, Name::new(title))).collect();
    let taken: BTreeSet<Id> = columns.iter().filter_map(|column| column.target).collect();
    free.retain(|(id, _)| !taken.contains(id));
    let open = |column: &Column| column.reason == Reason::SmallNumbers;
    let names: Vec<(usize, Name)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| open(column))
        .map(|(place, column)| (place, Name::new(&column.rule.column)))
        .collect();
    let weights = Weights::of(names.iter().map(|(_, name)| name).chain(free.iter().map(|(_, name)| name)));
    for (place, target, likeness) in best_pairs(&names, &free, &weights) {
        let Some(column) = columns.get_mut(place) else { continue };
        column.reason = if likeness >= SAME { Reason::Name } else { Reason::Similar };
        column.sure = likeness >= SAME;
        column.rule.role = role_of(target);
        column.rule.target = title_of(journey, target);
        column.target = Some(target);
    }
    for column in columns.iter_mut().filter(|column| open(column)) {
        if speaks_of_all(&column.rule.column) {
            column.reason = Reason::Outcome;
            column.rule.role = ColumnRole::Journey;
            column.rule.target.clone_from(&journey.info().title);
            column.target = Some(journey.info().id.into());
        }
    }
}

fn best_pairs(names: &[(usize, Name)], targets: &[(Id, Name)], weights: &Weights) -> Vec<(usize, Id, f64)> {
    let mut pairs: Vec<(f64, usize, Id)> = Vec::new();
    for (place, name) in names {
        let alike = targets.iter().map(|(id, target)| (weights.likeness(name, target), *place, *id));
        pairs.extend(alike.filter(|(likeness, ..)| *likeness >= ALIKE));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut places, mut ids) = (BTreeSet::new(), BTreeSet::new());
    let mut best = Vec::new();
    for (likeness, place, id) in pairs {
        if !places.contains(&place) && !ids.contains(&id) {
            places.insert(place);
            ids.insert(id);
            best.push((place, id, likeness));
        }
    }
    best
}

fn speaks_of_all(name: &str) -> bool {
    let words = words(name);
    words.iter().any(|word| RECOMMEND.contains(&word.as_str()))
        || Name::new(name).words().iter().all(|word| OUTCOME.contains(&word.as_str()))
}

#[cfg(test)]
#[path = "propose_tests.rs"]
mod tests;
