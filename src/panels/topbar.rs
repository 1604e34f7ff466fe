//! The top bar: logo, journey and file; search; overlay; presenting and exporting.

use super::actions::{action_button, key_text, show_main_menu};
use super::overlay_chooser;
use super::two_sided;
use super::widgets::{
    icon_text, primary_button, quiet_button, set_accessible_name, small_icon_button, tab_button,
};
use crate::app::action::Action;
use crate::app::menu_keys::walk_menu;
use crate::app::request::AppRequest;
use crate::app::style::{font_id, to_color32, to_corner_radius};
use crate::app::{App, Tab};
use egui::{Button, Label, Rect, Response, RichText, Role, Sense, Stroke, Ui, pos2, vec2};
use engine::i18n::{Lang, Msg};
use engine::id::JourneyId;
use engine::store::watch::Opener;
use engine::theme::size::{radius, space, text};
use engine::theme::{Face, Icon, Theme};

/// Maximum and minimum width of the search field, in points.
const SEARCH: f32 = 250.0;
const SEARCH_LEAST: f32 = 40.0;

/// Shows the top bar.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        two_sided::show(ui, "top bar", app, left_part, right_part);
    });
}

fn left_part(ui: &mut Ui, app: &mut App) {
    show_logo(ui, app.theme());
    bring_back(ui, app, Icon::PanelLeft, Action::ToggleOutline, app.view.outline);
    journey_title(ui, app);
    view_tabs(ui, app);
    action_button(ui, app, Icon::Undo, Action::Undo);
    action_button(ui, app, Icon::Redo, Action::Redo);
    let room = (ui.available_width() - space::L).clamp(0.0, SEARCH);
    if room >= SEARCH_LEAST {
        two_sided::at_right(ui, "search", |ui| search_field(ui, app, room));
    }
}

/// Shows the tabs: the map, the scores if there are any, and the changes while versions are compared.
fn view_tabs(ui: &mut Ui, app: &mut App) {
    let others = [(Tab::Scores, Action::ViewScores), (Tab::Changes, Action::ViewChanges)];
    let others: Vec<_> = others.into_iter().filter(|(_, action)| app.can_run(*action)).collect();
    if others.is_empty() {
        return;
    }
    let theme = app.theme();
    ui.add_space(space::S);
    for (tab, action) in std::iter::once((Tab::Map, Action::ViewMap)).chain(others) {
        let name = action.entry().label.text(app.lang());
        let chosen = app.current_tab() == tab;
        let response = tab_button(ui, theme, name, chosen);
        if response.on_hover_text(key_text(ui, action)).clicked() {
            app.queue_action(action);
        }
    }
    ui.add_space(space::S);
}

/// Shows the button that opens a collapsed side panel, except during a comparison, which needs both panels.
fn bring_back(ui: &mut Ui, app: &mut App, icon: Icon, panel: Action, is_open: bool) {
    if !is_open && app.current_tab() != Tab::Changes {
        action_button(ui, app, icon, panel);
    }
}

fn right_part(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    overlay_chooser::show(ui, app);
    if quiet_button(ui, Msg::Present.text(lang)).on_hover_text(key_text(ui, Action::Present)).clicked() {
        app.queue_action(Action::Present);
    }
    if primary_button(ui, theme, Msg::Export.text(lang)).clicked() {
        app.queue_action(Action::Export);
    }
    let glyph = icon_text(Icon::More, 16.0, to_color32(theme.soft));
    let response = ui.menu_button(glyph, |ui| show_main_menu(ui, app)).response;
    set_accessible_name(&response, Role::Button, Msg::Menu.text(lang));
    response.on_hover_text(Msg::Menu.text(lang));
    bring_back(ui, app, Icon::PanelRight, Action::ToggleInspector, app.view.inspector);
}

/// Returns a journey's title, or a placeholder if it is empty.
fn title_or_placeholder(title: &str, lang: Lang) -> String {
    if title.trim().is_empty() { Msg::UntitledJourney.text(lang).to_owned() } else { title.to_owned() }
}

/// Shows a button that looks like a search field and opens the palette.
fn search_field(ui: &mut Ui, app: &mut App, room: f32) {
    let theme = app.theme();
    let (rect, response) = ui.allocate_exact_size(vec2(room, 30.0), Sense::click());
    let label = Msg::SearchOrCommand.text(app.lang());
    set_accessible_name(&response, Role::Button, label);
    let fill = if response.hovered() { theme.hover } else { theme.canvas };
    let round = to_corner_radius(radius::CONTROL);
    ui.painter().rect(
        rect,
        round,
        to_color32(fill),
        Stroke::new(1.0, to_color32(theme.hairline)),
        egui::StrokeKind::Inside,
    );
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(10.0, 0.0))));
    let words = |ui: &mut Ui, (): &mut ()| {
        ui.label(icon_text(Icon::Search, 14.0, to_color32(theme.soft)));
        ui.add(Label::new(RichText::new(label).color(to_color32(theme.muted))).truncate().selectable(false));
    };
    two_sided::show(&mut inside, "search field", &mut (), words, |ui, ()| {
        let keys = key_text(ui, Action::Palette);
        let keys = RichText::new(keys).size(text::TINY).color(to_color32(theme.muted));
        ui.add(Label::new(keys).selectable(false));
    });
    if response.clicked() {
        app.queue_action(Action::Palette);
    }
}

