//! A touchpoint: its channels, initiator, feelings and value, and the insights about it.

use super::stage::title_and_text;
use super::{cells, claim, insights, links, takers};
use crate::app::desk::{EditContext, Reading};
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::app::words::title_of;
use crate::panels::fields::{choice_row, figure_row, level_row, maybe_row, pick_option, text_row};
use crate::panels::widgets::{
    LineAct, draw_divider, fits_label, hint_label, labelled_row, removable_link, small_icon_button,
};
use egui::{RichText, Slider, Ui};
use engine::edit::command::{self, CardPlace};
use engine::i18n::{Msg, format_signed};
use engine::id::{ChannelId, LaneId};
use engine::model::choice::LaneKind;
use engine::model::range::FEELING;
use engine::model::value::Atom;
use engine::model::{Persona, Touchpoint, records_in_order};
use engine::theme::Icon;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, card: &Touchpoint) {
    let id = card.id.into();
    title_and_text(ui, desk, card, Touchpoint::TITLE, Touchpoint::DESCRIPTION);
    moment_rows(ui, desk, card);
    channel_rows(ui, desk, card);
    lane_row(ui, desk, card);
    maybe_row(ui, desk, card, Touchpoint::INITIATOR);
    text_row(ui, desk, card, Touchpoint::OWNER);
    figure_row(ui, desk, card, Touchpoint::WAIT, Reading::Minutes);
    draw_divider(ui, desk.theme);
    feeling_rows(ui, desk, card);
    level_row(ui, desk, card, Touchpoint::USEFUL);
    level_row(ui, desk, card, Touchpoint::USABLE);
    level_row(ui, desk, card, Touchpoint::MEANINGFUL);
    draw_divider(ui, desk.theme);
    crate::panels::score::show(ui, desk, id);
    insights::show(ui, desk, id);
    draw_divider(ui, desk.theme);
    level_row(ui, desk, card, Touchpoint::IMPORTANCE);
    level_row(ui, desk, card, Touchpoint::EFFORT);
    choice_row(ui, desk, card, Touchpoint::VISIBILITY);
    choice_row(ui, desk, card, Touchpoint::EXISTENCE);
    let named = card.personas.iter().map(|persona| (*persona, 1)).collect();
    takers::show(ui, desk, &[id], &named);
    claim::show(ui, desk, card, Touchpoint::EVIDENCE, Touchpoint::ASSUMPTION);
    cells::show(ui, desk, card.step.into());
    links::show_flows(ui, desk, id);
}

fn moment_rows(ui: &mut Ui, desk: &mut EditContext<'_>, card: &Touchpoint) {
    ui.scope(|ui| {
        if card.moment.is_some() {
            ui.visuals_mut().widgets.inactive.fg_stroke.color = to_color32(desk.theme.moment.ink);
        }
        maybe_row(ui, desk, card, Touchpoint::MOMENT);
    });
    if card.moment.is_some() {
        text_row(ui, desk, card, Touchpoint::MOMENT_WHY);
    }
}

fn channel_rows(ui: &mut Ui, desk: &mut EditContext<'_>, card: &Touchpoint) {
    let theme = desk.theme;
    let project = desk.project();
    let name =
        |id: &ChannelId| project.channels().get(id).map(|channel| channel.name.clone()).unwrap_or_default();
    let mut wanted = card.channels.clone();
    for (place, channel) in card.channels.iter().enumerate() {
        let label = if place == 0 { desk.text(Msg::Channel) } else { "" };
        let remove = Msg::RemoveNamed.text_with(desk.lang, &[("name", &name(channel))]);
        match labelled_row(ui, theme, label, |ui| removable_link(ui, theme, &name(channel), &remove)) {
            Some(LineAct::Go) => desk.queue_request(AppRequest::Select(vec![(*channel).into()])),
            Some(LineAct::Remove) => wanted.retain(|kept| kept != channel),
            None => {}
        }
    }
    let free = records_in_order(project.channels())
        .into_iter()
        .filter(|channel| !card.channels.contains(&channel.id));
    let free = free.map(|channel| (Some(channel.id), channel.name.clone()));
    // The last option creates a channel.
    let free: Vec<_> = free.chain([(None, desk.text(Msg::AddChannel).to_owned())]).collect();
    let label = if card.channels.is_empty() { desk.text(Msg::Channel) } else { "" };
    let shown = desk.text(Msg::Choose);
    match labelled_row(ui, theme, label, |ui| {
        pick_option(ui, (card.id, "add channel"), desk.text(Msg::AddChannel), shown, &free, None)
    }) {
        Some(Some(channel)) => wanted.push(channel),
        Some(None) => return new_channel(desk, card),
        None => {}
    }
    if wanted != card.channels {
        desk.set_atom(card.id.into(), Touchpoint::CHANNELS, &wanted);
    }
}

