//! Several selected elements: the fields that they share, each with the common value or marked as mixed. A
//! change applies to all of them as one undo step.

use super::insight::persona_options;
use super::takers;
use crate::app::desk::{EditContext, Reading};
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::panels::fields::{
    Spec, edit_field, highest_level, optional_choices, pick_option, show_refusal, worded_choices,
};
use crate::panels::widgets::{
    LineAct, caption_label, draw_divider, heading_label, hint_label, labelled_row, level_picker,
    removable_link,
};
use egui::{Checkbox, Label, RichText, Slider, Ui};
use engine::edit::{Transaction, command};
use engine::i18n::{Msg, Worded, format_figure, format_signed};
use engine::id::{ChannelId, Id, Kind, PersonaId, TouchpointId};
use engine::model::choice::InsightKind;
use engine::model::range::FEELING;
use engine::model::value::{Atom, FieldValue};
use engine::model::{
    Field, FieldOf, Improvement, Insight, Persona, Project, Record, Touchpoint, records_in_order,
};
use engine::theme::size::{space, text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The kinds that can be edited together.
const KINDS: [Kind; 3] = [Kind::Touchpoint, Kind::Insight, Kind::Improvement];

/// The shared state of the selected elements, cached until they or the document change.
struct SharedValues {
    revision: u64,
    selection: BTreeSet<Id>,
    groups: Vec<SelectedKind>,
}

/// The selected elements of one kind.
struct SelectedKind {
    kind: Kind,
    ids: Vec<Id>,
    /// The common value of each field; `None` if the elements differ.
    values: BTreeMap<Field, Option<FieldValue>>,
    /// The feeling of each persona at them.
    feelings: BTreeMap<PersonaId, SharedFeeling>,
    /// The number of elements on each channel.
    channels: BTreeMap<ChannelId, usize>,
    /// The number of elements that name each persona as taking the step.
    takers: BTreeMap<PersonaId, usize>,
}

/// A persona's feeling at several touchpoints.
#[derive(Clone, Copy)]
enum SharedFeeling {
    /// The same at all of them.
    Same(f64),
    /// Not set at any of them.
    Unset,
    /// Different, or set at some of them only.
    Mixed,
}

impl SelectedKind {
    fn from_selection(project: &Project, kind: Kind, selection: &BTreeSet<Id>) -> Self {
        let ids: Vec<Id> = selection.iter().copied().filter(|id| id.kind() == kind).collect();
        let records: Vec<Record> = ids.iter().filter_map(|id| project.record(*id)).collect();
        let shared = |field: Field| {
            let first = records.first()?.get(field)?;
            records.iter().all(|record| record.get(field).as_ref() == Some(&first)).then_some(first)
        };
        let fields = records.first().map(Record::fields).unwrap_or_default();
        let values = fields.iter().map(|field| (*field, shared(*field))).collect();
        let feelings = BTreeMap::new();
        let channels = BTreeMap::new();
        let takers = BTreeMap::new();
        let mut group = Self { kind, ids, values, feelings, channels, takers };
        for record in &records {
            if let Record::Touchpoint(card) = record {
                card.channels.iter().for_each(|channel| *group.channels.entry(*channel).or_default() += 1);
                card.personas.iter().for_each(|persona| *group.takers.entry(*persona).or_default() += 1);
            }
        }
        group.compare_feelings(project, &records);
        group
    }

    fn compare_feelings(&mut self, project: &Project, records: &[Record]) {
        for persona in project.personas().keys() {
            let mut felt = records.iter().filter_map(|record| match record {
                Record::Touchpoint(card) => Some(card.feelings.get(persona).copied()),
                _ => None,
            });
            if let Some(first) = felt.next() {
                let shared = match first {
                    _ if felt.any(|other| other != first) => SharedFeeling::Mixed,
                    Some(feeling) => SharedFeeling::Same(feeling),
                    None => SharedFeeling::Unset,
                };
                self.feelings.insert(*persona, shared);
            }
        }
    }

    fn shared_value(&self, field: impl Into<Field>) -> Option<&FieldValue> {
        self.values.get(&field.into())?.as_ref()
    }

    fn set_field(&self, desk: &mut EditContext<'_>, field: impl Into<Field>, value: &FieldValue) {
        let transaction = command::set_field(desk.project(), &self.ids, field, value);
        desk.request_commit(transaction);
    }
}

/// Shows the fields that the selected elements share.
pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let n = desk.session.selection().len();
    heading_label(ui, &Msg::SelectedCount.text_with(desk.lang, &[("n", &n)]));
    hint_label(ui, desk.theme, desk.text(Msg::ManyHint));
    let shared = shared_values(ui, desk);
    for group in &shared.groups {
        draw_divider(ui, desk.theme);
        let words = format!("{} · {}", desk.text(group.kind.display_name()), group.ids.len());
        caption_label(ui, desk.theme, &words);
        match group.kind {
            Kind::Touchpoint => show_touchpoints(ui, desk, group),
            Kind::Insight => show_insights(ui, desk, group),
            _ => show_improvements(ui, desk, group),
        }
    }
}

