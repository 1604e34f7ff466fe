//! The ranges of numbers. Each row of `record!` whose numbers have limits names one; checks, the inspector
//! and tables go by it.

use std::ops::RangeInclusive;

/// A level, such as a severity, an importance or an effort; whole numbers.
pub const LEVEL: RangeInclusive<f64> = 1.0..=5.0;

/// A rating of a card, such as its usefulness; whole numbers.
pub const RATING: RangeInclusive<f64> = 0.0..=3.0;

/// A feeling, from very bad to very good.
pub const FEELING: RangeInclusive<f64> = -2.0..=2.0;

/// A share of a whole.
pub const SHARE: RangeInclusive<f64> = 0.0..=1.0;

/// An amount, such as a time or a number of customers.
pub const AMOUNT: RangeInclusive<f64> = 0.0..=f64::MAX;

/// An answer to a question or a score of its answers.
pub const ANSWER: RangeInclusive<f64> = -1e6..=1e6;

/// Returns the nearest number that a feeling can be.
pub fn clamp_feeling(feeling: f64) -> f64 {
    feeling.clamp(*FEELING.start(), *FEELING.end())
}

#[cfg(test)]
mod tests {
    use crate::edit::{Op, apply_op};
    use crate::model::check::{Code, find_problems};
    use crate::model::value::FieldValue;
    use crate::model::{Field, Project, Question, Record};
    use crate::store::load::load_project;
    use std::collections::BTreeSet;

    fn everything() -> Project {
        load_project(include_bytes!("../../../../tests/data/v1/everything.ron")).expect("it opens").project
    }

    /// Returns the fields whose range is exceeded once a field has this number; `None` if the field can't
    /// hold it, or holds no number that could be replaced.
    fn fields_out_of_range(
        project: &Project,
        record: &Record,
        field: Field,
        number: f64,
    ) -> Option<Vec<Field>> {
        let value = match record.get(field)? {
            FieldValue::Map(map) if map.is_empty() => return None,
            FieldValue::Map(map) => {
                FieldValue::Map(map.into_keys().map(|key| (key, FieldValue::Number(number))).collect())
            }
            _ => FieldValue::Number(number),
        };
        record.with_field(field, &value)?;
        let mut project = project.clone();
        if let Some(op) = Op::set_field(record, field, value) {
            apply_op(&mut project, &op).expect("the value fits");
        }
        let problems = find_problems(&project).into_iter();
        let own = problems.filter(|found| found.code == Code::OutOfRange && found.element == record.id());
        Some(own.filter_map(|found| found.field).collect())
    }

    #[test]
    fn a_number_outside_the_range_of_its_row_is_a_problem() {
        let project = everything();
        let mut seen = BTreeSet::new();
        for record in project.records() {
            for (field, range) in record.ranged_fields() {
                let name = record.type_name();
                let around = [range.start() - 1.0, range.end() + 1.0];
                let outside = around.into_iter().filter(|number| !range.contains(number));
                for number in outside {
                    // A byte holds no number below zero.
                    if let Some(found) = fields_out_of_range(&project, &record, field, number) {
                        assert!(found.contains(&field), "{name} {field} {number}: {found:?}");
                        seen.insert((name, field.name));
                    }
                }
            }
        }
        for wanted in [("Touchpoint", "feelings"), ("Insight", "severity"), ("Flow", "share")] {
            assert!(seen.contains(&wanted), "{wanted:?} in {seen:?}");
        }
        assert_eq!(seen.len(), 17, "{seen:?}");
    }

    #[test]
    fn the_ends_of_a_range_are_no_problem() {
        let project = everything();
        for record in project.records() {
            for (field, range) in record.ranged_fields() {
                // The ends of a question's scale also depend on each other.
                let is_scale = matches!(record, Record::Question(_)) && field != Question::BELIEF;
                if is_scale {
                    continue;
                }
                for number in [*range.start(), *range.end()] {
                    let found = fields_out_of_range(&project, &record, field, number);
                    let name = record.type_name();
                    assert!(found.iter().flatten().next().is_none(), "{name} {field} {number}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn a_scale_ends_above_its_beginning() {
        let project = everything();
        let question = project.records().find(|record| matches!(record, Record::Question(_))).expect("one");
        let high = Question::HIGH.field();
        for (number, found) in [(-1e6, vec![high]), (1e6, vec![]), (2e6, vec![high])] {
            assert_eq!(fields_out_of_range(&project, &question, high, number), Some(found), "{number}");
        }
    }
}
