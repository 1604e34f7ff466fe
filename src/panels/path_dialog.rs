//! The built-in path dialog, used in tests and if the system's dialog does not appear.

use super::two_sided;
use super::widgets::{hint_label, icon_button, primary_button, quiet_button};
use crate::app::App;
use crate::app::dialog::{Dialog, PathDialog};
use crate::app::outcome::{Listed, Purpose};
use crate::app::picking::{OUTLINES, PICTURES, has_extension};
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::canvas::select_all;
use crate::i18n::{Lang, Msg};
use crate::survey::source::ENDINGS;
use crate::theme::{Icon, Theme};
use egui::{Button, Key, ScrollArea, TextEdit, Ui};
use std::path::{Path, PathBuf};

/// Returns the folders and files of a folder, without hidden ones.
pub(crate) fn list_folder(folder: &Path) -> std::io::Result<Vec<Listed>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // A link is listed as its target; a broken link is left out.
        if let Ok(meta) = std::fs::metadata(entry.path())
            && !name.starts_with('.')
        {
            found.push(Listed { is_file: meta.is_file(), name });
        }
    }
    found.sort_unstable_by_key(|entry| (entry.is_file, entry.name.to_lowercase()));
    Ok(found)
}

/// Shows the dialog.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    let Some(Dialog::Path(form)) = &mut app.dialog else { return };
    let wish = show_body(ui, form, lang, theme);
    if let Some(wish) = wish {
        app.queue_request(wish);
    }
}

fn show_body(ui: &mut Ui, form: &mut PathDialog, lang: Lang, theme: &Theme) -> Option<AppRequest> {
    ui.set_width(520.0);
    super::widgets::heading_label(ui, purpose_title(&form.purpose).text(lang).trim_end_matches('…'));
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

fn purpose_title(purpose: &Purpose) -> Msg {
    match purpose {
        Purpose::Open => Msg::Open,
        Purpose::Outline => Msg::NewFromOutline,
        Purpose::Picture => Msg::AddPicture,
        Purpose::SaveAs(_) => Msg::SaveAs,
        Purpose::Duplicate => Msg::DuplicateProject,
        Purpose::Import => Msg::ImportFeedback,
        Purpose::Quotes => Msg::QuotesFromComments,
        Purpose::Export => Msg::Export,
        Purpose::Redacted => Msg::SaveRedacted,
        Purpose::Compare => Msg::CompareVersions,
    }
}

fn folder_line(ui: &mut Ui, form: &PathDialog, lang: Lang, theme: &Theme) -> Option<AppRequest> {
    ui.horizontal(|ui| {
        let up = icon_button(ui, theme, Icon::ArrowUp, Msg::UpOneFolder.text(lang)).clicked();
        ui.add(egui::Label::new(form.folder.display().to_string()).truncate());
        let parent = if up { form.folder.parent() } else { None };
        parent.map(|parent| AppRequest::List(parent.to_owned()))
    })
    .inner
}

/// Lists the folder's entries; returns the clicked one.
fn show_entries(ui: &mut Ui, form: &PathDialog) -> Option<Listed> {
    let mut clicked = None;
    let height = 260.0;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
        for entry in form.entries.iter().filter(|entry| is_offered(&form.purpose, entry)) {
            let icon = if entry.is_file { Icon::File } else { Icon::FolderOpen };
            let glyph = super::widgets::icon_text(icon, 14.0, ui.visuals().weak_text_color());
            let chosen = entry.is_file && entry.name == form.name;
            let button = Button::selectable(chosen, (glyph, entry.name.as_str())).truncate();
            if ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0))).clicked() {
                clicked = Some(entry.clone());
            }
        }
    });
    clicked
}

/// True for folders, and for files with an extension that fits the purpose.
fn is_offered(purpose: &Purpose, entry: &Listed) -> bool {
    let endings: &[&str] = match purpose {
        Purpose::Open | Purpose::SaveAs(_) | Purpose::Duplicate | Purpose::Redacted | Purpose::Compare => {
            &["ron"]
        }
        Purpose::Outline => OUTLINES,
        Purpose::Picture => PICTURES,
        Purpose::Import | Purpose::Quotes => ENDINGS,
        Purpose::Export => &["png", "svg", "csv", "md", "mmd"],
    };
    !entry.is_file || has_extension(Path::new(&entry.name), endings)
}

fn open_entry(form: &mut PathDialog, entry: &Listed) -> Option<AppRequest> {
    form.replace = false;
    if entry.is_file {
        form.name.clone_from(&entry.name);
        return None;
    }
    Some(AppRequest::List(form.folder.join(&entry.name)))
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
        let label = match form.purpose {
            _ if form.replace => Msg::Replace,
            Purpose::SaveAs(_) | Purpose::Duplicate | Purpose::Redacted => Msg::Save,
            Purpose::Export => Msg::ExportNow,
            Purpose::Import => Msg::ImportNow,
            Purpose::Open | Purpose::Outline | Purpose::Quotes | Purpose::Compare => Msg::OpenNow,
            Purpose::Picture => Msg::Add,
        };
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
    let path: PathBuf = form.path();
    Some(AppRequest::Chosen(form.purpose.clone(), path))
}
