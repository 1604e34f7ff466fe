//! The dialog about a damaged file: the damage found and its repair, before the recovered part is opened.

use super::files::Damaged;
use super::flow::open_repaired;
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::panels::two_sided;
use crate::panels::widgets::{default_button, heading_label, hint_label, quiet_button, soft_label};
use egui::{Label, RichText, ScrollArea, Ui};
use engine::i18n::{Msg, explain_repair, file_name, format_count};

/// Largest number of findings listed.
const LISTED: usize = 300;

impl Modal for Damaged {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        show_damage(ui, app, self);
    }
}

/// Lists the damage, and asks if the rest should be opened.
fn show_damage(ui: &mut Ui, app: &mut App, damaged: &Damaged) {
    let lang = app.lang();
    let theme = app.theme();
    let name = file_name(&damaged.path);
    let project = Some(damaged.session.project());
    ui.set_width(600.0);
    heading_label(ui, &Msg::RepairTitle.text_with(lang, &[("file", &name)]));
    ui.add_space(8.0);
    soft_label(ui, theme, Msg::RepairQuestion.text(lang));
    ui.add_space(8.0);
    ScrollArea::vertical().max_height(280.0).min_scrolled_height(280.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            for note in damaged.report.iter().take(LISTED) {
                let words = RichText::new(explain_repair(note, project, lang)).color(to_color32(theme.text));
                ui.add(Label::new(words).wrap().selectable(true));
            }
            let more = damaged.report.len().saturating_sub(LISTED) + damaged.unlisted;
            if more > 0 {
                hint_label(ui, theme, &Msg::RepairMore.text_with(lang, &[("n", &format_count(more as u64))]));
            }
        },
    );
    ui.add_space(16.0);
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
        if default_button(ui, theme, Msg::RepairOpen.text(lang)).clicked() {
            app.queue_request(AppRequest::call_step(open_repaired));
        }
    });
}
