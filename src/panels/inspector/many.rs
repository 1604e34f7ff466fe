//! Several selected elements: the fields that they share, each with the common value or marked as mixed. A
//! change applies to all of them as one undo step.

use super::insight::persona_options;
use super::takers;
use crate::app::desk::{EditContext, Reading};
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::edit::{Transaction, command};
use crate::i18n::{Msg, Worded, format_figure, format_signed};
use crate::id::{ChannelId, Id, Kind, PersonaId, TouchpointId};
use crate::model::choice::{
    BusinessValue, Existence, ImprovementKind, Initiator, InsightKind, MomentKind, PainLevel, Status,
    Visibility,
};
use crate::model::range::FEELING;
use crate::model::value::{Atom, FieldValue};
use crate::model::{
    Field, Fields, Improvement, Insight, Persona, Project, Record, Touchpoint, records_in_order,
};
use crate::panels::fields::{Spec, edit_field, highest_level, pick_option, show_refusal};
use crate::panels::widgets::{
    LineAct, caption_label, draw_divider, heading_label, hint_label, labelled_row, level_picker,
    removable_link,
};
use crate::theme::size::{space, text};
use egui::{Checkbox, Label, RichText, Slider, Ui};
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
        let fields = match kind {
            Kind::Touchpoint => Touchpoint::FIELDS,
            Kind::Insight => Insight::FIELDS,
            _ => Improvement::FIELDS,
        };
        let shared = |field: Field| {
            let first = records.first()?.get(field)?;
            records.iter().all(|record| record.get(field).as_ref() == Some(&first)).then_some(first)
        };
        let values = fields.iter().map(|field| (*field, shared(field))).collect();
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

    fn shared_value(&self, field: Field) -> Option<&FieldValue> {
        self.values.get(field)?.as_ref()
    }

    fn set_field(&self, desk: &mut EditContext<'_>, field: Field, value: &FieldValue) {
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
    let revision = desk.session.revision();
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
    maybe_choice::<MomentKind>(ui, desk, group, "moment", Msg::MomentOfTruth);
    channel_rows(ui, desk, group);
    maybe_choice::<Initiator>(ui, desk, group, "initiator", Msg::StartedBy);
    typed_row(ui, desk, group, "owner", Msg::Owner, Reading::Text);
    typed_row(ui, desk, group, "wait", Msg::WaitInMinutes, Reading::Minutes);
    draw_divider(ui, desk.theme);
    feeling_rows(ui, desk, group);
    level_row(ui, desk, group, "useful", Msg::Useful);
    level_row(ui, desk, group, "usable", Msg::Usable);
    level_row(ui, desk, group, "meaningful", Msg::Meaningful);
    draw_divider(ui, desk.theme);
    level_row(ui, desk, group, "importance", Msg::Importance);
    level_row(ui, desk, group, "effort", Msg::CustomerEffort);
    choice_row::<Visibility>(ui, desk, group, "visibility", Msg::Visibility);
    choice_row::<Existence>(ui, desk, group, "existence", Msg::Existence);
    takers::show(ui, desk, &group.ids, &group.takers);
    flag_row(ui, desk, group, "assumption", Msg::AsAssumption);
}

fn show_insights(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    choice_row::<InsightKind>(ui, desk, group, "kind", Msg::Kind);
    if group.shared_value("kind") == Some(&InsightKind::Pain.to_value()) {
        level_row(ui, desk, group, "severity", Msg::Severity);
        maybe_choice::<PainLevel>(ui, desk, group, "level", Msg::Level);
    }
    let personas = persona_options(desk);
    list_row(ui, desk, group, "persona", Msg::Persona, &personas);
    flag_row(ui, desk, group, "assumption", Msg::AsAssumption);
}

fn show_improvements(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    choice_row::<ImprovementKind>(ui, desk, group, "kind", Msg::Kind);
    choice_row::<Status>(ui, desk, group, "status", Msg::Status);
    maybe_choice::<BusinessValue>(ui, desk, group, "value", Msg::BusinessValue);
    level_row(ui, desk, group, "impact", Msg::Impact);
    level_row(ui, desk, group, "effort", Msg::Effort);
    level_row(ui, desk, group, "confidence", Msg::Confidence);
    typed_row(ui, desk, group, "owner", Msg::Owner, Reading::Text);
    flag_row(ui, desk, group, "assumption", Msg::AsAssumption);
}

/// Shows a row with a choice from a closed list.
fn choice_row<T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: Field,
    label: Msg,
) {
    let named = T::all_choices()
        .iter()
        .map(|option| (option.to_value(), desk.text(option.display_name()).to_owned()));
    let options: Vec<(FieldValue, String)> = named.collect();
    list_row(ui, desk, group, field, label, &options);
}

/// Shows a row with an optional choice from a closed list.
fn maybe_choice<T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: Field,
    label: Msg,
) {
    let none = (FieldValue::Nothing, desk.text(Msg::NotSet).to_owned());
    let named = T::all_choices()
        .iter()
        .map(|option| (option.to_value(), desk.text(option.display_name()).to_owned()));
    let options: Vec<(FieldValue, String)> = std::iter::once(none).chain(named).collect();
    list_row(ui, desk, group, field, label, &options);
}

fn list_row(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    group: &SelectedKind,
    field: Field,
    label: Msg,
    options: &[(FieldValue, String)],
) {
    let name = desk.text(label);
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
    field: Field,
    label: Msg,
    reading: Reading,
) {
    let Some((first, also)) = group.ids.split_first() else { return };
    let shown = match group.shared_value(field) {
        Some(FieldValue::Text(text)) => text.clone(),
        Some(FieldValue::Number(number)) => format_figure(*number, 3),
        _ => String::new(),
    };
    let mixed = group.shared_value(field).is_none();
    let spec = Spec { also, mixed, ..Spec::new(*first, field, label, reading) };
    labelled_row(ui, desk.theme, desk.text(label), |ui| edit_field(ui, desk, spec, &shown));
    show_refusal(ui, desk, spec);
}

/// Shows a row with an optional level, up to the highest that the field can have.
fn level_row(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind, field: Field, label: Msg) {
    let name = desk.text(label);
    let theme = desk.theme;
    let most = group.ids.first().map_or(0, |id| highest_level(desk.project(), *id, field));
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
fn flag_row(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind, field: Field, label: Msg) {
    let value = group.shared_value(field);
    let mut flag = value == Some(&true.to_value());
    let words = RichText::new(desk.text(label)).color(to_color32(desk.theme.soft));
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
        all.chain_with(command::set_field(project, &[*id], "channels", &channels.to_value()))
    })
}

/// Shows one slider for each persona of the journey; its release commits one undo step.
fn feeling_rows(ui: &mut Ui, desk: &mut EditContext<'_>, group: &SelectedKind) {
    let Some(journey) = desk.session.journey() else { return };
    for persona in desk.project().personas_of(journey.info()) {
        let ink = to_color32(desk.theme.persona_color(desk.project().persona_place(persona.id)));
        labelled_row(ui, desk.theme, &persona.name, |ui| {
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
    let name = Msg::FeelingOf.text_with(desk.lang, &[("name", &persona.name)]);
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
