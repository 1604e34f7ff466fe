//! The comparison of two versions: the map with its marks, and the list of differences. A click in either
//! reveals the element in the other.

use super::flow::{reveal_change, show_compared};
use crate::app::App;
use crate::app::action::Action;
use crate::app::request::AppRequest;
use crate::app::style::{to_color32, to_corner_radius};
use crate::canvas::{Canvas, CanvasEvent, CanvasInput};
use crate::panels::list_focus::{ListFocus, line_sense};
use crate::panels::widgets::{caption_label, heading_label, hint_label, quiet_button, set_accessible_name};
use egui::{Label, RichText, Role, Sense, Ui, vec2};
use engine::analysis::changes::{ChangeLine, ChangeSection};
use engine::i18n::{Lang, Msg};
use engine::id::{Id, JourneyId};
use engine::layout::{change_icon, change_ink};
use engine::theme::Theme;
use engine::theme::size::{radius, space, text};
use std::collections::BTreeSet;

/// Width of a line's mark, in points.
const MARK: f32 = 22.0;

/// Shows the list of differences.
pub(crate) fn show_changes(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    let Some(comparison) = &app.workspace.comparison else { return };
    let mut wishes = Vec::new();
    let [old, new] = &comparison.compared.names;
    heading_label(ui, &Msg::ComparedVersions.text_with(lang, &[("old", old), ("new", new)]));
    ui.horizontal_wrapped(|ui| {
        if quiet_button(ui, Msg::Export.text(lang)).clicked() {
            wishes.push(AppRequest::Do(Action::Export));
        }
        if quiet_button(ui, Msg::CloseComparison.text(lang)).clicked() {
            wishes.push(AppRequest::Do(Action::CloseComparison));
        }
    });
    let others = changed_journeys(app);
    let shown = comparison.journey;
    if others.len() > 1 {
        ui.add_space(space::S);
        caption_label(ui, theme, Msg::Journey.text(lang));
        for (id, title) in others {
            if ui.selectable_label(id == shown, title).clicked() {
                wishes.push(AppRequest::call_step(move |app| show_compared(app, id)));
            }
        }
    }
    ui.add_space(space::S);
    if comparison.sections.is_empty() {
        hint_label(ui, theme, Msg::NothingDiffers.text(lang));
    }
    let mut focus = ListFocus::begin_list(ui, "changes");
    for section in &comparison.sections {
        let chosen = show_section(ui, (theme, lang), section, &comparison.selected, &mut focus);
        wishes.extend(chosen.map(|id| AppRequest::call_step(move |app| reveal_change(app, id))));
    }
    focus.end_list(ui, |line| line);
    for wish in wishes {
        app.queue_request(wish);
    }
}

/// Returns the journeys with differences, each with its title.
fn changed_journeys(app: &App) -> Vec<(JourneyId, String)> {
    let Some(comparison) = &app.workspace.comparison else { return Vec::new() };
    let all = comparison.compared.project.journeys_in_order().into_iter().map(|journey| journey.info());
    let differs = all.filter(|info| comparison.compared.has_differences(info.id));
    differs.map(|info| (info.id, info.title.clone())).collect()
}

/// Shows the changes of one stage; returns the clicked one.
fn show_section(
    ui: &mut Ui,
    (theme, lang): (&Theme, Lang),
    section: &ChangeSection,
    selected: &BTreeSet<Id>,
    focus: &mut ListFocus<egui::Id>,
) -> Option<Id> {
    ui.add_space(space::M);
    let place = match (section.journey.as_str(), section.stage.as_str()) {
        ("", _) => Msg::WholeProject.text(lang).to_owned(),
        (journey, "") => journey.to_owned(),
        (_, stage) => stage.to_owned(),
    };
    caption_label(ui, theme, &place);
    let mut chosen = None;
    for line in &section.lines {
        if change_row(ui, (theme, lang), line, selected.contains(&line.element), focus) {
            chosen = Some(line.element);
        }
    }
    chosen
}

/// Shows one change; returns true if it was clicked.
fn change_row(
    ui: &mut Ui,
    (theme, lang): (&Theme, Lang),
    line: &ChangeLine,
    is_selected: bool,
    focus: &mut ListFocus<egui::Id>,
) -> bool {
    let ink = change_ink(theme, line.kind);
    let kind = line.kind.display_name().text(lang);
    let ground = ui.painter().add(egui::Shape::Noop);
    let inner = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (mark, _) = ui.allocate_exact_size(vec2(MARK, 20.0), Sense::hover());
        let center = mark.left_center() + vec2(8.0, 0.0);
        ui.painter().circle_filled(center, 8.0, to_color32(ink.ink));
        let glyph = change_icon(line.kind).glyph();
        let face = crate::app::style::font_id(engine::theme::Face::Icon, 11.0);
        ui.painter().text(center, egui::Align2::CENTER_CENTER, glyph, face, to_color32(ink.on_ink));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add(Label::new(RichText::new(&line.subject).size(text::SMALL)).wrap().selectable(false));
            let said =
                if line.text.is_empty() { kind.to_owned() } else { format!("{kind} · {}", line.text) };
            let said = RichText::new(said).size(text::TINY).color(to_color32(theme.soft));
            ui.add(Label::new(said).wrap().selectable(false));
        });
    });
    let across = ui.max_rect().x_range();
    let rect =
        egui::Rect::from_x_y_ranges(across, inner.response.rect.y_range()).expand2(vec2(space::S, 3.0));
    let widget = ui.scope_id().with((line.element, &line.text, kind));
    let sense = line_sense(Sense::click(), focus.register_line(widget, is_selected));
    let response = ui.interact(rect, widget, sense);
    let said = format!("{}, {kind}", line.subject);
    set_accessible_name(&response, Role::Button, &said);
    let fill = match (is_selected, response.hovered()) {
        (true, _) => Some(theme.selected),
        (false, true) => Some(theme.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter()
            .set(ground, egui::Shape::rect_filled(rect, to_corner_radius(radius::CONTROL), to_color32(fill)));
    }
    ui.add_space(5.0);
    response.clicked()
}

/// Shows the map of both versions, read-only.
pub(crate) fn show_map(ui: &mut Ui, app: &mut App, canvas: &mut Canvas) {
    let theme = app.theme_id();
    let lang = app.lang();
    for order in std::mem::take(&mut app.workspace.orders) {
        canvas.queue_order(order);
    }
    let Some(comparison) = &mut app.workspace.comparison else { return };
    let scene = comparison.layout_scene(theme, lang);
    let input = CanvasInput {
        theme,
        lang,
        read_only: true,
        presenting: app.view.presenting,
        ..CanvasInput::new(&scene, &comparison.compared.project, comparison.journey, &comparison.selected)
    };
    let events = canvas.ui(ui, &input);
    for event in events {
        if let CanvasEvent::Select(ids) = event {
            comparison.selected = ids;
        }
    }
}