/// Shows the journey's title, a list of the other journeys, the file's name and a dot for unsaved changes.
fn journey_title(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    let Some(session) = &app.session else { return };
    let name = session.title(lang);
    let file = session.file_name();
    let dirty = session.document.is_dirty();
    let current = session.journey_id();
    let others: Vec<(JourneyId, String)> = session
        .project()
        .journeys_in_order()
        .iter()
        .map(|journey| (journey.info().id, title_or_placeholder(&journey.info().title, lang)))
        .collect();
    let words = RichText::new(shorten_text(&name)).font(font_id(Face::SemiBold, text::STRONG));
    let mut shown = None;
    if others.len() > 1 {
        let button = Button::new((words, icon_text(Icon::ChevronDown, 12.0, to_color32(theme.muted))));
        let response = ui.add(button.frame_when_inactive(false));
        egui::Popup::menu(&response).show(|ui| {
            let entries: Vec<(Response, &str)> = others
                .iter()
                .map(|(id, title)| (ui.selectable_label(*id == current, title.as_str()), title.as_str()))
                .collect();
            walk_menu(ui, &entries);
            let clicked = entries.iter().zip(&others).find(|((entry, _), _)| entry.clicked());
            shown = clicked.map(|(_, (id, _))| *id);
        });
    } else {
        ui.label(words);
    }
    if let Some(file) = file {
        ui.label(RichText::new(shorten_text(&file)).size(text::SMALL).color(to_color32(theme.muted)));
    }
    if dirty {
        status_dot(ui, theme, Msg::Unsaved.text(lang));
    }
    if !app.sharing.others.is_empty() {
        also_open(ui, theme, lang, &app.sharing.others);
    }
    if session.document.read_only().is_some() {
        ui.label(RichText::new(Msg::ReadOnly.text(lang)).size(text::SMALL).color(to_color32(theme.pain.ink)));
    }
    if let Some(id) = shown {
        app.queue_request(AppRequest::Show(id));
    }
    let hint = Msg::NewJourney.text(lang);
    if others.len() > 1 && small_icon_button(ui, theme, Icon::Plus, hint).clicked() {
        app.queue_action(Action::AddJourney);
    }
}

/// Shows the number of other users who have the file open, and their names in a tooltip.
fn also_open(ui: &mut Ui, theme: &Theme, lang: Lang, others: &[Opener]) {
    let glyph = icon_text(Icon::User, 14.0, to_color32(theme.soft));
    let number = RichText::new(others.len().to_string()).size(text::SMALL).color(to_color32(theme.soft));
    let response = ui.add(Button::new((glyph, number)).frame(false).sense(Sense::hover()));
    let names: Vec<String> = others.iter().map(|other| describe_opener(other, lang)).collect();
    let told = format!("{}\n{}", Msg::AlsoOpen.text(lang), names.join("\n"));
    set_accessible_name(&response, Role::Status, &told);
    response.on_hover_text(told);
}

fn describe_opener(other: &Opener, lang: Lang) -> String {
    let time = other.since.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string();
    Msg::AlsoOpenBy.text_with(lang, &[("user", &other.user), ("host", &other.host), ("time", &time)])
}

fn shorten_text(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn status_dot(ui: &mut Ui, theme: &Theme, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 3.5, to_color32(theme.accent));
    set_accessible_name(&response, Role::Status, name);
    response.on_hover_text(name)
}

/// Draws the program's logo: a curved path between two points, beside the straight paved one.
pub(crate) fn show_logo(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(30.0, 24.0), Sense::hover());
    paint_mark(ui.painter(), rect, theme);
}

fn paint_mark(painter: &egui::Painter, rect: Rect, theme: &Theme) {
    let at = |x: f32, y: f32| pos2(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    let ink = to_color32(theme.accent);
    let stroke = Stroke::new(2.4, ink);
    let ends = [at(0.1, 0.72), at(0.9, 0.6)];
    let points = [ends[0], at(0.42, 0.86), at(0.3, 0.06), at(0.55, 0.3)];
    let more = [at(0.55, 0.3), at(0.72, 0.46), at(0.66, 0.98), ends[1]];
    for curve in [points, more] {
        let shape = egui::epaint::CubicBezierShape::from_points_stroke(
            curve,
            false,
            egui::Color32::TRANSPARENT,
            stroke,
        );
        painter.add(shape);
    }
    for end in ends {
        painter.circle_filled(end, 3.4, ink);
    }
}
