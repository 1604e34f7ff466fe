//! Earlier versions of the open document as thumbnails, one of which can be restored as a new step.

use super::flow::{compare_with_kept, restore_version};
use super::form::{VersionsForm, format_kept_time};
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::app::thumbnail::{Subject, ThumbnailStyle};
use crate::features::filing;
use crate::panels::start_card::{StartCard, show_card};
use crate::panels::two_sided;
use crate::panels::widgets::{default_button, heading_label, hint_label, quiet_button, soft_label};
use egui::{ScrollArea, Ui, Vec2, vec2};
use engine::i18n::{Explain, Lang, Msg};
use engine::store::versions::VersionEntry;
use engine::theme::size::space;

/// Size of a thumbnail, in points.
const PICTURE: Vec2 = vec2(232.0, 132.0);
/// Number of thumbnails side by side.
const COLUMNS: usize = 3;
/// Maximum height of the list, in points.
const HEIGHT: f32 = 420.0;

impl Modal for VersionsForm {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        let subjects: Vec<Subject> = self.kept.iter().map(|kept| self.thumbnail_subject(kept)).collect();
        let frame = ThumbnailStyle::new(filing::drawing_style(app), PICTURE, ui.pixels_per_point());
        self.gallery.draw_missing(&mut app.jobs, subjects.into_iter(), frame, |app| {
            app.dialog.get_mut::<Self>().map(|form| &mut form.gallery)
        });
        show_list(ui, app, self);
    }
}

/// Shows the versions, and the buttons for the chosen one.
fn show_list(ui: &mut Ui, app: &mut App, form: &mut VersionsForm) {
    let lang = app.lang();
    let theme = app.theme();
    ui.set_width(COLUMNS as f32 * (PICTURE.x + space::L) + space::S);
    heading_label(ui, Msg::VersionsTitle.text(lang));
    ui.add_space(space::S);
    soft_label(ui, theme, Msg::VersionsWhy.text(lang));
    ui.add_space(space::L);
    if form.kept.is_empty() {
        hint_label(ui, theme, Msg::VersionsNone.text(lang));
    }
    ScrollArea::vertical()
        .max_height(HEIGHT)
        .min_scrolled_height(HEIGHT)
        .show(ui, |ui| show_versions(ui, form, theme, lang));
    ui.add_space(space::L);
    let chosen = form.kept.get(form.chosen).cloned();
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
        if let Some(kept) = chosen {
            if quiet_button(ui, Msg::CompareEarlier.text(lang)).clicked() {
                let kept = kept.clone();
                app.queue_request(AppRequest::call_step(|app| compare_with_kept(app, kept)));
            }
            if default_button(ui, theme, Msg::Restore.text(lang)).clicked() {
                app.queue_request(AppRequest::call_step(|app| restore_version(app, kept)));
            }
        }
    });
}

fn show_versions(ui: &mut Ui, form: &mut VersionsForm, theme: &engine::theme::Theme, lang: Lang) {
    let rows: Vec<(Subject, [String; 2])> =
        form.kept.iter().map(|kept| (form.thumbnail_subject(kept), describe_version(kept, lang))).collect();
    let mut chosen = form.chosen;
    for (row, entries) in rows.chunks(COLUMNS).enumerate() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for (column, (subject, [time, why])) in entries.iter().enumerate() {
                let place = row * COLUMNS + column;
                let gone = Some(Msg::StartNotReadable.text(lang));
                let shown = StartCard {
                    subject,
                    gallery: &form.gallery,
                    chosen: place == form.chosen,
                    title: time,
                    detail: why,
                    gone,
                };
                if show_card(ui, theme, PICTURE, &shown) {
                    chosen = place;
                }
            }
        });
        ui.add_space(space::L);
    }
    form.chosen = chosen;
}

/// Returns the time and the reason for which a version was kept.
fn describe_version(kept: &VersionEntry, lang: Lang) -> [String; 2] {
    [format_kept_time(kept), kept.label.explain(lang)]
}
