//! The effect of an answer to an open question about a column, in figures: the score that the sampled rows
//! would give.

use super::figure_of;
use super::score::{Formula, score};
use crate::i18n::Lang;
use crate::id::{QuestionId, Source};
use crate::model::counts::Histogram;
use crate::model::{Question, Worded};
use crate::order::OrderKey;
use crate::survey::cell::{Cell, CellReader};
use crate::survey::mapping::Mapping;
use crate::survey::propose::{Column, Doubt};
use crate::survey::settle::Says;

/// Returns the score of the first of these columns if a doubt about them were answered this way: "NPS 27.5".
/// `None` if the answer makes no difference in the sampled rows.
pub fn consequence(
    mapping: &Mapping,
    doubt: Doubt,
    places: &[usize],
    says: Says,
    lang: Lang,
) -> Option<String> {
    let of_rows = matches!(doubt, Doubt::Weights | Doubt::Repeats(_) | Doubt::SameRows(_));
    if of_rows || matches!(doubt, Doubt::Order | Doubt::Unit | Doubt::Renamed) {
        return None;
    }
    let place = *places.first()?;
    let mut answered = mapping.clone();
    answered.answer(doubt, &[place], says);
    let column = answered.column(place).filter(|column| column.is_question())?;
    let histogram = histogram_of(&answered, column)?;
    let mut source = Source::seeded(0);
    let mut question = Question::new(QuestionId::new(&mut source), OrderKey::after(None, &mut source));
    (question.low, question.high, question.direction) =
        (column.rule.low, column.rule.high, column.rule.direction);
    let formula = Formula::suggested(&question);
    let value = score(&histogram, &formula).value?;
    Some(format!("{} {}", formula.kind.word().text(lang), figure_of(&formula, value, lang)))
}

/// Returns the sampled answers under a column's rule; `None` if the column has more distinct values than are
/// counted.
fn histogram_of(mapping: &Mapping, column: &Column) -> Option<Histogram> {
    let seen = mapping.seen(column).filter(|seen| !seen.many)?;
    let reader = CellReader::new(&column.rule);
    let mut histogram = Histogram::default();
    for (value, count) in &seen.values {
        match reader.read(value) {
            Cell::Answer(answer) => *histogram.answers.entry(answer).or_default() += count,
            Cell::Missing => histogram.missing += count,
            Cell::Rejected(_) => histogram.rejected += count,
        }
    }
    Some(histogram)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::new_project;
    use crate::survey::profile::look;
    use crate::survey::source::Table;
    use std::io::Cursor;
    use std::sync::Arc;

    #[test]
    fn an_answer_tells_the_score_it_makes() {
        let project = new_project("Trip", &mut Source::seeded(2));
        let journey = project.journeys_in_order()[0].info().id;
        let text = format!("Rating of the visit\n{}", "0\n5\n4\n5\n".repeat(10));
        let profile = look(&mut Table::new(Cursor::new(text), Arc::default()).unwrap()).unwrap();
        let mapping = Mapping::propose(Arc::new(profile), &project, journey, None);
        let (doubt, places) = mapping.open_questions().remove(0);
        assert_eq!(doubt, Doubt::Zero);
        let told = |says| consequence(&mapping, doubt, &places, says, Lang::En);
        assert_eq!(told(Says::NoAnswer).as_deref(), Some("Satisfied 100.0\u{202f}%"));
        assert_eq!(told(Says::Answer).as_deref(), Some("Mean 3.50"));
    }
}
