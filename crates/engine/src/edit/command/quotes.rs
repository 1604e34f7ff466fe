//! Keeps customers' own words as quotes that name their source.

use super::add::key_after;
use super::draft::TransactionBuilder;
use crate::edit::op::Transaction;
use crate::id::{AboutId, EvidenceId, Id, IdSource, InsightId, JourneyId, Kind};
use crate::model::choice::InsightKind;
use crate::model::{About, Evidence, Insight, Journey, Project};
use crate::order::OrderKey;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The source of the quotes of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteSource {
    /// The file's name.
    pub file: String,
    /// The day the file was imported, or else read.
    pub date: Date,
    /// The number of its rows.
    pub rows: u64,
}

/// Adds quotes in their order, about a touchpoint, stage or step; quotes about the journey as a whole get no
/// link. All cite one source, which is added if the project has none with this name and day. A quote with the
/// same text about the same element, from a file of the same name, is not kept a second time.
pub fn keep_quotes(
    project: &Project,
    journey: JourneyId,
    about: Id,
    quotes: &[String],
    from: &QuoteSource,
    source: &mut IdSource,
) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    let Some(held) = project.journey(journey) else { return draft.finish() };
    let kept = known_quotes(project, held, about, &from.file);
    let fresh: Vec<_> = quotes.iter().filter(|quote| !kept.contains(quote.as_str())).collect();
    if fresh.is_empty() {
        return draft.finish();
    }
    let evidence = find_or_add_evidence(&mut draft, from);
    let mut key = key_after(held.insights(), None, draft.source);
    for quote in fresh {
        let mut insight =
            Insight::new(InsightId::new(draft.source), journey, key.clone(), InsightKind::Quote);
        insight.title.clone_from(quote);
        insight.evidence.insert(evidence);
        let id = insight.id;
        draft.insert(insight);
        if about.kind() != Kind::Journey {
            let link = About::new(AboutId::new(draft.source), journey, id.into(), about);
            draft.insert(link);
        }
        key = OrderKey::new_after(Some(&key), draft.source);
    }
    draft.finish()
}

/// Returns the quotes about an element that the project already has from a file of this name.
fn known_quotes<'a>(project: &'a Project, held: &'a Journey, about: Id, file: &str) -> BTreeSet<&'a str> {
    let from_file = |id| project.evidence().get(id).is_some_and(|known| known.source == file);
    let of_it = |insight: &Insight| match about.kind() {
        Kind::Journey => held.speaks_of(insight.id.into()).is_empty(),
        _ => held.speaks_of(insight.id.into()).contains(&about),
    };
    let quotes = held.insights().values().filter(|insight| insight.kind == InsightKind::Quote);
    let same = quotes.filter(|quote| quote.evidence.iter().any(from_file) && of_it(quote));
    same.map(|quote| quote.title.as_str()).collect()
}

fn find_or_add_evidence(draft: &mut TransactionBuilder<'_>, from: &QuoteSource) -> EvidenceId {
    let same = |known: &Evidence| known.source == from.file && known.date == Some(from.date);
    if let Some(known) = draft.project().evidence().values().find(|known| same(known)) {
        return known.id;
    }
    let id = EvidenceId::new(draft.source);
    let key = key_after(&draft.project().evidence().clone(), None, draft.source);
    let mut made = Evidence::new(id, key);
    made.source.clone_from(&from.file);
    (made.date, made.n) = (Some(from.date), Some(from.rows));
    draft.insert(made);
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::{add_stage, new_project};
    use crate::edit::{History, apply_all};
    use crate::model::check::find_problems;
    use crate::model::records_in_order;

    #[test]
    fn quotes_stand_in_order_name_their_source_once_and_go_in_one_step() {
        let mut source = IdSource::from_seed(8);
        let mut project = new_project("Trip", &mut source);
        let journey = project.journeys_in_order()[0].info().id;
        let (added, stage) = add_stage(&project, journey, None, "Fly", &mut source);
        apply_all(&mut project, &added).unwrap();
        let from =
            QuoteSource { file: "may.csv".to_owned(), date: jiff::civil::date(2026, 5, 31), rows: 412 };
        let quotes = ["Late", "Kind crew"].map(str::to_owned);
        let before = project.clone();
        let mut history = History::default();
        let step = keep_quotes(&project, journey, stage.into(), &quotes, &from, &mut source);
        history.commit_step(&mut project, step).unwrap();
        // The same file again, about the whole journey.
        let step = keep_quotes(&project, journey, journey.into(), &quotes[..1], &from, &mut source);
        history.commit_step(&mut project, step).unwrap();
        assert_eq!(find_problems(&project), find_problems(&before));
        let [evidence] = records_in_order(project.evidence())[..] else { panic!("one source") };
        assert_eq!((evidence.source.as_str(), evidence.n), ("may.csv", Some(412)));
        let held = project.journey(journey).unwrap();
        let found = records_in_order(held.insights()).into_iter().map(|insight| {
            assert_eq!((insight.kind, insight.evidence.clone()), (InsightKind::Quote, [evidence.id].into()));
            (insight.title.as_str(), held.speaks_of(insight.id.into()))
        });
        let found: Vec<_> = found.collect();
        assert_eq!(
            found,
            [("Late", vec![stage.into()]), ("Kind crew", vec![stage.into()]), ("Late", vec![])]
        );
        // Chosen again a day later: known quotes stay single, new ones are added.
        let later = QuoteSource { date: jiff::civil::date(2026, 6, 1), ..from.clone() };
        let mut again = |quotes: &[String], about| {
            keep_quotes(&project, journey, about, quotes, &later, &mut source).ops.len()
        };
        assert_eq!((again(&quotes, stage.into()), again(&quotes[..1], journey.into())), (0, 0));
        assert!(again(&["Late".to_owned(), "Lost bag".to_owned()], stage.into()) > 0);
        history.undo(&mut project).unwrap();
        history.undo(&mut project).unwrap();
        assert_eq!(project.records().count(), before.records().count());
        assert!(keep_quotes(&project, journey, stage.into(), &[], &from, &mut source).is_empty());
    }
}
