//! The whole window in a test: opens it, presses controls by name, types into it, and reads it.

use desireline::app::Window;
use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::app::session::Session;
use desireline::features::paths::{PathDialog, answer_path};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use engine::i18n::Lang;
use engine::id::Id;
use engine::model::{Journey, Project};
use engine::store::settings::Settings;
use std::path::PathBuf;

pub(crate) type Test = Harness<'static, Window>;

/// The content that the window opens with.
pub(crate) enum On {
    /// The start page.
    Start,
    /// A template.
    Template(&'static str),
    /// A file.
    File(PathBuf),
}

/// Returns the program in a window of a size in points, without dialogs of the system.
pub(crate) fn open(size: Vec2, lang: Lang, on: On) -> Test {
    open_as(size, Settings::default_for(lang), on)
}

/// Returns the program with a user's settings.
pub(crate) fn open_as(size: Vec2, settings: Settings, on: On) -> Test {
    let mut test = super::harness(size).with_theme(egui::Theme::Light).build_eframe(
        move |cc: &mut eframe::CreationContext<'_>| {
            let file = if let On::File(path) = &on { Some(path.clone()) } else { None };
            let mut window = Window::new(&cc.egui_ctx, settings.clone(), file);
            window.app.picker.uses_system = false;
            if let On::Template(name) = on {
                window.app.queue_request(AppRequest::Template(name));
            }
            window
        },
    );
    settle(&mut test);
    test
}

/// Draws frames until background work has ended.
pub(crate) fn settle(test: &mut Test) {
    test.run_steps(4);
    for _ in 0..1000 {
        if test.state().app.jobs.running_jobs().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        test.run_steps(1);
    }
    test.run_steps(3);
}

/// Clicks the first button of that name.
pub(crate) fn press(test: &mut Test, name: &str) {
    let found = test.get_all_by_role_and_label(Role::Button, name).next();
    found.unwrap_or_else(|| panic!("a button named {name}")).click();
    settle(test);
}

/// Clicks the last button of that name: the one in front.
pub(crate) fn press_last(test: &mut Test, name: &str) {
    let found = test.get_all_by_role_and_label(Role::Button, name).last();
    found.unwrap_or_else(|| panic!("a button named {name}")).click();
    settle(test);
}

/// Types into the field of that name, replacing its text; the keyboard stays in it.
pub(crate) fn type_over(test: &mut Test, name: &str, words: &str) {
    let roles = [Role::TextInput, Role::MultilineTextInput];
    let named = |role| test.query_all_by_role_and_label(role, name).next();
    let field = roles.into_iter().find_map(named);
    field.unwrap_or_else(|| panic!("a field named {name}")).focus();
    test.run_steps(1);
    test.key_press_modifiers(Modifiers::COMMAND, Key::A);
    test.run_steps(1);
    test.event(egui::Event::Text(words.to_owned()));
    test.run_steps(1);
}

/// Types into the field of that name and leaves it with Enter.
pub(crate) fn fill(test: &mut Test, name: &str, words: &str) {
    type_over(test, name, words);
    key(test, Modifiers::NONE, Key::Enter);
}

/// Presses a key.
pub(crate) fn key(test: &mut Test, modifiers: Modifiers, key: Key) {
    test.key_press_modifiers(modifiers, key);
    settle(test);
}

/// Presses a key without modifiers.
pub(crate) fn plain(test: &mut Test, pressed: Key) {
    key(test, Modifiers::NONE, pressed);
}

/// Types words into whatever has the keyboard.
pub(crate) fn write(test: &mut Test, words: &str) {
    test.event(Event::Text(words.to_owned()));
    settle(test);
}

/// Presses a letter as the keyboard sends it: a key with its text.
pub(crate) fn letter(test: &mut Test, pressed: Key, typed: &str) {
    let down = Event::Key {
        key: pressed,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    test.input_mut().events.extend([down, Event::Text(typed.to_owned())]);
    settle(test);
}

/// Runs an action of the table.
pub(crate) fn act(test: &mut Test, action: Action) {
    test.state_mut().app.queue_action(action);
    settle(test);
}

/// Runs an action that asks for a path, and answers it.
pub(crate) fn act_on(test: &mut Test, action: Action, path: PathBuf) {
    act(test, action);
    answer(test, path);
}

/// Answers the open path dialog.
pub(crate) fn answer(test: &mut Test, path: PathBuf) {
    assert!(test.state().app.dialog.get::<PathDialog>().is_some(), "a path is asked for");
    ask(test, AppRequest::call_step(|app| answer_path(app, path)));
}

/// Sends the program a request.
pub(crate) fn ask(test: &mut Test, request: AppRequest) {
    test.state_mut().app.queue_request(request);
    settle(test);
}

/// Returns the open project with its view.
pub(crate) fn session(test: &Test) -> &Session {
    test.state().app.session.as_ref().expect("a project is open")
}

/// Returns the open project.
pub(crate) fn project(test: &Test) -> &Project {
    session(test).project()
}

/// Returns the journey shown.
pub(crate) fn journey(test: &Test) -> &Journey {
    session(test).journey().expect("a journey is shown")
}

/// Returns the touchpoint of that title.
pub(crate) fn card(test: &Test, title: &str) -> Id {
    let card = journey(test).touchpoints().values().find(|card| card.title == title);
    card.unwrap_or_else(|| panic!("a card named {title}")).id.into()
}

/// Selects elements.
pub(crate) fn select(test: &mut Test, ids: &[Id]) {
    ask(test, AppRequest::Select(ids.to_vec()));
}

pub(crate) fn dirty(test: &Test) -> bool {
    test.state().app.session.as_ref().is_some_and(|session| session.document.is_dirty())
}

/// True if some text on the screen contains these words.
pub(crate) fn says(test: &Test, words: &str) -> bool {
    test.query_all_by(|node| {
        [node.label(), node.value()].into_iter().flatten().any(|said| said.contains(words))
    })
    .next()
    .is_some()
}

/// Returns the program's notices, one a line.
pub(crate) fn told(test: &Test) -> String {
    let notices = test.state().app.notices.as_slice();
    notices.iter().map(|notice| notice.text.clone()).collect::<Vec<_>>().join("\n")
}