fn shared_values(ui: &Ui, desk: &EditContext<'_>) -> Arc<SharedValues> {
    let key = egui::Id::unique("many selected");
    let revision = desk.session.document.revision();
    let selection = desk.session.selection();
    let known = ui.data(|data| data.get_temp::<Arc<SharedValues>>(key));
    if let Some(known) = known.filter(|known| known.revision == revision && known.selection == *selection) {
        return known;
    }
    let groups = KINDS.into_iter().map(|kind| SelectedKind::from_selection(desk.project(), kind, selection));
    let groups = groups.filter(|group| !group.ids.is_empty()).collect();
    let found = Arc::new(SharedValues { revision, selection: selection.clone(), groups });
    ui.data_mut(|data| data.insert_temp(key, Arc::clone(&found)));
    found
}

fn show_touchpoints(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    maybe_choice(ui, desk, group, Touchpoint::MOMENT);
    channel_rows(ui, desk, group);
    maybe_choice(ui, desk, group, Touchpoint::INITIATOR);
    typed_row(ui, desk, group, Touchpoint::OWNER, Reading::Text);
    typed_row(ui, desk, group, Touchpoint::WAIT, Reading::Minutes);
    draw_divider(ui, desk.theme);
    feeling_rows(ui, desk, group);
    level_row(ui, desk, group, Touchpoint::USEFUL);
    level_row(ui, desk, group, Touchpoint::USABLE);
    level_row(ui, desk, group, Touchpoint::MEANINGFUL);
    draw_divider(ui, desk.theme);
    level_row(ui, desk, group, Touchpoint::IMPORTANCE);
    level_row(ui, desk, group, Touchpoint::EFFORT);
    choice_row(ui, desk, group, Touchpoint::VISIBILITY);
    choice_row(ui, desk, group, Touchpoint::EXISTENCE);
    takers::show(ui, desk, &group.ids, &group.takers);
    flag_row(ui, desk, group, Touchpoint::ASSUMPTION);
}

fn show_insights(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    choice_row(ui, desk, group, Insight::KIND);
    if group.shared_value(Insight::KIND) == Some(&InsightKind::Pain.to_value()) {
        level_row(ui, desk, group, Insight::SEVERITY);
        maybe_choice(ui, desk, group, Insight::LEVEL);
    }
    let personas = persona_options(desk);
    list_row(ui, desk, group, Insight::PERSONA, &personas);
    flag_row(ui, desk, group, Insight::ASSUMPTION);
}

fn show_improvements(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    choice_row(ui, desk, group, Improvement::KIND);
    choice_row(ui, desk, group, Improvement::STATUS);
    maybe_choice(ui, desk, group, Improvement::VALUE);
    level_row(ui, desk, group, Improvement::IMPACT);
    level_row(ui, desk, group, Improvement::EFFORT);
    level_row(ui, desk, group, Improvement::CONFIDENCE);
    typed_row(ui, desk, group, Improvement::OWNER, Reading::Text);
    flag_row(ui, desk, group, Improvement::ASSUMPTION);
}

/// Shows a row with a choice from a closed list.
fn choice_row<R, T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: FieldOf<R, T>,
) {
    let options: Vec<(FieldValue, String)> = worded_choices::<T>(desk).collect();
    list_row(ui, desk, group, field, &options);
}

