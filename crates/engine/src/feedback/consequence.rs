//! The effect of an answer to an open question about a column, in figures: the score that the sampled rows
//! would give.

use super::score::{Formula, compute_score};
use crate::id::{IdSource, QuestionId};
use crate::model::Question;
use crate::model::counts::Histogram;
use crate::order::OrderKey;
use crate::survey::cell::{CellReader, CellReading};
use crate::survey::mapping::Mapping;
use crate::survey::propose::{OpenQuestion, ProposedColumn};
use crate::survey::resolve::Says;

/// The score that an answer to an open question would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AnsweredScore {
    /// The formula that the scale suggests.
    pub formula: Formula,
    /// The score under it.
    pub value: f64,
}

/// Returns the score of the first of these columns if a doubt about them were answered this way. `None` if the
/// answer makes no difference in the sampled rows.
pub fn score_if_answered(
    mapping: &Mapping,
    doubt: OpenQuestion,
    places: &[usize],
    says: Says,
) -> Option<AnsweredScore> {
    let of_rows =
        matches!(doubt, OpenQuestion::Weights | OpenQuestion::Repeats(_) | OpenQuestion::SameRows(_));
    if of_rows || matches!(doubt, OpenQuestion::Order | OpenQuestion::Unit | OpenQuestion::Renamed) {
        return None;
    }
    let place = *places.first()?;
    let mut answered = mapping.clone();
    answered.answer_question(doubt, &[place], says);
    let column = answered.column(place).filter(|column| column.is_question())?;
    let histogram = histogram_of(&answered, column)?;
    let mut source = IdSource::from_seed(0);
    let mut question = Question::new(QuestionId::new(&mut source), OrderKey::new_after(None, &mut source));
    (question.low, question.high, question.direction) =
        (column.rule.low, column.rule.high, column.rule.direction);
    let formula = Formula::suggest_for(&question);
    let value = compute_score(&histogram, &formula).value?;
    Some(AnsweredScore { formula, value })
}

/// Returns the sampled answers under a column's rule; `None` if the column has more distinct values than are
/// counted.
fn histogram_of(mapping: &Mapping, column: &ProposedColumn) -> Option<Histogram> {
    let seen = mapping.profile_of(column).filter(|seen| !seen.many)?;
    let reader = CellReader::new(&column.rule);
    let mut histogram = Histogram::default();
    for (value, count) in &seen.values {
        match reader.read(value) {
            CellReading::Answer(answer) => *histogram.answers.entry(answer).or_default() += count,
            CellReading::Missing => histogram.missing += count,
            CellReading::Rejected(_) => histogram.rejected += count,
        }
    }
    Some(histogram)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::new_project;
    use crate::model::choice::MetricKind;
    use crate::survey::profile::profile_table;
    use crate::survey::source::SurveyTable;
    use std::io::Cursor;
    use std::sync::Arc;

    #[test]
    fn an_answer_tells_the_score_it_makes() {
        let project = new_project("Trip", &mut IdSource::from_seed(2));
        let journey = project.journeys_in_order()[0].info().id;
        let text = format!("Rating of the visit\n{}", "0\n5\n4\n5\n".repeat(10));
        let profile =
            profile_table(&mut SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()).unwrap();
        let mapping = Mapping::propose_on_journey(Arc::new(profile), &project, journey, None);
        let (doubt, places) = mapping.open_questions().remove(0);
        assert_eq!(doubt, OpenQuestion::Zero);
        let told = |says| {
            let score = score_if_answered(&mapping, doubt, &places, says)?;
            Some((score.formula.kind, score.value))
        };
        assert_eq!(told(Says::NoAnswer), Some((MetricKind::Csat, 100.0)));
        assert_eq!(told(Says::Answer), Some((MetricKind::Mean, 3.5)));
    }
}
