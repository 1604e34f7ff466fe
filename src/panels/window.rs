//! The window: bars and panels around the canvas, and dialogs in front of it.

use super::panes::Pane;
use super::{
    dialog_frame, drop_hint, fields, inspector, legend, map_menu, notices, outline, panes, score, start,
    topbar,
};
use crate::app::keyboard;
use crate::app::request::AppRequest;
use crate::app::style::{to_color32, to_corner_radius};
use crate::app::{App, Tab};
use crate::canvas::{Camera, Canvas, CanvasEvent, CanvasInput, Narrator};
use crate::features::sharing::conflicts;
use crate::features::{charts, compare, paste, pictures};
use egui::{CentralPanel, Frame, Id, Key, Margin, Panel, Rect, ScrollArea, Stroke, Ui, UiBuilder};
use engine::edit::Transaction;
use engine::layout::spoken_score;
use engine::scene::{ScenePart, pt};
use engine::store::places::MapPlace;
use engine::theme::Theme;
use engine::theme::size::{radius, space};
use std::cell::RefCell;

/// Window width below which the side panels collapse, in points: the map needs the space more.
const WIDE: f32 = 1280.0;
/// Width of the outline, in points.
const LEFT: f32 = 220.0;
/// Width of the inspector, in points.
const RIGHT: f32 = 300.0;
/// Height of the bottom bar, in points.
const FOOTER: f32 = 34.0;

/// Draws the whole window.
pub(crate) fn show(ui: &mut Ui, app: &mut App, canvas: &mut Canvas) {
    Narrator::set_language(ui.ctx(), app.lang());
    fold_side_panels(ui, app);
    panes::begin_frame(ui.ctx());
    if app.at_start() {
        leave_start(ui, app);
        start::show(ui, app);
    } else {
        take_click(ui, app, canvas);
        show_workspace(ui, app, canvas);
    }
    app.settle_pending();
    fields::forget_idle(ui.ctx());
    dialog_frame::show(ui, app, canvas);
    notices::show(ui, app);
    focus_ring(ui, app.theme());
    drop_hint::show(ui, app);
}

/// Returns from the start page to the open map behind it on Escape.
fn leave_start(ui: &Ui, app: &mut App) {
    let is_free = app.dialog.is_none() && !egui::Popup::is_any_open(ui.ctx());
    if is_free && app.session.is_some() && ui.input(|input| input.key_pressed(Key::Escape)) {
        app.view.gallery = false;
    }
}

/// Collapses the side panels when the window becomes narrow, and expands them when it is wide again.
fn fold_side_panels(ui: &Ui, app: &mut App) {
    let narrow = ui.ctx().content_rect().width() < WIDE;
    if narrow != app.view.narrow {
        app.view.narrow = narrow;
        app.view.outline = !narrow;
        app.view.inspector = !narrow;
    }
}

/// Selects the clicked element before the panels are drawn, so that they show it at once.
fn take_click(ui: &Ui, app: &mut App, canvas: &mut Canvas) {
    let theme = app.theme_id();
    let lang = app.lang();
    let clicks = ui.input(|input| input.pointer.any_click());
    if !clicks || app.current_tab() != Tab::Map || canvas.is_busy() || app.dialog.is_some() {
        return;
    }
    let Some(session) = &mut app.session else { return };
    let scene = session.current_scene(theme, lang);
    let parts = CanvasInput::new(&scene, session.project(), session.journey_id(), session.selection());
    let input = CanvasInput { theme, lang, presenting: app.view.presenting, ..parts };
    if let Some(selection) = canvas.take_click(ui, &input) {
        session.set_selection(selection);
    }
}

