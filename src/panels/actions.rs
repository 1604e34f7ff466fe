//! Actions as menu entries and buttons, and the manual's tables of keys.

use super::widgets::{icon_text, keyed_icon_button};
use crate::app::App;
use crate::app::action::{Action, Menu};
use crate::app::menu_keys::walk_menu;
use crate::app::style::to_color32;
use crate::features::help;
use egui::{Button, Key, KeyboardShortcut, ModifierNames, Response, Role, Ui, WidgetInfo};
use engine::i18n::Lang;
use engine::theme::Icon;

/// Returns the action's first shortcut in this system's notation.
pub(crate) fn key_text(ui: &Ui, action: Action) -> String {
    let keys = action.entry().keys.first();
    keys.map(|key| with_sign(&ui.ctx().format_shortcut(key), key.logical_key)).unwrap_or_default()
}

/// Replaces the key's name in a formatted shortcut by the sign printed on the key.
fn with_sign(written: &str, key: Key) -> String {
    let sign = match key {
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Equals => "=",
        Key::Comma => ",",
        Key::Period => ".",
        Key::Slash => "/",
        _ => return written.to_owned(),
    };
    match written.strip_suffix(key.name()) {
        Some(modifiers) => format!("{modifiers}{sign}"),
        None => written.to_owned(),
    }
}

/// Shows an action as a menu entry.
pub(crate) fn menu_line(ui: &mut Ui, app: &mut App, action: Action) -> Response {
    let entry = action.entry();
    let glyph = icon_text(entry.icon, 14.0, to_color32(app.theme().soft));
    let keys = key_text(ui, action);
    let name = entry.label.text(app.lang());
    let in_force = app.is_in_force(action);
    let mut button = Button::new((glyph, name)).shortcut_text(keys);
    if in_force == Some(true) {
        button = button.right_text(icon_text(Icon::Check, 14.0, to_color32(app.theme().accent)));
    }
    let response = ui.add_enabled(app.can_run(action), button.min_size(egui::vec2(220.0, 26.0)));
    if let Some(in_force) = in_force {
        let enabled = response.enabled();
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, in_force, name));
    }
    if response.clicked() {
        app.queue_action(action);
        ui.close();
    }
    response
}

/// Shows the main menu, with one submenu for each group.
pub(crate) fn show_main_menu(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let mut groups = Vec::new();
    for menu in Menu::ALL {
        let name = menu.label().text(lang);
        let group = ui.menu_button(name, |ui| {
            let lines: Vec<(Response, &str)> = Action::in_menu(menu)
                .map(|action| {
                    // Separates the languages from the themes.
                    if action == Action::LanguageEnglish {
                        ui.separator();
                    }
                    (menu_line(ui, app, action), action.entry().label.text(lang))
                })
                .filter(|(line, _)| line.enabled())
                .collect();
            walk_menu(ui, &lines);
        });
        groups.push((group.response, name));
    }
    walk_menu(ui, &groups);
}

/// Shows an action as an icon button with a tooltip that names its key.
pub(crate) fn action_button(ui: &mut Ui, app: &mut App, icon: Icon, action: Action) {
    let label = action.entry().label.text(app.lang()).trim_end_matches('…').to_owned();
    let theme = app.theme();
    let enabled = app.can_run(action);
    let key = key_text(ui, action);
    if ui.add_enabled_ui(enabled, |ui| keyed_icon_button(ui, theme, icon, &label, &key)).inner.clicked() {
        app.queue_action(action);
    }
}

/// Returns the tables of keys for the manual, in Markdown: those of the canvas, then the actions' shortcuts.
pub fn shortcut_tables_markdown() -> String {
    let keys = |keys: &[KeyboardShortcut]| {
        let written =
            |key: &KeyboardShortcut| with_sign(&key.format(&ModifierNames::NAMES, false), key.logical_key);
        let written = keys.iter().map(|key| format!("`{}`", written(key)));
        written.collect::<Vec<_>>().join(", ")
    };
    let mut table = String::from("| Drawing | Keys |\n| --- | --- |\n");
    for (key, label) in help::CANVAS {
        table.extend(["| ", label.text(Lang::En), " | `", key, "` |\n"]);
    }
    table.push_str("\n| Action | Keys |\n| --- | --- |\n");
    for entry in Action::ALL.iter().map(|action| action.entry()).filter(|entry| !entry.keys.is_empty()) {
        let label = entry.label.text(Lang::En).trim_end_matches('…');
        table.extend(["| ", label, " | ", &keys(entry.keys), " |\n"]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_stand_on_the_keyboard() {
        let table = shortcut_tables_markdown();
        for name in ["Bracket", "Plus", "Minus", "Equals", "Comma", "Period", "Slash"] {
            assert!(!table.contains(&format!("{name}`")), "{name}: {table}");
        }
        assert!(
            table.contains("`[`") && table.contains("`Ctrl+−`") && table.contains("`Ctrl++`, `Ctrl+=`"),
            "{table}"
        );
        assert_eq!(with_sign("Ctrl+Plus", Key::Plus), "Ctrl++");
        assert_eq!(with_sign("⌘+", Key::Plus), "⌘+", "a sign stays");
    }
}
