//! Tests of the action table's invariants.

use super::*;
use crate::app::jobs::Jobs;
use crate::app::request::AppRequest;
use crate::app::session::Session;
use crate::panels::panes::Pane;
use egui::{Context, RawInput, Sense, Vec2};
use engine::edit::command::rename_record;
use engine::id::Id;
use engine::store::document::Document;
use engine::store::load::load_project;
use engine::store::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The keys that a system really sends: (control, alt, shift, command, key).
fn sent(key: KeyboardShortcut, mac: bool) -> (bool, bool, bool, bool, Key) {
    let m = key.modifiers;
    (m.ctrl || (m.command && !mac), m.alt, m.shift, m.mac_cmd || (m.command && mac), key.logical_key)
}

#[test]
fn no_two_actions_share_keys_on_any_system() {
    for mac in [false, true] {
        let mut seen = BTreeMap::new();
        for action in Action::ALL {
            for key in action.entry().keys {
                let before = seen.insert(sent(*key, mac), *action);
                assert!(before.is_none(), "{action:?} and {before:?} share {key:?}");
            }
        }
    }
}

#[test]
fn keys_of_the_canvas_and_of_the_systems_stay_free() {
    let canvas = [Key::Enter, Key::Tab, Key::Escape, Key::Space];
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    let mac = [Key::H, Key::M, Key::Tab, Key::Space];
    for action in Action::ALL {
        for key in action.entry().keys {
            let plain = key.modifiers == Modifiers::NONE;
            assert!(!plain || !canvas.contains(&key.logical_key), "{action:?}");
            assert!(!plain || !arrows.contains(&key.logical_key), "{action:?}");
            assert!(!key.modifiers.command || !mac.contains(&key.logical_key), "{action:?}");
        }
    }
}

#[test]
fn a_letter_never_fires_while_text_is_typed() {
    for action in Action::ALL {
        let entry = action.entry();
        let bare =
            |key: &KeyboardShortcut| key.modifiers == Modifiers::NONE && key.logical_key.name().len() == 1;
        assert!(!entry.while_typing || !entry.keys.iter().any(bare), "{action:?}");
    }
}

#[test]
fn every_action_is_in_a_menu_under_a_name_of_its_own() {
    let listed: Vec<Action> = Menu::ALL.into_iter().flat_map(Action::in_menu).collect();
    assert_eq!(listed, Action::ALL);
    let names: BTreeSet<String> =
        Action::ALL.iter().map(|action| format!("{:?}", action.entry().label)).collect();
    assert_eq!(names.len(), Action::ALL.len());
}

/// A document with the tab and the settings before an action.
struct Start {
    content: &'static [u8],
    tab: Tab,
    lang: Lang,
    theme: Option<ThemeId>,
}

/// Together, these leave every switch something to change. The second document holds answers of a survey.
const STARTS: [Start; 2] = [
    Start {
        content: include_bytes!("../../templates/airline.ron"),
        tab: Tab::Map,
        lang: Lang::En,
        theme: Some(ThemeId::Light),
    },
    Start {
        content: include_bytes!("../../tests/data/v1/everything.ron"),
        tab: Tab::Changes,
        lang: Lang::ZhCn,
        theme: None,
    },
];

/// Opens the document with two of its journeys compared, and with a step to undo and one to redo.
fn open_app(ctx: &Context, state: &Path, start: &Start) -> App {
    let settings =
        Settings { theme: start.theme, state: Some(state.to_owned()), ..Settings::default_for(start.lang) };
    let mut app = App::new(ctx, settings);
    app.picker.uses_system = false;
    app.session = Session::new(Document::new(load_project(start.content).unwrap().project));
    for action in [Action::DuplicateJourney, Action::CompareJourneys] {
        finish_jobs(ctx, &mut app, AppRequest::Do(action));
    }
    let session = app.session.as_mut().unwrap();
    for title in ["Once", "Twice"] {
        let journey = Id::from(session.journey_id());
        session.commit(rename_record(session.project(), journey, title)).unwrap();
    }
    assert!(session.undo().unwrap());
    app.view.tab = start.tab;
    app.workspace.orders.clear();
    app
}

/// Sends a request and waits for the jobs it starts.
fn finish_jobs(ctx: &Context, app: &mut App, request: AppRequest) {
    app.queue_request(request);
    Jobs::finish_all(ctx, app);
}

/// Draws two panes and describes everything that an action can act on: the application, the commands for the
/// window, and the focus.
fn describe_all(ctx: &Context, app: &App) -> String {
    let mut commands = Vec::new();
    // A requested focus arrives in the frame after the next.
    for _ in 0..3 {
        let output = ctx.run_ui(RawInput::default(), |ui| {
            panes::begin_frame(ui.ctx());
            for pane in [Pane::Top, Pane::Middle] {
                ui.scope(|ui| {
                    panes::enter_pane(ui, pane);
                    ui.allocate_response(Vec2::splat(20.0), Sense::click());
                });
            }
        });
        commands.extend(output.viewport_output.values().flat_map(|viewport| viewport.commands.clone()));
        output.drop_without_applying_deltas();
    }
    let focus = ctx.memory(egui::Memory::focused);
    format!("{app:?} {commands:?} {focus:?}")
}

/// Runs the action's handler with each element selected in turn, until it does something.
fn does_something(action: Action, ctx: &Context, app: &mut App) -> bool {
    let project = app.session.as_ref().unwrap().project();
    let journey = app.session.as_ref().unwrap().journey().unwrap();
    let cards = journey.touchpoints().keys().map(|id| Id::from(*id));
    let insights = journey.insights().keys().map(|id| Id::from(*id));
    let improvements = project.improvements().keys().map(|id| Id::from(*id));
    let ids: Vec<Id> = cards.chain(insights).chain(improvements).collect();
    ids.into_iter().any(|id| {
        app.session.as_mut().unwrap().set_selection([id].into());
        app.can_run(action) && {
            let before = describe_all(ctx, app);
            (action.entry().handler)(app);
            before != describe_all(ctx, app)
        }
    })
}

#[test]
fn every_action_does_something_where_it_is_available() {
    let folder = tempfile::tempdir().unwrap();
    let mut idle: BTreeSet<Action> = Action::ALL.iter().copied().collect();
    for start in &STARTS {
        let ctx = Context::default();
        idle.retain(|action| {
            let mut app = open_app(&ctx, folder.path(), start);
            // The first frame tells the window its theme.
            describe_all(&ctx, &app);
            assert_eq!(describe_all(&ctx, &app), describe_all(&ctx, &app), "nothing changes on its own");
            !does_something(*action, &ctx, &mut app)
        });
    }
    assert!(idle.is_empty(), "{idle:?} do nothing");
}
