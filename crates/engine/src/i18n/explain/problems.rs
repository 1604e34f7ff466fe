//! Findings of a project's check, and the reasons why a change does not fit a project.

use super::Explain;
use crate::edit::ApplyError;
use crate::i18n::{Lang, Msg, format_figure};
use crate::model::PutError;
use crate::model::check::{Code, Problem};

/// Returns the message about a problem of the field of that name, with advice if there is any.
pub fn explain_problem(problem: &Problem, field: &str, lang: Lang) -> String {
    let message = match problem.code {
        Code::MissingReference => Msg::ProblemMissingReference,
        Code::ForeignJourney => Msg::ProblemForeignJourney,
        Code::FlowEnds => Msg::ProblemFlowEnds,
        Code::LinkEnds => Msg::ProblemLinkEnds,
        Code::OutOfRange => Msg::ProblemOutOfRange,
        Code::NoTitle => Msg::ProblemNoTitle,
        Code::Unplaced => Msg::ProblemUnplaced,
        Code::WrongLane => Msg::ProblemWrongLane,
        Code::NoCardLane => Msg::ProblemNoCardLane,
        Code::SharesExceedWhole => Msg::ProblemShares,
        Code::NoSeverity => Msg::ProblemNoSeverity,
    };
    let share = match problem.code {
        Code::SharesExceedWhole => problem.found.parse().ok().map(format_excess_shares),
        _ => None,
    };
    message.text_with(lang, &[("field", &field), ("found", share.as_ref().unwrap_or(&problem.found))])
}

/// Formats the sum of shares that [`excess_shares`](crate::model::check::excess_shares) returns.
pub fn format_excess_shares(percent: f64) -> String {
    format!("{} %", format_figure(percent, 1))
}

impl Explain for ApplyError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Put(error) => error.explain(lang),
            Self::Stale { id, field } => Msg::ApplyStale.text_with(lang, &[("id", id), ("field", field)]),
            Self::Changed(id) => Msg::ApplyChanged.text_with(lang, &[("id", id)]),
            Self::Unfit { id, field } => Msg::ApplyUnfit.text_with(lang, &[("id", id), ("field", field)]),
        }
    }
}

impl Explain for PutError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Exists(id) => Msg::ApplyExists.text_with(lang, &[("id", id)]),
            Self::NoJourney { record, journey } => {
                Msg::ApplyNoJourney.text_with(lang, &[("id", record), ("journey", journey)])
            }
            Self::Missing(id) => Msg::ApplyMissing.text_with(lang, &[("id", id)]),
            Self::Held(id) => Msg::ApplyHeld.text_with(lang, &[("id", id)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{IdSource, StageId};
    use crate::model::Stage;

    #[test]
    fn english_words_are_those_of_the_error() {
        let source = &mut IdSource::from_seed(3);
        let id = StageId::new(source).into();
        let journey = crate::id::JourneyId::new(source);
        let of_put = [
            PutError::Exists(id),
            PutError::NoJourney { record: id, journey },
            PutError::Missing(id),
            PutError::Held(id),
        ];
        let of_apply = [
            ApplyError::Stale { id, field: Stage::TITLE.into() },
            ApplyError::Unfit { id, field: Stage::TITLE.into() },
        ];
        for error in of_put.map(ApplyError::from).into_iter().chain(of_apply) {
            assert_eq!(error.explain(Lang::En), error.to_string());
        }
    }

    #[test]
    fn a_sum_of_shares_is_told_in_percent() {
        let problem = Problem {
            severity: Code::SharesExceedWhole.severity(),
            code: Code::SharesExceedWhole,
            element: StageId::new(&mut IdSource::from_seed(3)).into(),
            field: None,
            found: 110.5.to_string(),
        };
        let told = explain_problem(&problem, "", Lang::En);
        assert!(told.contains("add up to 110.5 %, more than 100 %"), "{told}");
    }
}
