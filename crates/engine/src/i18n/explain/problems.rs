//! Findings of a project's check.

use crate::i18n::{Lang, Msg, format_figure};
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
