//! The personas that take a step, for one touchpoint or several; none named means everyone of the journey.

use crate::app::desk::Desk;
use crate::app::request::Request;
use crate::edit::{Transaction, command};
use crate::i18n::Msg;
use crate::id::{Id, PersonaId};
use crate::model::value::Atom;
use crate::model::{Project, Record, ordered};
use crate::panels::fields::pick;
use crate::panels::widgets::{LineAct, removable, row};
use egui::Ui;
use std::collections::{BTreeMap, BTreeSet};

/// Shows the personas of touchpoints, each with the number of touchpoints that name it; adding or removing
/// one applies to all touchpoints.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, cards: &[Id], named: &BTreeMap<PersonaId, usize>) {
    let theme = desk.theme;
    let project = desk.project();
    let all = cards.len();
    let personas = ordered(project.personas());
    if personas.is_empty() {
        return;
    }
    let mut label = desk.text(Msg::Personas);
    for persona in &personas {
        let Some(n) = named.get(&persona.id) else { continue };
        let some = [("name", &persona.name as &dyn std::fmt::Display), ("n", n), ("all", &all)];
        let words = if *n == all { persona.name.clone() } else { Msg::OnSome.with(desk.lang, &some) };
        let remove = Msg::RemoveNamed.with(desk.lang, &[("name", &persona.name)]);
        match row(ui, theme, label, |ui| removable(ui, theme, &words, &remove)) {
            Some(LineAct::Go) => desk.ask(Request::Select(vec![persona.id.into()])),
            Some(LineAct::Remove) => {
                let without = |own: &mut BTreeSet<PersonaId>| own.remove(&persona.id);
                desk.commit(change_each(project, cards, without));
            }
            None => {}
        }
        label = "";
    }
    let free = personas.iter().filter(|persona| named.get(&persona.id) != Some(&all));
    let free: Vec<_> = free.map(|persona| (persona.id, persona.name.clone())).collect();
    let name = desk.text(Msg::ChoosePersona);
    let none = desk.text(Msg::Everyone);
    let shown = if named.is_empty() { none } else { desk.text(Msg::Choose) };
    let salt = ("add persona", cards.first().copied());
    if let Some(added) = row(ui, theme, label, |ui| pick(ui, salt, name, shown, &free, None)) {
        desk.commit(change_each(project, cards, |own| own.insert(added)));
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
        all.then(command::set_field(project, &[*id], "personas", &personas.to_value()))
    })
}