/// Shows a row with an optional choice from a closed list.
fn maybe_choice<R, T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: FieldOf<R, Option<T>>,
) {
    let options: Vec<(FieldValue, String)> = optional_choices::<T>(desk).collect();
    list_row(ui, desk, group, field, &options);
}

fn list_row(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: impl Into<Field>,
    options: &[(FieldValue, String)],
) {
    let field = field.into();
    let name = desk.text(field.prompt.display_name());
    let value = group.shared_value(field);
    let known = options.iter().find(|(option, _)| Some(option) == value);
    let shown = match value {
        Some(_) => known.map_or("", |(_, words)| words.as_str()),
        None => desk.text(Msg::Mixed),
    };
    let salt = ("many", group.kind, field);
    if let Some(value) =
        labelled_row(ui, desk.theme, name, |ui| pick_option(ui, salt, name, shown, options, value))
    {
        group.set_field(desk, field, &value);
    }
}

/// Shows a row with a text or a parsed value.
fn typed_row(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: impl Into<Field>,
    reading: Reading,
) {
    let field = field.into();
    let Some((first, also)) = group.ids.split_first() else { return };
    let shown = match group.shared_value(field) {
        Some(FieldValue::Text(text)) => text.clone(),
        Some(FieldValue::Number(number)) => format_figure(*number, 3),
        _ => String::new(),
    };
    let mixed = group.shared_value(field).is_none();
    let spec = Spec { also, mixed, ..Spec::new(*first, field, reading) };
    labelled_row(ui, desk.theme, desk.text(field.prompt.display_name()), |ui| {
        edit_field(ui, desk, spec, &shown);
    });
    show_refusal(ui, desk, spec);
}

/// Shows a row with an optional level, up to the highest that the field can have.
fn level_row<R>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: FieldOf<R, Option<u8>>,
) {
    let field = field.field();
    let name = desk.text(field.prompt.display_name());
    let theme = desk.theme;
    let most = highest_level(field);
    let value = group.shared_value(field);
    let now = match value {
        Some(FieldValue::Number(step)) => Some(*step as u8),
        _ => None,
    };
    let mixed = desk.text(Msg::Mixed);
    let content = |ui: &mut Ui| {
        ui.add_space(ui.spacing().button_padding.x);
        let chosen = level_picker(ui, theme, name, most, now);
        if value.is_none() {
            ui.spacing_mut().item_spacing.x = space::XS;
            let words = RichText::new(mixed).size(text::TINY).color(to_color32(theme.muted));
            ui.add(Label::new(words).extend());
        }
        chosen
    };
    if let Some(chosen) = labelled_row(ui, theme, name, content) {
        group.set_field(desk, field, &Some(chosen).filter(|step| *step > 0).to_value());
    }
}

/// Shows a row with a check box.
fn flag_row<R>(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind, field: FieldOf<R, bool>) {
    let value = group.shared_value(field);
    let mut flag = value == Some(&true.to_value());
    let words = RichText::new(desk.text(field.prompt.display_name())).color(to_color32(desk.theme.soft));
    let changed = ui.scope(|ui| {
        let inactive = &mut ui.visuals_mut().widgets.inactive;
        inactive.bg_stroke = egui::Stroke::new(1.0, to_color32(desk.theme.outline));
        inactive.bg_fill = to_color32(desk.theme.surface);
        ui.add(Checkbox::new(&mut flag, words).indeterminate(value.is_none())).changed()
    });
    if changed.inner {
        group.set_field(desk, field, &flag.to_value());
    }
}

