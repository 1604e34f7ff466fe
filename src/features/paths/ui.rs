//! The built-in path dialog, used in tests and if the system's dialog does not appear.

use super::flow::{answer_path, list_folder};
use super::form::{FolderEntry, PathDialog, has_extension};
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::canvas::select_all;
use crate::panels::two_sided;
use crate::panels::widgets::{
    heading_label, hint_label, icon_button, icon_text, primary_button, quiet_button,
};
use egui::{Button, Key, ScrollArea, TextEdit, Ui};
use engine::i18n::{Lang, Msg};
use engine::theme::{Icon, Theme};
use std::path::Path;

/// Returns the folders and files of a folder, without hidden ones.
pub(super) fn read_folder(folder: &Path) -> std::io::Result<Vec<FolderEntry>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // A link is listed as its target; a broken link is left out.
        if let Ok(meta) = std::fs::metadata(entry.path())
            && !name.starts_with('.')
        {
            found.push(FolderEntry { is_file: meta.is_file(), name });
        }
    }
    found.sort_unstable_by_key(|entry| (entry.is_file, entry.name.to_lowercase()));
    Ok(found)
}

impl Modal for PathDialog {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        if let Some(wish) = show_body(ui, self, app.lang(), app.theme()) {
            app.queue_request(wish);
        }
    }
}

fn show_body(ui: &mut Ui, form: &mut PathDialog, lang: Lang, theme: &Theme) -> Option<AppRequest> {
    ui.set_width(520.0);
    heading_label(ui, form.question.title.text(lang).trim_end_matches('…'));
    ui.add_space(8.0);
    let mut wish = folder_line(ui, form, lang, theme);
    if let Some(problem) = &form.problem {
        ui.colored_label(to_color32(theme.danger.ink), problem.as_str());
    }
    if let Some(entry) = show_entries(ui, form) {
        wish = open_entry(form, &entry);
    }
    let name = Msg::FileName.text(lang);
    let edit = TextEdit::singleline(&mut form.name).hint_text(name).desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(name);
    if std::mem::take(&mut form.fresh) {
        response.request_focus();
        // Typing replaces the proposed name, but not its extension.
        let stem = form.name.rsplit_once('.').map_or(form.name.as_str(), |(stem, _)| stem);
        select_all(ui, response.id, stem);
    }
    if response.changed() {
        form.replace = false;
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.add_space(8.0);
    wish.or_else(|| show_buttons(ui, form, lang, theme, entered))
}

fn folder_line(ui: &mut Ui, form: &PathDialog, lang: Lang, theme: &Theme) -> Option<AppRequest> {
    ui.horizontal(|ui| {
        let up = icon_button(ui, theme, Icon::ArrowUp, Msg::UpOneFolder.text(lang)).clicked();
        ui.add(egui::Label::new(form.folder.display().to_string()).truncate());
        let parent = if up { form.folder.parent() } else { None };
        let parent = parent.map(Path::to_owned);
        parent.map(|parent| AppRequest::call_step(move |app| list_folder(app, parent)))
    })
    .inner
}

/// Lists the folder's entries; returns the clicked one.
fn show_entries(ui: &mut Ui, form: &PathDialog) -> Option<FolderEntry> {
    let mut clicked = None;
    let height = 260.0;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
        let is_offered = |entry: &&FolderEntry| {
            !entry.is_file || has_extension(Path::new(&entry.name), form.question.endings)
        };
        for entry in form.entries.iter().filter(is_offered) {
            let icon = if entry.is_file { Icon::File } else { Icon::FolderOpen };
            let glyph = icon_text(icon, 14.0, ui.visuals().weak_text_color());
            let chosen = entry.is_file && entry.name == form.name;
            let button = Button::selectable(chosen, (glyph, entry.name.as_str())).truncate();
            if ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0))).clicked() {
                clicked = Some(entry.clone());
            }
        }
    });
    clicked
}

fn open_entry(form: &mut PathDialog, entry: &FolderEntry) -> Option<AppRequest> {
    form.replace = false;
    if entry.is_file {
        form.name.clone_from(&entry.name);
        return None;
    }
    let folder = form.folder.join(&entry.name);
    Some(AppRequest::call_step(move |app| list_folder(app, folder)))
}

fn show_buttons(
    ui: &mut Ui,
    form: &mut PathDialog,
    lang: Lang,
    theme: &Theme,
    entered: bool,
) -> Option<AppRequest> {
    let mut wish = None;
    if form.replace && form.would_replace() {
        hint_label(ui, theme, &Msg::ReplaceFile.text_with(lang, &[("file", &form.name)]));
    }
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            wish = Some(AppRequest::CloseDialog);
        }
        let label = if form.replace { Msg::Replace } else { form.question.button };
        let ready = !form.name.trim().is_empty();
        let pressed =
            ui.add_enabled_ui(ready, |ui| primary_button(ui, theme, label.text(lang)).clicked()).inner;
        if (pressed || entered) && ready {
            wish = confirm_path(form);
        }
    });
    wish
}

/// Requests the path; asks first if it would replace a file.
fn confirm_path(form: &mut PathDialog) -> Option<AppRequest> {
    if form.would_replace() && !form.replace {
        form.replace = true;
        return None;
    }
    let path = form.path();
    Some(AppRequest::call_step(move |app| answer_path(app, path)))
}
