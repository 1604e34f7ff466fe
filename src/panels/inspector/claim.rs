//! The evidence of a claim: its sources, or that it is an assumption.

use crate::app::desk::{Desk, Reading};
use crate::app::request::Request;
use crate::edit::command;
use crate::i18n::Msg;
use crate::id::{EvidenceId, Id};
use crate::model::ordered;
use crate::model::value::Atom;
use crate::panels::fields::{Spec, edit, flag_row, pick};
use crate::panels::widgets::{LineAct, removable, row};
use egui::Ui;
use std::collections::BTreeSet;

pub(super) fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    evidence: &BTreeSet<EvidenceId>,
    assumption: bool,
) {
    let theme = desk.theme;
    let project = desk.project();
    let mut wanted = evidence.clone();
    for (place, source) in evidence.iter().filter_map(|id| project.evidence().get(id)).enumerate() {
        let label = if place == 0 { desk.text(Msg::Evidence) } else { "" };
        let remove = Msg::RemoveNamed.with(desk.lang, &[("name", &source.source)]);
        if is_being_named(desk, source.id.into()) {
            let spec =
                Spec { names: true, ..Spec::new(source.id.into(), "source", Msg::Source, Reading::Text) };
            row(ui, theme, label, |ui| edit(ui, desk, spec, &source.source));
            continue;
        }
        let act = row(ui, theme, label, |ui| removable(ui, theme, &source.source, &remove));
        match act {
            Some(LineAct::Go) => desk.ask(Request::Select(vec![source.id.into()])),
            Some(LineAct::Remove) => {
                wanted.remove(&source.id);
            }
            None => {}
        }
    }
    let mut made = None;
    match more(ui, desk, id, evidence) {
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
        let named = command::set_field(project, &[id], "evidence", &wanted.to_value());
        match made {
            Some((added, source)) => desk.ask(Request::CommitAndName(added.then(named), source.into())),
            None => desk.commit(named),
        }
    }
    flag_row(ui, desk, id, "assumption", Msg::AsAssumption, assumption);
}

/// True while the name of a new source is being typed.
fn is_being_named(desk: &Desk<'_>, source: Id) -> bool {
    *desk.naming == Some(source) || desk.pending.as_ref().is_some_and(|pending| pending.id == source)
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
fn more(ui: &mut Ui, desk: &Desk<'_>, id: Id, known: &BTreeSet<EvidenceId>) -> Option<More> {
    let others = ordered(desk.project().evidence()).into_iter().filter(|source| !known.contains(&source.id));
    let others = others.map(|source| (More::Known(source.id), source.source.clone()));
    let new = (More::New, desk.text(Msg::NewSource).to_owned());
    let options: Vec<(More, String)> = others.chain([new]).collect();
    let label = if known.is_empty() { desk.text(Msg::Evidence) } else { "" };
    let name = desk.text(Msg::AddEvidence);
    let shown = desk.text(Msg::Choose);
    row(ui, desk.theme, label, |ui| pick(ui, (id, "add evidence"), name, shown, &options, None))
}