/// Creates a channel for the card and starts naming it.
fn new_channel(desk: &mut EditContext<'_>, card: &Touchpoint) {
    let name = desk.text(Msg::Channel);
    desk.create_element(|project, source| {
        let (made, channel) = command::add_channel(project, name, Icon::Circle.name(), source);
        let mut channels = card.channels.clone();
        channels.push(channel);
        (
            made.chain_with(command::set_field(
                project,
                &[card.id.into()],
                Touchpoint::CHANNELS,
                &channels.to_value(),
            )),
            channel,
        )
    });
}

/// Shows the lane, if there is more than one for cards.
fn lane_row(ui: &mut Ui, desk: &mut EditContext<'_>, card: &Touchpoint) {
    let Some(journey) = desk.session.journey() else { return };
    let lanes: Vec<_> = journey.lanes_in_order().into_iter().filter(|lane| lane.kind.holds_cards()).collect();
    let first = lanes.iter().find(|lane| lane.kind == LaneKind::Touchpoints).map(|lane| lane.id);
    if lanes.len() < 2 {
        return;
    }
    let value = |lane: LaneId| Some(lane).filter(|lane| Some(*lane) != first);
    let named =
        lanes.iter().map(|lane| (value(lane.id), title_of(desk.project(), lane.id.into(), desk.lang)));
    let options: Vec<(Option<LaneId>, String)> = named.collect();
    let now = card.lane.and_then(value);
    let shown = options.iter().find(|(lane, _)| *lane == now).map_or("", |(_, name)| name.as_str());
    let name = desk.text(Msg::Lane);
    let picked = labelled_row(ui, desk.theme, name, |ui| {
        pick_option(ui, (card.id, "lane"), name, shown, &options, Some(&now))
    });
    let stage = journey.steps().get(&card.step).map(|step| step.stage);
    if let (Some(lane), Some(stage)) = (picked.filter(|lane| *lane != now), stage) {
        // Moved as if dragged there, so that the flows follow.
        let spot = CardPlace { stage, step: Some(card.step), before: None, lane, above: None };
        let moved = command::move_touchpoints(desk.project(), &[card.id], spot, desk.source);
        desk.request_commit(moved);
    }
}

/// Shows one slider for each persona of the journey; its release commits one undo step.
fn feeling_rows(ui: &mut Ui, desk: &mut EditContext<'_>, card: &Touchpoint) {
    let Some(journey) = desk.session.journey() else { return };
    for persona in desk.project().personas_of(journey.info()) {
        let ink = to_color32(desk.theme.persona_color(desk.project().persona_place(persona.id)));
        let name = desk.title_of(persona.id);
        if fits_label(ui, &name) {
            labelled_row(ui, desk.theme, &name, |ui| {
                ui.add_space(ui.spacing().button_padding.x);
                feeling_slider(ui, desk, card, persona, ink);
            });
        } else {
            // A name too long for the label column is placed above its slider.
            ui.add_space(2.0);
            hint_label(ui, desk.theme, &name);
            ui.horizontal(|ui| feeling_slider(ui, desk, card, persona, ink));
        }
    }
}

/// Shows a persona's feeling as a slider with its value, and a button that clears it.
fn feeling_slider(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    card: &Touchpoint,
    persona: &Persona,
    ink: egui::Color32,
) {
    let stored = card.feelings.get(&persona.id).copied();
    let name = Msg::FeelingOf.text_with(desk.lang, &[("name", &desk.title_of(persona.id))]);
    let salt = ui.make_persistent_id(("feeling", card.id, persona.id));
    let mut value = ui.data(|data| data.get_temp::<f64>(salt)).or(stored).unwrap_or(0.0);
    ui.spacing_mut().slider_width = (ui.available_width() - 76.0).max(60.0);
    ui.spacing_mut().interact_size.y = 16.0;
    ui.visuals_mut().widgets.inactive.fg_stroke = egui::Stroke::new(2.0, ink);
    let slider = Slider::new(&mut value, FEELING).step_by(0.1).show_value(false);
    let response = ui.add(slider).accessible_name(name.as_str());
    let shown = stored.map_or("–".to_owned(), |_| format_signed(value, 1));
    ui.add_sized([30.0, 18.0], egui::Label::new(RichText::new(shown).small()));
    let clear = Msg::RemoveNamed.text_with(desk.lang, &[("name", &name)]);
    if stored.is_some() && small_icon_button(ui, desk.theme, Icon::Close, &clear).clicked() {
        let transaction = command::set_feeling(desk.project(), card.id, persona.id, None);
        desk.request_commit(transaction);
    } else if response.dragged() {
        ui.data_mut(|data| data.insert_temp(salt, value));
    } else if response.drag_stopped() || response.changed() {
        ui.data_mut(|data| data.remove::<f64>(salt));
        let transaction = command::set_feeling(desk.project(), card.id, persona.id, Some(value));
        desk.request_commit(transaction);
    }
}
