//! Links elements and attaches insights, improvements and texts to them.

use super::add::key_after;
use super::draft::TransactionBuilder;
use crate::edit::op::Transaction;
use crate::id::{
    AboutId, AnswerId, CellId, FlowId, Id, IdSource, ImprovementId, InsightId, JourneyId, Kind, LaneId,
};
use crate::model::choice::{ImprovementKind, InsightKind};
use crate::model::{About, Answer, Cell, Flow, Improvement, Insight, Project, Record, home_journey};

/// Adds a flow between two touchpoints or two stages of one journey; `None` if there is one already.
pub fn add_flow(project: &Project, from: Id, to: Id, source: &mut IdSource) -> Option<(Transaction, FlowId)> {
    let journey = flow_home(project, from, to)?;
    let there = project.journey(journey)?.flows_from(from).iter().any(|flow| flow.to == to);
    if there {
        return None;
    }
    let id = FlowId::new(source);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(Flow::new(id, journey, from, to));
    Some((draft.finish(), id))
}

fn flow_home(project: &Project, from: Id, to: Id) -> Option<JourneyId> {
    let kinds = (from.kind(), to.kind());
    if !matches!(kinds, (Kind::Touchpoint, Kind::Touchpoint) | (Kind::Stage, Kind::Stage)) {
        return None;
    }
    let journey = home_journey(&project.record(from)?)?;
    (home_journey(&project.record(to)?)? == journey).then_some(journey)
}

/// Adds an insight about an element of the journey; a pain starts with severity 3.
pub fn add_insight(
    project: &Project,
    journey: JourneyId,
    about: Option<Id>,
    kind: InsightKind,
    title: &str,
    source: &mut IdSource,
) -> (Transaction, InsightId) {
    let id = InsightId::new(source);
    let insights = project.journey(journey).map(|j| j.insights().clone()).unwrap_or_default();
    let mut insight = Insight::new(id, journey, key_after(&insights, None, source), kind);
    title.clone_into(&mut insight.title);
    if kind == InsightKind::Pain {
        insight.severity = Some(3);
    }
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(insight);
    if let Some(about) = about {
        let link = About::new(AboutId::new(draft.source), journey, id.into(), about);
        draft.insert(link);
    }
    (draft.finish(), id)
}

/// Adds an opportunity or solution. If `about` is a pain, need or opportunity, the new one answers it; if it
/// is a touchpoint, stage or flow, the new one is linked to it.
pub fn add_improvement(
    project: &Project,
    about: Option<Id>,
    kind: ImprovementKind,
    title: &str,
    source: &mut IdSource,
) -> (Transaction, ImprovementId) {
    let id = ImprovementId::new(source);
    let mut improvement = Improvement::new(id, key_after(project.improvements(), None, source), kind);
    title.clone_into(&mut improvement.title);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(improvement);
    let target = about.and_then(|about| Some((about, project.record(about)?)));
    if let Some((about, record)) = target {
        match (about.kind(), home_journey(&record)) {
            (Kind::Insight | Kind::Improvement, _) => {
                let answer = Answer::new(AnswerId::new(draft.source), id, about);
                draft.insert(answer);
            }
            (_, Some(journey)) => {
                let link = About::new(AboutId::new(draft.source), journey, id.into(), about);
                draft.insert(link);
            }
            (_, None) => {}
        }
    }
    (draft.finish(), id)
}

/// Records that an improvement answers a pain, need or opportunity.
pub fn add_answer(project: &Project, from: ImprovementId, to: Id, source: &mut IdSource) -> Transaction {
    let there = project.answers().values().any(|answer| answer.from == from && answer.to == to);
    let fits = matches!(to.kind(), Kind::Insight | Kind::Improvement) && Id::from(from) != to;
    let mut draft = TransactionBuilder::new(project, source);
    if fits && !there {
        let answer = Answer::new(AnswerId::new(draft.source), from, to);
        draft.insert(answer);
    }
    draft.finish()
}

