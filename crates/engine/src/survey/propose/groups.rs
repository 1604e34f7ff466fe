//! Columns of texts: groups of customers, choices, comments; and texts that must not be kept.

use super::classify::Context;
use super::{ColumnReason, ProposedColumn};
use crate::model::recipe::ColumnRole;
use crate::survey::choices::find_choices;
use crate::survey::header_text::HeaderText;
use crate::survey::profile::ColumnProfile;
use crate::survey::scale::is_no_answer_in;
use crate::survey::vocabulary::{Topic, is_spaceless};

/// The most different texts of a column of segments.
const SEGMENTS: usize = 30;
/// The average length in bytes above which texts are comments.
const COMMENT: u64 = 40;
/// The smallest group of answers that does not reveal who gave them.
pub(super) const LEAST: u64 = 5;
/// The average number of words above which values are free text, not names of groups.
const PHRASE: f64 = 2.0;
/// The smallest share of a column's cells that must lie in groups of sufficient size.
const COVERED: f64 = 0.9;

/// Classifies a column of texts: choices, groups, comments, or too many values.
pub(super) fn text_column(
    context: &Context<'_>,
    column: &ColumnProfile,
    header: &HeaderText,
) -> ProposedColumn {
    let ignored = |reason| ProposedColumn::new_ignored(&column.name, reason);
    let length = column.text_bytes.checked_div(column.texts).unwrap_or(0);
    let one_value = !column.many && column.values.len() == 1;
    if find_choices(column).is_some() {
        let mut found =
            ProposedColumn::new_with_role(&column.name, ColumnRole::Choices, ColumnReason::Choices);
        found.read_choices(column);
        found.rule.least = LEAST;
        return found;
    }
    if column.texts <= column.numbers {
        return ignored(if header.is_counted() { ColumnReason::Counted } else { ColumnReason::ManyValues });
    }
    if one_value && column.blank > 0 {
        return ignored(ColumnReason::Ticked);
    }
    let few = !column.many && (2..=SEGMENTS).contains(&column.values.len());
    let free = header.is_name_of(Topic::Comment)
        || (header.has_topic(Topic::Comment) && (!few || words_of(column) > PHRASE));
    if length > COMMENT || free {
        return ignored(ColumnReason::Comment);
    }
    if !few || length > COMMENT {
        return ignored(ColumnReason::ManyValues);
    }
    if !is_covered(context, column) {
        return ignored(ColumnReason::SmallGroups);
    }
    let mut found = ProposedColumn::new_with_role(&column.name, ColumnRole::Segment, ColumnReason::FewTexts);
    found.rule.least = LEAST;
    found
}

/// Returns the average number of words in the values of a column; in scripts without spaces, three letters
/// count as a word.
fn words_of(column: &ColumnProfile) -> f64 {
    let words = |value: &String| {
        let spaceless = value.chars().filter(|letter| is_spaceless(*letter)).count();
        value.split_whitespace().count() as f64 + spaceless as f64 / 3.0
    };
    column.values.keys().map(words).sum::<f64>() / column.values.len().max(1) as f64
}

/// True if nearly all cells lie in groups large enough not to reveal who answered.
pub(super) fn is_covered(context: &Context<'_>, column: &ColumnProfile) -> bool {
    let given = column.values.iter().filter(|(value, _)| !is_no_answer_in(value, context.profile.languages));
    let mut all = 0;
    let mut large = 0;
    for (_, count) in given {
        all += count;
        large += if *count >= LEAST { *count } else { 0 };
    }
    !column.many && all > 0 && large as f64 >= COVERED * all as f64
}