/// Draws the panes in reading order, which is also their tab order.
fn show_workspace(ui: &mut Ui, app: &mut App, canvas: &mut Canvas) {
    canvas.show_minimap(app.settings.minimap && !app.view.presenting);
    let peek = app.workspace.peek.take();
    if app.view.presenting {
        return show_middle(ui, app, canvas, peek.as_ref());
    }
    let theme = app.theme();
    Panel::top("top bar").exact_size(48.0).frame(bar_frame(theme)).show(ui, |ui| {
        panes::enter_pane(ui, Pane::Top);
        topbar::show(ui, app);
    });
    let compares = app.current_tab() == Tab::Changes;
    Panel::left("outline").exact_size(LEFT).frame(side_frame(theme)).resizable(false).show_collapsible(
        ui,
        &mut (app.view.outline && !compares),
        |ui| {
            panes::enter_pane(ui, Pane::Outline);
            scroll_panel(ui, "outline scroll", |ui| {
                app.edit_context().as_mut().map(|desk| outline::show(ui, desk))
            });
        },
    );
    let undecided = app.session.as_ref().is_some_and(|session| !session.document.open_conflicts().is_empty());
    // The list of differences is the purpose of a comparison: it stays in a narrow window too.
    let mut inspects = undecided || app.view.inspector || (compares && app.view.narrow);
    let has_footer = app.current_tab() == Tab::Map;
    let room = middle_room(ui, inspects, has_footer);
    let mut between = ui.new_child(UiBuilder::new().max_rect(room));
    show_middle(&mut between, app, canvas, peek.as_ref());
    Panel::right("inspector").exact_size(RIGHT).frame(side_frame(theme)).resizable(false).show_collapsible(
        ui,
        &mut inspects,
        |ui| {
            panes::enter_pane(ui, Pane::Inspector);
            if compares {
                return scroll_panel(ui, "changes scroll", |ui| compare::show_changes(ui, app));
            }
            scroll_panel(ui, "inspector scroll", |ui| {
                if undecided {
                    conflicts::show(ui, app);
                } else if let Some(mut desk) = app.edit_context() {
                    inspector::show(ui, &mut desk);
                }
            });
        },
    );
    if has_footer {
        Panel::bottom("legend").exact_size(FOOTER).frame(bar_frame(theme)).show(ui, |ui| {
            panes::enter_pane(ui, Pane::Footer);
            legend::show(ui, app, canvas);
        });
    }
    if app.workspace.peek != peek {
        ui.ctx().request_repaint();
    }
}

/// Returns the area left to the map by inspector and footer, which are drawn later.
fn middle_room(ui: &Ui, inspects: bool, has_footer: bool) -> Rect {
    // Takes as long as the panel itself to slide in or out.
    let share = ui.ctx().animate_bool_responsive(Id::unique("inspector share"), inspects);
    let mut room = ui.available_rect_before_wrap();
    room.max.x = (room.max.x - (RIGHT * share).round()).max(room.min.x);
    room.max.y = (room.max.y - if has_footer { FOOTER } else { 0.0 }).max(room.min.y);
    room
}

/// Draws the map, or the view shown in its place.
fn show_middle(ui: &mut Ui, app: &mut App, canvas: &mut Canvas, peek: Option<&Transaction>) {
    let ground = Frame::new().fill(to_color32(app.theme().canvas));
    CentralPanel::default().frame(ground).show(ui, |ui| {
        panes::enter_pane(ui, Pane::Middle);
        match app.current_tab() {
            Tab::Map => show_map(ui, app, canvas, peek),
            Tab::Scores => charts::show(ui, app),
            Tab::Changes => compare::show_map(ui, app, canvas),
        }
    });
}

