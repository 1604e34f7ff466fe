//! The help dialogs: keyboard shortcuts, and information about the program.

use crate::app::App;
use crate::app::action::{Action, Menu};
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::panels::actions::key_text;
use crate::panels::two_sided;
use crate::panels::widgets::{caption_label, default_button, heading_label, link_button, soft_label};
use egui::{Grid, Key, RichText, ScrollArea, Ui, vec2};
use engine::i18n::Msg;
use engine::theme::Theme;
use engine::theme::size::text;

/// Keys of the canvas that are not in the action table.
pub(crate) const CANVAS: &[(&str, Msg)] = &[
    ("Enter", Msg::EnterNext),
    ("Shift+Enter", Msg::AddAlternative),
    ("Tab", Msg::TabNextStage),
    ("Esc", Msg::EscapeKeeps),
    ("1–5", Msg::DigitsSetSeverity),
    ("Shift+F10", Msg::MenuAtElement),
    ("Space", Msg::SpaceDragPans),
    ("Shift", Msg::ShiftDragAdds),
];

/// A distance longer than any list, in points.
const WHOLE: f32 = 1e6;

/// The dialog with the keyboard shortcuts.
#[derive(Debug)]
pub(crate) struct ShortcutList;

impl Modal for ShortcutList {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        show_shortcuts(ui, app);
    }

    fn is_help(&self) -> bool {
        true
    }
}

/// The dialog about the program and its fonts.
#[derive(Debug)]
pub(crate) struct AboutDialog;

impl Modal for AboutDialog {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        show_about(ui, app);
    }

    fn is_help(&self) -> bool {
        true
    }
}

/// Lists all shortcuts, menu by menu.
fn show_shortcuts(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    ui.set_width(520.0);
    heading_label(ui, Msg::Shortcuts.text(lang));
    ui.add_space(8.0);
    let height = (ui.ctx().content_rect().height() - 220.0).clamp(160.0, 560.0);
    let scroll = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        scroll_by_keys(ui, height);
        shortcut_group(
            ui,
            theme,
            Msg::KeysDrawing.text(lang),
            CANVAS.iter().map(|(k, m)| ((*k).to_owned(), m.text(lang))),
        );
        for menu in Menu::ALL {
            let lines: Vec<(String, &str)> = Action::in_menu(menu)
                .map(|action| (key_text(ui, action), action.entry().label.text(lang).trim_end_matches('…')))
                .filter(|(keys, _)| !keys.is_empty())
                .collect();
            if !lines.is_empty() {
                shortcut_group(ui, theme, menu.label().text(lang), lines.into_iter());
            }
        }
    });
    close_button(ui, app);
}

/// Scrolls the list by the arrow and page keys, Home and End.
fn scroll_by_keys(ui: &Ui, page: f32) {
    let keys = [
        (Key::ArrowDown, 40.0),
        (Key::ArrowUp, -40.0),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::End, WHOLE),
        (Key::Home, -WHOLE),
    ];
    for (key, down) in keys {
        if ui.input(|input| input.key_pressed(key)) {
            ui.scroll_with_delta(vec2(0.0, -down));
        }
    }
}

fn shortcut_group<'a>(
    ui: &mut Ui,
    theme: &Theme,
    title: &str,
    lines: impl Iterator<Item = (String, &'a str)>,
) {
    caption_label(ui, theme, title);
    Grid::new(("keys", title)).num_columns(2).spacing([24.0, 4.0]).min_col_width(120.0).show(ui, |ui| {
        for (keys, label) in lines {
            ui.label(RichText::new(keys).size(text::SMALL).color(to_color32(theme.soft)));
            ui.label(label);
            ui.end_row();
        }
    });
    ui.add_space(12.0);
}

/// Shows the program's version, and the fonts and icons it uses.
fn show_about(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    ui.set_width(420.0);
    ui.horizontal(|ui| {
        crate::panels::topbar::show_logo(ui, theme);
        heading_label(ui, &format!("{} {}", Msg::AppName.text(lang), env!("CARGO_PKG_VERSION")));
    });
    soft_label(ui, theme, Msg::StartTitle.text(lang));
    ui.add_space(12.0);
    if link_button(ui, theme, Msg::ThirdPartyLicences.text(lang)).clicked() {
        app.queue_request(AppRequest::Do(Action::Licences));
    }
    ui.add_space(8.0);
    caption_label(ui, theme, Msg::Licences.text(lang));
    soft_label(ui, theme, Msg::FontsFrom.text(lang));
    let scroll = ScrollArea::vertical().max_height(240.0).min_scrolled_height(240.0);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        scroll_by_keys(ui, 240.0);
        for licence in LICENCES {
            // Licences are legal texts: they are shown in their original language.
            ui.label(RichText::new(*licence).size(text::TINY).color(to_color32(theme.soft)));
            ui.add_space(12.0);
        }
    });
    close_button(ui, app);
}

/// The licences of the bundled fonts and icons.
const LICENCES: &[&str] = &[
    include_str!("../../../assets/fonts/OFL-Inter.txt"),
    include_str!("../../../assets/fonts/OFL-NotoSansSC.txt"),
    include_str!("../../../assets/fonts/ISC-Lucide.txt"),
];

fn close_button(ui: &mut Ui, app: &mut App) {
    ui.add_space(12.0);
    two_sided::show_buttons(ui, |ui| {
        if default_button(ui, app.theme(), Msg::Close.text(app.lang())).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
    });
}
