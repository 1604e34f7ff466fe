//! Opens the chooser, and applies the value chosen in it to the elements.

use super::form::{ChooseForm, Chosen, selected_pains};
use crate::app::App;
use engine::edit::{Transaction, command};
use engine::id::Id;
use engine::model::value::{Atom, FieldValue};
use engine::model::{Field, Insight, Project};
use engine::theme::Icon;

/// Opens the chooser for the selected elements that have the property.
pub(crate) fn ask_chosen(app: &mut App, what: Chosen) {
    let ids = app.session.as_ref().map(|session| what.selected_ids(session)).unwrap_or_default();
    if !ids.is_empty() {
        app.dialog.open(ChooseForm { what, ids, typed: String::new() });
    }
}

/// Opens the chooser for the persona of the selected insights; without any, for the personas of the
/// selected touchpoints.
pub(crate) fn ask_persona(app: &mut App) {
    let of_insights =
        app.session.as_ref().is_some_and(|session| !Chosen::Persona.selected_ids(session).is_empty());
    ask_chosen(app, if of_insights { Chosen::Persona } else { Chosen::Personas });
}

/// Applies the chosen value, as one undo step for all elements.
pub(super) fn apply_choice(app: &mut App, value: &FieldValue) {
    let Some(form) = app.dialog.get::<ChooseForm>() else { return };
    let what = form.what;
    let ids = form.ids.clone();
    let (made, value) = make_chosen(app, what, value);
    let Some(session) = &app.session else { return };
    let project = session.project();
    let takes = what.is_several() && what.is_chosen(session, &ids, &value);
    let each = ids.iter().filter_map(|id| Some((*id, what.field_of(id.kind())?)));
    let each = each.map(|(id, field)| {
        if what.is_several() {
            toggle_value(project, (id, field), &value, takes)
        } else {
            command::set_field(project, &[id], field, &value)
        }
    });
    let transaction = each.reduce(Transaction::chain_with).unwrap_or_default();
    app.commit_transaction(made.chain_with(transaction));
    if !what.is_several() {
        app.dialog.clear();
    }
}

/// Returns the chosen value; creates the channel or persona first if the value is the name of a new one.
fn make_chosen(app: &mut App, what: Chosen, value: &FieldValue) -> (Transaction, FieldValue) {
    let plain = (Transaction::default(), value.clone());
    let (Some(session), FieldValue::Text(name)) = (&app.session, value) else { return plain };
    match what {
        Chosen::Channels => {
            let icon = Icon::Circle.name();
            let (made, id) = command::add_channel(session.project(), name, icon, &mut app.source);
            (made, id.to_value())
        }
        Chosen::Personas | Chosen::Persona => {
            let (made, id) = command::add_persona(session.project(), name, &mut app.source);
            (made, id.to_value())
        }
        Chosen::Status | Chosen::Owner => plain,
    }
}

/// Sets the severity (1 to 5) of the selected pains.
pub(crate) fn set_severity(app: &mut App, severity: u8) {
    let Some(session) = &app.session else { return };
    let pains = selected_pains(session);
    let fresh = session.fresh_pain();
    let transaction =
        command::set_field(session.project(), &pains, Insight::SEVERITY, &Some(severity).to_value());
    app.commit_transaction(transaction);
    // Another digit corrects the first.
    app.with_session(|session| session.set_fresh_pain(fresh));
}

/// Adds a value to a list or set field of an element, or removes it if `takes`.
fn toggle_value(project: &Project, (id, field): (Id, Field), value: &FieldValue, takes: bool) -> Transaction {
    let held = project.record(id).and_then(|record| record.get(field));
    let next = match held {
        Some(FieldValue::List(mut list)) => {
            if takes {
                list.retain(|own| own != value);
            } else if !list.contains(value) {
                list.push(value.clone());
            }
            FieldValue::List(list)
        }
        Some(FieldValue::Set(mut set)) => {
            if takes {
                set.remove(value);
            } else {
                set.insert(value.clone());
            }
            FieldValue::Set(set)
        }
        _ => return Transaction::default(),
    };
    command::set_field(project, &[id], field, &next)
}