/// Draws the canvas: with the preview of a gesture in progress, else with the change under the pointer.
fn show_map(ui: &mut Ui, app: &mut App, canvas: &mut Canvas, peek: Option<&Transaction>) {
    let theme = app.theme_id();
    let lang = app.lang();
    for order in std::mem::take(&mut app.workspace.orders) {
        canvas.queue_order(order);
    }
    open_remembered(app, canvas);
    let Some(session) = &mut app.session else { return };
    let asked = RefCell::new(None);
    let scene = match canvas.preview_transaction().or(peek) {
        Some(gesture) => session.preview_gesture(gesture, theme, lang),
        None => session.current_scene(theme, lang),
    };
    let overlay = session.shown_overlay().cloned();
    let look = theme.theme();
    let tooltip = |ui: &mut Ui, id, part| {
        ui.set_max_width(280.0);
        part == ScenePart::Score
            && overlay.as_ref().is_some_and(|overlay| score::show_scores(ui, look, lang, overlay, id))
    };
    let score = |id| {
        let target = overlay.as_ref()?.scores.get(&id)?;
        spoken_score(lang, &target.formula, &target.score)
    };
    let menu = |ui: &mut Ui| {
        if let Some(action) = map_menu::show(ui, look, lang, session) {
            asked.replace(Some(action));
        }
    };
    let input = CanvasInput {
        scene: &scene,
        project: session.project(),
        journey: session.journey_id(),
        selection: session.selection(),
        glow: session.glowing_elements(),
        theme,
        lang,
        read_only: app.dialog.is_some(),
        presenting: app.view.presenting,
        is_helping: dialog_frame::is_helping(ui.ctx(), app.dialog.as_modal()),
        tooltip: &tooltip,
        score: &score,
        menu: &menu,
    };
    let events = canvas.ui(ui, &input);
    if let Some(action) = asked.take() {
        app.queue_action(action);
    }
    remember_place(app, canvas);
    for event in events {
        match event {
            CanvasEvent::Commit(transaction) => app.queue_request(AppRequest::Commit(transaction)),
            CanvasEvent::TypedPain(id) => {
                app.queue_call(move |app| app.with_session(|session| session.set_fresh_pain(Some(id))));
            }
            CanvasEvent::Picture(image) => app.queue_call(|app| pictures::place_pixels(app, image)),
            CanvasEvent::Leave => app.view.presenting = false,
            CanvasEvent::Pasted(pasted) => app.queue_call(|app| paste::take_pasted(app, pasted)),
            CanvasEvent::Select(ids) => app.queue_request(AppRequest::Select(ids.into_iter().collect())),
        }
    }
}

/// Opens a map that was not shown in the previous frame at its last view position.
fn open_remembered(app: &mut App, canvas: &mut Canvas) {
    let Some(session) = &app.session else { return };
    let journey = session.journey_id();
    if std::mem::take(&mut app.workspace.is_newly_open) || !canvas.is_showing(journey) {
        let place = session.document.file().and_then(|file| app.places.get(&file.path, journey));
        canvas.open_at(place.map(|MapPlace { origin: (x, y), zoom }| Camera { origin: pt(x, y), zoom }));
    }
}

/// Records the view position of the map, if the project has a file.
fn remember_place(app: &mut App, canvas: &Canvas) {
    let file = app.session.as_ref().and_then(|session| session.document.file());
    if let Some((file, (journey, camera))) = file.zip(canvas.chosen_place()) {
        let place = MapPlace { origin: (camera.origin.x, camera.origin.y), zoom: camera.zoom };
        app.places.remember_place(&file.path, journey, place);
    }
}

fn bar_frame(theme: &Theme) -> Frame {
    let margin = Margin::symmetric(space::L as i8, 0);
    Frame::new().fill(to_color32(theme.surface)).inner_margin(margin).stroke(Stroke::NONE)
}

fn side_frame(theme: &Theme) -> Frame {
    Frame::new().fill(to_color32(theme.surface)).inner_margin(Margin::same(0))
}

fn scroll_panel<R>(ui: &mut Ui, salt: &str, content: impl FnOnce(&mut Ui) -> R) {
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        let margin = Margin::symmetric(space::L as i8, space::M as i8);
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui);
            follow_focus(ui);
        });
    });
}

/// Scrolls a newly focused control into view.
fn follow_focus(ui: &Ui) {
    // A map field that has just opened loses the focus if its response is read in the frame of the click.
    if keyboard::is_on_map_field(ui.ctx()) {
        return;
    }
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    if let Some(response) = focused.filter(egui::Response::gained_focus)
        && ui.min_rect().contains(response.rect.center())
    {
        ui.scroll_to_rect(response.rect.expand(space::S), None);
    }
}

/// Draws a ring around the focused control; text fields and the map show their focus themselves.
fn focus_ring(ui: &Ui, theme: &Theme) {
    let ctx = ui.ctx();
    let focused = if ctx.text_edit_focused() { None } else { ctx.memory(egui::Memory::focused) };
    let Some(response) = focused.and_then(|id| ctx.read_response(id)) else { return };
    let seen = response.interact_rect;
    if !seen.is_positive() || seen.height() > ctx.content_rect().height() / 2.0 {
        return;
    }
    let painter = ctx.layer_painter(response.layer_id).with_clip_rect(seen.expand(space::XS));
    let ring = Stroke::new(2.0, to_color32(theme.focus));
    painter.rect_stroke(
        response.rect.expand(1.0),
        to_corner_radius(radius::CONTROL),
        ring,
        egui::StrokeKind::Outside,
    );
}