/// Sets the text of a lane under a step or stage; an empty text deletes the cell.
pub fn set_cell(project: &Project, lane: LaneId, at: Id, text: &str, source: &mut IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    let Some(journey) = project.journey_of(lane.into()).cloned() else {
        return draft.finish();
    };
    let found = journey.cells().values().find(|cell| cell.lane == lane && cell.at == at);
    match found {
        Some(cell) if text.is_empty() => draft.remove(cell.id),
        Some(cell) => draft.change_record::<Cell>(cell.id, |cell| text.clone_into(&mut cell.text)),
        None if text.is_empty() => {}
        None => {
            let mut cell = Cell::new(CellId::new(draft.source), journey.info().id, lane, at);
            text.clone_into(&mut cell.text);
            draft.insert(cell);
        }
    }
    draft.finish()
}

/// Makes insights and improvements refer to `to` instead of their present target in its journey, or in
/// addition if `also` is true. If `to` is an insight or improvement, they answer it.
pub fn speak_of(project: &Project, ids: &[Id], to: Id, also: bool, source: &mut IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    for id in ids.iter().copied().filter(|id| *id != to) {
        match (to.kind(), id.to_typed::<ImprovementId>()) {
            (Kind::Insight | Kind::Improvement, Some(from)) => answer_instead(&mut draft, from, to, also),
            (Kind::Touchpoint | Kind::Stage | Kind::Step | Kind::Flow, _) => {
                about_instead(&mut draft, id, to, also);
            }
            _ => {}
        }
    }
    draft.finish()
}

fn about_instead(draft: &mut TransactionBuilder<'_>, from: Id, to: Id, also: bool) {
    let Some(journey) = draft.project().journey_of(to).cloned() else { return };
    let known: Vec<_> = journey.abouts().values().filter(|about| about.from == from).collect();
    let same = known.iter().find(|about| about.to == to);
    let kept = same.or(if also { None } else { known.first() }).map(|about| about.id);
    if let Some(kept) = kept {
        draft.change_record::<About>(kept, |about| about.to = to);
    } else {
        let link = About::new(AboutId::new(draft.source), journey.info().id, from, to);
        draft.insert(link);
    }
    for other in known.iter().filter(|about| !also && Some(about.id) != kept) {
        draft.remove(other.id);
    }
}

fn answer_instead(draft: &mut TransactionBuilder<'_>, from: ImprovementId, to: Id, also: bool) {
    if !can_answer(draft.project(), from, to) {
        return;
    }
    let answers = draft.project().answers().clone();
    let known: Vec<_> = answers.values().filter(|answer| answer.from == from).collect();
    let same = known.iter().find(|answer| answer.to == to);
    let kept = same.or(if also { None } else { known.first() }).map(|answer| answer.id);
    if let Some(kept) = kept {
        draft.change_record::<Answer>(kept, |answer| answer.to = to);
    } else {
        let answer = Answer::new(AnswerId::new(draft.source), from, to);
        draft.insert(answer);
    }
    for other in known.iter().filter(|answer| !also && Some(answer.id) != kept) {
        draft.remove(other.id);
    }
}

/// Returns true if the improvement can answer `to`: an opportunity a pain or need, a solution an opportunity.
pub fn can_answer(project: &Project, from: ImprovementId, to: Id) -> bool {
    let kind = |id: ImprovementId| project.improvements().get(&id).map(|found| found.kind);
    match (kind(from), project.record(to)) {
        (Some(ImprovementKind::Opportunity), Some(Record::Insight(insight))) => {
            matches!(insight.kind, InsightKind::Pain | InsightKind::Need)
        }
        (Some(ImprovementKind::Solution), Some(Record::Improvement(other))) => {
            other.kind == ImprovementKind::Opportunity && other.id != from
        }
        _ => false,
    }
}
