//! Classifies a column as answers, groups, dates, weights, comments, or personal data; by its header, its
//! cells, and the columns it belongs to.

use super::dates::date_column;
use super::groups::text_column;
use super::known_questions::{is_known_as, known_column};
use super::ratings::rating_column;
use super::{ColumnReason, ProposedColumn};
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Question};
use crate::survey::amount::read_amount;
use crate::survey::battery::Batteries;
use crate::survey::cell::parse_number;
use crate::survey::header_text::HeaderText;
use crate::survey::outcome::read_two_values;
use crate::survey::personal::{has_personal_cells, is_identifier, is_of_tool, is_personal, is_trait};
use crate::survey::profile::{ColumnProfile, Profile};
use crate::survey::vocabulary::Topic;
use std::sync::Arc;

/// The most different texts of a column of segments.
const SEGMENTS: usize = 30;
/// The smallest share of different ids in a column of respondents.
const DIFFERENT: f64 = 0.5;

/// The context of the whole table in which its columns are classified.
pub(super) struct Context<'a> {
    pub(super) profile: &'a Profile,
    pub(super) batteries: Batteries,
    pub(super) headers: Vec<HeaderText>,
    pub(super) journey: &'a Journey,
    questions: &'a [&'a Arc<Question>],
}

impl<'a> Context<'a> {
    pub(super) fn new(
        profile: &'a Profile,
        batteries: Batteries,
        journey: &'a Journey,
        questions: &'a [&'a Arc<Question>],
    ) -> Self {
        let headers = profile.columns.iter().map(|column| HeaderText::parse(&column.name, profile.languages));
        Self { headers: headers.collect(), profile, batteries, journey, questions }
    }

    /// True if a column or one of its battery is marked as rated.
    pub(super) fn is_rated(&self, place: usize) -> bool {
        let rated = |place: &usize| self.headers.get(*place).is_some_and(HeaderText::is_rated);
        rated(&place) || self.batteries.members_of(place).iter().any(rated)
    }
}

/// Classifies a column by itself and beside the others; columns of answers are assigned to elements later.
pub(super) fn classify_column(context: &Context<'_>, place: usize) -> ProposedColumn {
    let (Some(column), Some(header)) = (context.profile.columns.get(place), context.headers.get(place))
    else {
        return ProposedColumn::new_ignored("", ColumnReason::Empty);
    };
    let ignored = |reason| ProposedColumn::new_ignored(&column.name, reason);
    if column.numbers + column.texts == 0 {
        return ignored(ColumnReason::Empty);
    }
    if let Some(question) = context.questions.iter().find(|question| is_known_as(question, &column.name)) {
        return known_column(column, context.journey, question);
    }
    if is_group_of_another(context.profile, &column.name) || is_group_of_another(context.profile, &column.id)
    {
        return ignored(ColumnReason::Group);
    }
    if let Some(found) = classify_respondent_column(context, column, header) {
        return found;
    }
    if is_weight(column, header) {
        return ProposedColumn::new_with_role(&column.name, ColumnRole::Weight, ColumnReason::Weight);
    }
    if may_be_weight(column, header) {
        let mut found = ProposedColumn::new_with_role(&column.name, ColumnRole::Weight, ColumnReason::Weight);
        found.doubts.push(super::OpenQuestion::Weights);
        return found;
    }
    if let Some(found) = date_column(column, header) {
        return found;
    }
    if holds_shares(column) && !header.is_rated() {
        return ignored(ColumnReason::Shares);
    }
    rating_column(context, place, column, header).unwrap_or_else(|| text_column(context, column, header))
}

/// Classifies ids, personal data, and columns that the survey tool writes about the answering.
fn classify_respondent_column(
    context: &Context<'_>,
    column: &ColumnProfile,
    header: &HeaderText,
) -> Option<ProposedColumn> {
    let ignored = |reason| Some(ProposedColumn::new_ignored(&column.name, reason));
    if holds_respondents(column, header) {
        return Some(ProposedColumn::new_with_role(
            &column.name,
            ColumnRole::Respondent,
            ColumnReason::Respondent,
        ));
    }
    let named = header.is_name_of(Topic::Personal)
        || (header.is_short() && header.has_topic(Topic::Personal) && !header.is_rated());
    if is_personal(column) || (named && !holds_codes(column)) || has_personal_cells(column) {
        return ignored(ColumnReason::Personal);
    }
    let two = read_two_values(&column.values, column.many, context.profile.languages).is_some();
    if header.is_name_of(Topic::PersonColumn) && column.texts > column.numbers && !two {
        return ignored(ColumnReason::Personal);
    }
    if is_identifier(column) {
        return ignored(ColumnReason::Identifier);
    }
    if is_of_tool(column) || is_status_column(column) {
        return ignored(ColumnReason::Tool);
    }
    if is_trait(column, header, SEGMENTS) {
        if !super::groups::is_covered(context, column) {
            return ignored(ColumnReason::SmallGroups);
        }
        let mut found = ProposedColumn::new_with_role(&column.name, ColumnRole::Segment, ColumnReason::Trait);
        found.rule.least = super::groups::LEAST;
        return Some(found);
    }
    None
}

