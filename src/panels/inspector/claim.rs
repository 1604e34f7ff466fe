//! The evidence of a claim: its sources, or that it is an assumption.

use crate::app::desk::{EditContext, Reading};
use crate::app::request::AppRequest;
use crate::panels::fields::{Spec, edit_field, flag_row, pick_option};
use crate::panels::widgets::{LineAct, labelled_row, removable_link};
use egui::Ui;
use engine::edit::command;
use engine::i18n::Msg;
use engine::id::{EvidenceId, Id};
use engine::model::value::Atom;
use engine::model::{Evidence, FieldOf, Typed, records_in_order};
use std::collections::BTreeSet;

pub(super) fn show<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    evidence_field: FieldOf<R, BTreeSet<EvidenceId>>,
    assumption: FieldOf<R, bool>,
) {
    let id = record.record_id();
    let evidence = evidence_field.get(record);
    let theme = desk.theme;
    let project = desk.project();
    let mut wanted = evidence.clone();
    for (place, source) in evidence.iter().filter_map(|id| project.evidence().get(id)).enumerate() {
        let label = if place == 0 { desk.text(Msg::Evidence) } else { "" };
        let remove = Msg::RemoveNamed.text_with(desk.lang, &[("name", &source.source)]);
        if is_being_named(desk, source.id.into()) {
            let spec = Spec { names: true, ..Spec::new(source.id.into(), Evidence::SOURCE, Reading::Text) };
            labelled_row(ui, theme, label, |ui| edit_field(ui, desk, spec, &source.source));
            continue;
        }
        let act = labelled_row(ui, theme, label, |ui| removable_link(ui, theme, &source.source, &remove));
        match act {
            Some(LineAct::Go) => desk.queue_request(AppRequest::Select(vec![source.id.into()])),
            Some(LineAct::Remove) => {
                wanted.remove(&source.id);
            }
            None => {}
        }
    }
    let mut made = None;
    match pick_source(ui, desk, id, evidence) {
        Some(More::Known(source)) => {
            wanted.insert(source);
        }
        Some(More::New) => {
            let (added, source) = command::add_evidence(project, desk.text(Msg::NewSource), desk.source);
            wanted.insert(source);
            made = Some((added, source));
        }
        None => {}
    }
    if wanted != *evidence {
        let named = command::set_field(project, &[id], evidence_field, &wanted.to_value());
        match made {
            Some((added, source)) => {
                desk.queue_request(AppRequest::CommitAndName(added.chain_with(named), source.into()));
            }
            None => desk.request_commit(named),
        }
    }
    flag_row(ui, desk, record, assumption);
}

/// True while the name of a new source is being typed.
fn is_being_named(desk: &EditContext<'_>, source: Id) -> bool {
    desk.typing.naming == Some(source)
        || desk.typing.pending.as_ref().is_some_and(|pending| pending.id == source)
}

/// An option for adding evidence to a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
enum More {
    /// An existing source.
    Known(EvidenceId),
    /// A new source.
    New,
}

/// Shows a list of the other sources, with a new one at its end.
fn pick_source(ui: &mut Ui, desk: &EditContext<'_>, id: Id, known: &BTreeSet<EvidenceId>) -> Option<More> {
    let others =
        records_in_order(desk.project().evidence()).into_iter().filter(|source| !known.contains(&source.id));
    let others = others.map(|source| (More::Known(source.id), source.source.clone()));
    let new = (More::New, desk.text(Msg::NewSource).to_owned());
    let options: Vec<(More, String)> = others.chain([new]).collect();
    let label = if known.is_empty() { desk.text(Msg::Evidence) } else { "" };
    let name = desk.text(Msg::AddEvidence);
    let shown = desk.text(Msg::Choose);
    labelled_row(ui, desk.theme, label, |ui| {
        pick_option(ui, (id, "add evidence"), name, shown, &options, None)
    })
}
