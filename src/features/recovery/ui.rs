//! The dialog for unsaved work of ended processes, to recover or discard it.

use super::flow::{discard_left, recover_unsaved};
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::app::style::{strong_style, to_color32};
use crate::panels::two_sided;
use crate::panels::widgets::{
    default_button, draw_divider, heading_label, primary_button, quiet_button, soft_label,
};
use egui::{RichText, ScrollArea, Ui};
use engine::i18n::{Lang, Msg, escape_invisible, file_name};
use engine::store::journal::Recoverable;
use engine::theme::size::{space, text};

/// The dialog that offers unsaved work of ended processes.
#[derive(Debug)]
pub struct UnsavedWork(pub Vec<Recoverable>);

/// The texts shown for one recoverable document.
struct UnsavedRow {
    name: String,
    detail: String,
    place: String,
}

impl UnsavedRow {
    fn from_recoverable(left: &Recoverable, lang: Lang) -> Self {
        let time = left.changed.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
        let title = left.recovered.journeys_in_order().first().map(|journey| journey.info().title.clone());
        let file = left.path.as_deref().map(file_name);
        let untitled = || Msg::UntitledJourney.text(lang).to_owned();
        let place = left.path.as_deref().map(|path| escape_invisible(&path.to_string_lossy()));
        let mut detail = Msg::LeftOne.text_with(lang, &[("time", &time), ("n", &left.change_count())]);
        if left.torn {
            detail = format!("{detail}, {}", Msg::LeftSetAside.text(lang));
        }
        Self {
            name: file.or(title.filter(|title| !title.trim().is_empty())).unwrap_or_else(untitled),
            detail,
            place: place.unwrap_or_else(|| Msg::LeftNew.text(lang).to_owned()),
        }
    }
}

impl Modal for UnsavedWork {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        show_work(ui, app, &self.0);
    }

    fn outlives_document(&self) -> bool {
        true
    }
}

/// Lists the documents with unsaved work.
fn show_work(ui: &mut Ui, app: &mut App, left: &[Recoverable]) {
    let lang = app.lang();
    let theme = app.theme();
    let rows: Vec<UnsavedRow> = left.iter().map(|left| UnsavedRow::from_recoverable(left, lang)).collect();
    ui.set_width(520.0);
    heading_label(ui, Msg::LeftTitle.text(lang));
    ui.add_space(space::S);
    soft_label(ui, theme, Msg::LeftWhy.text(lang));
    ui.add_space(space::L);
    ScrollArea::vertical().max_height(320.0).min_scrolled_height(320.0).show(ui, |ui| {
        for (place, row) in rows.iter().enumerate() {
            ui.push_id(place, |ui| show_entry(ui, app, place, row));
            draw_divider(ui, theme);
        }
    });
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Later.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
    });
}

fn show_entry(ui: &mut Ui, app: &mut App, place: usize, row: &UnsavedRow) {
    let lang = app.lang();
    let theme = app.theme();
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width(280.0);
            ui.add(egui::Label::new(RichText::new(&row.name).text_style(strong_style())).truncate());
            soft_label(ui, theme, &row.detail);
            let place = RichText::new(&row.place).size(text::SMALL).color(to_color32(theme.muted));
            ui.add(egui::Label::new(place).truncate());
        });
        two_sided::at_right(ui, "choices", |ui| {
            if quiet_button(ui, Msg::Discard.text(lang)).clicked() {
                app.queue_request(AppRequest::call_step(move |app| discard_left(app, place)));
            }
            let recover = Msg::Recover.text(lang);
            let button = if place == 0 { default_button } else { primary_button };
            if button(ui, theme, recover).clicked() {
                app.queue_request(AppRequest::call_step(move |app| recover_unsaved(app, place)));
            }
        });
    });
}
