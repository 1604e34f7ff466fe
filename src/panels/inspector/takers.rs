//! The personas that take a step, for one touchpoint or several; none named means everyone of the journey.

use crate::app::desk::EditContext;
use crate::app::request::AppRequest;
use crate::panels::fields::pick_option;
use crate::panels::widgets::{LineAct, labelled_row, removable_link};
use egui::Ui;
use engine::edit::{Transaction, command};
use engine::i18n::Msg;
use engine::id::{Id, PersonaId};
use engine::model::value::Atom;
use engine::model::{Project, Record, Touchpoint, records_in_order};
use std::collections::{BTreeMap, BTreeSet};

/// Shows the personas of touchpoints, each with the number of touchpoints that name it; adding or removing
/// one applies to all touchpoints.
pub(super) fn show(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    cards: &[Id],
    named: &BTreeMap<PersonaId, usize>,
) {
    let theme = desk.theme;
    let project = desk.project();
    let all = cards.len();
    let personas = records_in_order(project.personas());
    if personas.is_empty() {
        return;
    }
    let mut label = desk.text(Msg::Personas);
    for persona in &personas {
        let Some(n) = named.get(&persona.id) else { continue };
        let name = desk.title_of(persona.id);
        let some = [("name", &name as &dyn std::fmt::Display), ("n", n), ("all", &all)];
        let words = if *n == all { name.clone() } else { Msg::OnSome.text_with(desk.lang, &some) };
        let remove = Msg::RemoveNamed.text_with(desk.lang, &[("name", &name)]);
        match labelled_row(ui, theme, label, |ui| removable_link(ui, theme, &words, &remove)) {
            Some(LineAct::Go) => desk.queue_request(AppRequest::Select(vec![persona.id.into()])),
            Some(LineAct::Remove) => {
                let without = |own: &mut BTreeSet<PersonaId>| own.remove(&persona.id);
                desk.request_commit(change_each(project, cards, without));
            }
            None => {}
        }
        label = "";
    }
    let free = personas.iter().filter(|persona| named.get(&persona.id) != Some(&all));
    let free: Vec<_> = free.map(|persona| (persona.id, desk.title_of(persona.id))).collect();
    let name = desk.text(Msg::ChoosePersona);
    let none = desk.text(Msg::Everyone);
    let shown = if named.is_empty() { none } else { desk.text(Msg::Choose) };
    let salt = ("add persona", cards.first().copied());
    if let Some(added) = labelled_row(ui, theme, label, |ui| pick_option(ui, salt, name, shown, &free, None))
    {
        desk.request_commit(change_each(project, cards, |own| own.insert(added)));
    }
}

/// Changes the personas of each touchpoint; `change` returns true if it changed anything.
fn change_each(
    project: &Project,
    cards: &[Id],
    change: impl Fn(&mut BTreeSet<PersonaId>) -> bool,
) -> Transaction {
    cards.iter().fold(Transaction::default(), |all, id| {
        let Some(Record::Touchpoint(card)) = project.record(*id) else { return all };
        let mut personas = card.personas.clone();
        if !change(&mut personas) {
            return all;
        }
        all.chain_with(command::set_field(project, &[*id], Touchpoint::PERSONAS, &personas.to_value()))
    })
}