/// True if a column holds the status of an answer: it only serves for row rules.
fn is_status_column(column: &ColumnProfile) -> bool {
    let is = |topic| {
        let named = |name: &str| !name.is_empty() && crate::survey::vocabulary::is_topic_text(name, topic);
        named(&column.name) || named(&column.id)
    };
    is(Topic::Finished) || is(Topic::TestMark) || (is(Topic::State) && column.texts == 0)
}

/// True if a column holds ids of answers or respondents, most of them different.
fn holds_respondents(column: &ColumnProfile, header: &HeaderText) -> bool {
    if !header.is_name_of(Topic::Respondent) {
        return false;
    }
    let Some(repeats) = column.repeats else { return false };
    let cells = repeats.ids + repeats.again;
    repeats.ids > 1
        && repeats.ids as f64 >= DIFFERENT * cells as f64
        && (column.many || !holds_codes(column) || repeats.ids > 5)
}

/// True if a column holds a few small whole numbers.
fn holds_codes(column: &ColumnProfile) -> bool {
    const CODES: usize = 10;
    let code = |value: &String| {
        parse_number(value).is_some_and(|number| number.get().fract() == 0.0 && number.get() < 100.0)
    };
    !column.many && column.values.len() <= CODES && column.values.keys().all(code)
}

fn is_weight(column: &ColumnProfile, header: &HeaderText) -> bool {
    let numbers = || column.values.keys().filter_map(|value| crate::survey::figure::read_figure(value));
    let negative = numbers().any(|figure| figure.value < 0.0);
    let usual = column.many
        || numbers().any(|figure| figure.value > 0.0 && figure.value.fract() != 0.0)
        || numbers().all(|figure| figure.value == 1.0);
    header.is_name_of(Topic::Weight)
        && !negative
        && usual
        && column.numbers > 0
        && column.numbers >= 9 * column.texts
}

/// True if a column whose name only mentions a weight holds figures around one, as weights are.
fn may_be_weight(column: &ColumnProfile, header: &HeaderText) -> bool {
    let figures = || {
        column.values.iter().filter_map(|(value, count)| {
            Some((crate::survey::figure::read_figure(value)?.value, *count as f64))
        })
    };
    let n: f64 = figures().map(|(_, count)| count).sum();
    let mean = figures().map(|(value, count)| value * count).sum::<f64>() / n.max(1.0);
    let (least, most) = figures()
        .fold((f64::INFINITY, 0.0_f64), |(least, most), (value, _)| (least.min(value), most.max(value)));
    let broken = figures().any(|(value, _)| value.fract() != 0.0);
    let around_one = broken && least > 0.0 && most <= 10.0 && (0.5..=1.6).contains(&mean);
    header.is_short()
        && header.has_topic(Topic::Weight)
        && !header.is_rated()
        && around_one
        && column.texts == 0
}

/// True if most values are percentages.
pub(super) fn holds_shares(column: &ColumnProfile) -> bool {
    let share = |value: &&String| value.ends_with(['%', '％']) && read_amount(value).is_some();
    let values = column.values.keys();
    !column.values.is_empty() && 2 * values.filter(share).count() > column.values.len()
}

/// True if a column only groups the answers of another one, as Qualtrics does for NPS: they would be counted
/// twice.
fn is_group_of_another(profile: &Profile, name: &str) -> bool {
    const GROUP: &str = "_NPS_GROUP";
    let cut = name.len().checked_sub(GROUP.len()).filter(|cut| name.is_char_boundary(*cut));
    let base = cut.map(|cut| name.split_at(cut)).filter(|(_, end)| end.eq_ignore_ascii_case(GROUP));
    let known = |base: &str| profile.columns.iter().any(|column| column.name == base || column.id == base);
    base.is_some_and(|(base, _)| known(base))
}
