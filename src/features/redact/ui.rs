//! The dialog for a redacted copy: the kinds of content to remove, and each removal.

use super::flow::{ask_copy_path, make_copy};
use super::form::RedactForm;
use super::review_ui;
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::panels::two_sided;
use crate::panels::widgets::{
    check_box, default_button, heading_label, hint_label, quiet_button, soft_label, warning_label,
};
use egui::{Button, DragValue, Frame, Label, RichText, ScrollArea, Ui, vec2};
use engine::i18n::{Explain, Lang, Msg, format_count, redaction_summary};
use engine::theme::Theme;

/// Height of the list, in points.
const LIST: f32 = 180.0;
/// Highest minimum number of answers that can be required of a group.
const MOST: u64 = 100;

impl Modal for RedactForm {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        if self.reading.is_some() {
            review_ui::show(ui, app, self);
        } else {
            show_options(ui, app, self);
        }
    }

    /// From a single text, the dialog returns to the list, with all decisions kept.
    fn leave_page(&mut self) -> bool {
        self.reading.take().is_some()
    }
}

/// Shows what can be removed, and what is.
fn show_options(ui: &mut Ui, app: &mut App, form: &mut RedactForm) {
    let lang = app.lang();
    let theme = app.theme();
    ui.set_width(560.0);
    heading_label(ui, Msg::SaveRedacted.text(lang).trim_end_matches('…'));
    ui.add_space(6.0);
    soft_label(ui, theme, Msg::RedactWhat.text(lang));
    ui.add_space(6.0);
    let before = form.what.clone();
    kind_boxes(ui, form, lang, theme);
    let changed = form.what != before;
    ui.add_space(8.0);
    removal_list(ui, form, lang, theme);
    ui.add_space(6.0);
    hint_label(ui, theme, Msg::RedactCheck.text(lang));
    hint_label(ui, theme, Msg::RedactLimits.text(lang));
    let ready = form.is_ready();
    review_row(ui, form, lang, theme);
    ui.add_space(12.0);
    let mut wish = changed.then(|| AppRequest::call_step(make_copy));
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            wish = Some(AppRequest::CloseDialog);
        }
        let save = ui.add_enabled_ui(ready, |ui| default_button(ui, theme, Msg::RedactSave.text(lang))).inner;
        if save.clicked() {
            wish = Some(AppRequest::call_step(ask_copy_path));
        }
    });
    if let Some(wish) = wish {
        app.queue_request(wish);
    }
}

/// Shows how many texts have been reviewed, and the button to review them.
fn review_row(ui: &mut Ui, form: &mut RedactForm, lang: Lang, theme: &Theme) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let read = ui
            .add_enabled(form.is_ready(), Button::new(Msg::RedactRead.text(lang)).min_size(vec2(0.0, 28.0)));
        if read.clicked() {
            form.begin_reading();
        }
        let done = form.decided_count();
        let all = form.remaining_texts().len();
        let told = Msg::RedactReadCount
            .text_with(lang, &[("n", &format_count(done as u64)), ("all", &format_count(all as u64))]);
        match all - done {
            _ if form.found.is_none() => {}
            0 if all == 0 => drop(soft_label(ui, theme, Msg::RedactNoTexts.text(lang))),
            0 => drop(soft_label(ui, theme, &told)),
            rest => drop(warning_label(
                ui,
                theme,
                &format!(
                    "{told} · {}",
                    Msg::RedactUnread.text_with(lang, &[("n", &format_count(rest as u64))])
                ),
            )),
        }
    });
}

/// Shows a check box for each kind of content that can be removed.
fn kind_boxes(ui: &mut Ui, form: &mut RedactForm, lang: Lang, theme: &Theme) {
    let what = &mut form.what;
    for (flag, words) in [
        (&mut what.quotes, Msg::RedactQuotes),
        (&mut what.notes, Msg::RedactNotes),
        (&mut what.names, Msg::RedactNames),
        (&mut what.lanes, Msg::RedactLanes),
    ] {
        check_box(ui, theme, flag, words.text(lang));
    }
    ui.horizontal(|ui| {
        check_box(ui, theme, &mut what.few, Msg::RedactCells.text(lang));
        let least = DragValue::new(&mut what.least).range(2..=MOST);
        ui.add_enabled(what.few, least).accessible_name(Msg::RedactLeast.text(lang));
    });
}

/// Lists the removals, one a line.
fn removal_list(ui: &mut Ui, form: &RedactForm, lang: Lang, theme: &Theme) {
    let Some(found) = &form.found else {
        hint_label(ui, theme, Msg::Working.text(lang));
        ui.add_space(LIST);
        return;
    };
    let taken = &found.taken;
    soft_label(ui, theme, &Msg::RedactCount.text_with(lang, &[("n", &format_count(taken.len() as u64))]));
    let summary = redaction_summary(found, lang);
    if !summary.is_empty() {
        hint_label(ui, theme, &summary.join(" · "));
    }
    Frame::new().fill(to_color32(theme.canvas)).inner_margin(8).show(ui, |ui| {
        let height = ui.text_style_height(&egui::TextStyle::Body);
        let area = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).auto_shrink(false);
        // Findings that the user must handle come first.
        let lines = found.same.len() + taken.len();
        area.show_rows(ui, height, lines, |ui, shown| {
            for number in shown {
                let line = match found.same.get(number) {
                    Some(same) => Some(same.explain(lang)),
                    None => taken.get(number - found.same.len()).map(|taken| taken.explain(lang)),
                };
                let Some(line) = line else { continue };
                let words = RichText::new(line.replace('\n', " ")).color(to_color32(theme.text));
                ui.add(Label::new(words).truncate());
            }
        });
    });
}