/// Shows the channels of the touchpoints; adding or removing one applies to all touchpoints.
fn channel_rows(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    let theme = desk.theme;
    let project = desk.project();
    let all = group.ids.len();
    let on: Vec<_> = records_in_order(project.channels())
        .into_iter()
        .filter_map(|channel| Some((channel, *group.channels.get(&channel.id)?)))
        .collect();
    let mut label = desk.text(Msg::Channel);
    for (channel, n) in on {
        let some = [("name", &channel.name as &dyn std::fmt::Display), ("n", &n), ("all", &all)];
        let words = if n == all { channel.name.clone() } else { Msg::OnSome.text_with(desk.lang, &some) };
        let remove = Msg::RemoveNamed.text_with(desk.lang, &[("name", &channel.name)]);
        match labelled_row(ui, theme, label, |ui| removable_link(ui, theme, &words, &remove)) {
            Some(LineAct::Go) => desk.queue_request(AppRequest::Select(vec![channel.id.into()])),
            Some(LineAct::Remove) => {
                let transaction =
                    each_channels(project, group, |list| list.retain(|kept| *kept != channel.id));
                desk.request_commit(transaction);
            }
            None => {}
        }
        label = "";
    }
    let free = records_in_order(project.channels()).into_iter();
    let free = free.filter(|channel| group.channels.get(&channel.id) != Some(&all));
    let free: Vec<_> = free.map(|channel| (channel.id, channel.name.clone())).collect();
    let name = desk.text(Msg::AddChannel);
    let shown = desk.text(Msg::Choose);
    let added = labelled_row(ui, theme, label, |ui| {
        pick_option(ui, ("many", "add channel"), name, shown, &free, None)
    });
    if let Some(added) = added {
        let add = |list: &mut Vec<ChannelId>| {
            if !list.contains(&added) {
                list.push(added);
            }
        };
        let transaction = each_channels(project, group, add);
        desk.request_commit(transaction);
    }
}

/// Changes the channels of every touchpoint.
fn each_channels(
    project: &Project,
    group: &SelectedKind,
    change: impl Fn(&mut Vec<ChannelId>),
) -> Transaction {
    group.ids.iter().fold(Transaction::default(), |all, id| {
        let Some(Record::Touchpoint(card)) = project.record(*id) else { return all };
        let mut channels = card.channels.clone();
        change(&mut channels);
        all.chain_with(command::set_field(project, &[*id], Touchpoint::CHANNELS, &channels.to_value()))
    })
}

/// Shows one slider for each persona of the journey; its release commits one undo step.
fn feeling_rows(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    let Some(journey) = desk.session.journey() else { return };
    for persona in desk.project().personas_of(journey.info()) {
        let ink = to_color32(desk.theme.persona_color(desk.project().persona_place(persona.id)));
        let name = desk.title_of(persona.id);
        labelled_row(ui, desk.theme, &name, |ui| {
            ui.add_space(ui.spacing().button_padding.x);
            feeling_slider(ui, desk, group, persona, ink);
        });
    }
}

fn feeling_slider(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    persona: &Persona,
    ink: egui::Color32,
) {
    let stored = group.feelings.get(&persona.id).copied().unwrap_or(SharedFeeling::Unset);
    let same = if let SharedFeeling::Same(feeling) = stored { Some(feeling) } else { None };
    let name = Msg::FeelingOf.text_with(desk.lang, &[("name", &desk.title_of(persona.id))]);
    let salt = ui.make_persistent_id(("many", "feeling", persona.id));
    let mut value = ui.data(|data| data.get_temp::<f64>(salt)).or(same).unwrap_or(0.0);
    ui.spacing_mut().slider_width = (ui.available_width() - 60.0).max(60.0);
    ui.spacing_mut().interact_size.y = 16.0;
    ui.visuals_mut().widgets.inactive.fg_stroke = egui::Stroke::new(2.0, ink);
    let slider = Slider::new(&mut value, FEELING).step_by(0.1).show_value(false);
    let response = ui.add(slider).accessible_name(name.as_str());
    let shown = match stored {
        SharedFeeling::Same(_) => format_signed(value, 1),
        SharedFeeling::Unset => "–".to_owned(),
        SharedFeeling::Mixed => desk.text(Msg::Mixed).to_owned(),
    };
    ui.add_sized([44.0, 18.0], Label::new(RichText::new(shown).small()));
    if response.dragged() {
        ui.data_mut(|data| data.insert_temp(salt, value));
    } else if response.drag_stopped() || response.changed() {
        ui.data_mut(|data| data.remove::<f64>(salt));
        let cards = group.ids.iter().filter_map(|id| id.to_typed::<TouchpointId>());
        let transaction = cards.fold(Transaction::default(), |all, card| {
            all.chain_with(command::set_feeling(desk.project(), card, persona.id, Some(value)))
        });
        desk.request_commit(transaction);
    }
}
