//! The export dialog: format, size and colours.

use super::flow::ask_export_path;
use super::form::{ExportContent, ExportForm, ExportFormat, Sizing};
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::panels::fields::pick_option;
use crate::panels::two_sided;
use crate::panels::widgets::{
    check_box, default_button, heading_label, hint_label, labelled_row, quiet_button,
};
use egui::{DragValue, Ui};
use engine::exchange::ExchangeFormat;
use engine::i18n::{Lang, Msg, format_count};
use engine::scene::Pt;
use engine::theme::{Theme, ThemeId};

impl Modal for ExportForm {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        let map = app.session.as_mut().map(|session| session.printed_size(self.theme, self.lang));
        if let Some(map) = map {
            show_form(ui, app, self, map);
        }
    }

    fn is_form(&self) -> bool {
        true
    }
}

/// Shows the form, for a map of this size in points.
fn show_form(ui: &mut Ui, app: &mut App, form: &mut ExportForm, map: Pt) {
    let lang = app.lang();
    let theme = app.theme();
    let (title, page) = match &form.what {
        ExportContent::Map => (Msg::ExportTitle, map),
        ExportContent::Chart(_, page) => (Msg::ExportChart, *page),
        ExportContent::Changes(_, _, page) => (Msg::ExportTitle, *page),
    };
    ui.set_width(440.0);
    heading_label(ui, title.text(lang).trim_end_matches('…'));
    ui.add_space(8.0);
    format_rows(ui, form, lang, theme);
    match form.format {
        ExportFormat::Png => size_rows(ui, form, lang, theme, page),
        ExportFormat::Svg => drop(check_box(ui, theme, &mut form.outlines, Msg::TextAsOutlines.text(lang))),
        ExportFormat::Csv | ExportFormat::Markdown | ExportFormat::Mermaid => {}
    }
    if let Some(said) = text_form_note(form) {
        ui.add_space(8.0);
        hint_label(ui, theme, said.text(lang));
    }
    ui.add_space(16.0);
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
        if default_button(ui, theme, Msg::Export.text(lang)).clicked() {
            app.queue_request(AppRequest::call_step(ask_export_path));
        }
    });
}

fn format_rows(ui: &mut Ui, form: &mut ExportForm, lang: Lang, theme: &Theme) {
    let formats = form.what.available_formats().iter().map(|format| (*format, format.name().to_owned()));
    choice_row(ui, Msg::Format, lang, theme, &formats.collect::<Vec<_>>(), &mut form.format);
    if form.format.text_form().is_some() {
        if form.what == ExportContent::Map {
            language_row(ui, form, lang, theme);
        }
        return;
    }
    let themes = [
        (ThemeId::Light, Msg::ThemeLight.text(lang).to_owned()),
        (ThemeId::Dark, Msg::ThemeDark.text(lang).to_owned()),
        (ThemeId::Print, Msg::ThemePrint.text(lang).to_owned()),
    ];
    choice_row(ui, Msg::Theme, lang, theme, &themes, &mut form.theme);
    if !matches!(form.what, ExportContent::Chart(..)) {
        language_row(ui, form, lang, theme);
    }
}

fn language_row(ui: &mut Ui, form: &mut ExportForm, lang: Lang, theme: &Theme) {
    let langs = Lang::ALL.map(|lang| (lang, lang.own_name().to_owned()));
    choice_row(ui, Msg::Language, lang, theme, &langs, &mut form.lang);
}

/// Returns a sentence about the parts of a map that a text form holds; `None` for pictures.
fn text_form_note(form: &ExportForm) -> Option<Msg> {
    if form.what != ExportContent::Map {
        return None;
    }
    match form.format.text_form()? {
        ExchangeFormat::Outline => Some(Msg::HoldsOutline),
        ExchangeFormat::Mermaid => Some(Msg::HoldsMermaid),
        ExchangeFormat::Table => Some(Msg::HoldsTable),
    }
}

fn size_rows(ui: &mut Ui, form: &mut ExportForm, lang: Lang, theme: &Theme, page: Pt) {
    let sizings = [
        (Sizing::Scale, Msg::Scale.text(lang).to_owned()),
        (Sizing::Dpi, Msg::Resolution.text(lang).to_owned()),
        (Sizing::Width, Msg::Width.text(lang).to_owned()),
    ];
    choice_row(ui, Msg::Size, lang, theme, &sizings, &mut form.sizing);
    labelled_row(ui, theme, "", |ui| {
        let value = match form.sizing {
            Sizing::Scale => DragValue::new(&mut form.scale)
                .update_while_editing(false)
                .range(0.1..=20.0)
                .speed(0.1)
                .suffix(" ×"),
            Sizing::Dpi => {
                DragValue::new(&mut form.dpi).update_while_editing(false).range(36.0..=1200.0).suffix(" dpi")
            }
            Sizing::Width => DragValue::new(&mut form.width)
                .update_while_editing(false)
                .range(100..=65_535)
                .speed(10.0)
                .suffix(" px"),
        };
        ui.add(value).accessible_name(Msg::Size.text(lang));
    });
    let (width, height) = form.pixel_size(page);
    labelled_row(ui, theme, "", |ui| {
        let words = Msg::Pixels
            .text_with(lang, &[("width", &format_count(width)), ("height", &format_count(height))]);
        hint_label(ui, theme, &words);
    });
}

fn choice_row<T: Clone + PartialEq>(
    ui: &mut Ui,
    label: Msg,
    lang: Lang,
    theme: &Theme,
    options: &[(T, String)],
    current: &mut T,
) {
    let name = label.text(lang);
    let shown = options.iter().find(|(option, _)| option == current).map_or("", |(_, text)| text.as_str());
    if let Some(picked) =
        labelled_row(ui, theme, name, |ui| pick_option(ui, name, name, shown, options, Some(current)))
    {
        *current = picked;
    }
}
