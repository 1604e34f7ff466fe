//! The export dialog: format, size and colours.

use super::fields::pick;
use super::two_sided;
use super::widgets::{default_button, heading, hint, quiet_button, row, tick};
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::export::{ExportForm, Format, Sizing, What};
use crate::app::request::Request;
use crate::exchange::Form;
use crate::i18n::{Lang, Msg, count};
use crate::scene::Pt;
use crate::theme::{Theme, ThemeId};
use egui::{DragValue, Ui};

/// Shows the export dialog.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    let Some(Dialog::Export(form)) = &app.dialog else { return };
    let drawn_in = form.theme;
    let worded_in = form.lang;
    let map = app.session.as_mut().map(|session| session.printed_size(drawn_in, worded_in));
    let Some((Dialog::Export(form), map)) = app.dialog.as_mut().zip(map) else { return };
    let (title, page) = match &form.what {
        What::Map => (Msg::ExportTitle, map),
        What::Chart(_, page) => (Msg::ExportChart, *page),
        What::Changes(_, _, page) => (Msg::ExportTitle, *page),
    };
    ui.set_width(440.0);
    heading(ui, title.text(lang).trim_end_matches('…'));
    ui.add_space(8.0);
    look(ui, form, lang, theme);
    match form.format {
        Format::Png => size(ui, form, lang, theme, page),
        Format::Svg => drop(tick(ui, theme, &mut form.outlines, Msg::TextAsOutlines.text(lang))),
        Format::Csv | Format::Markdown | Format::Mermaid => {}
    }
    if let Some(said) = said(form) {
        ui.add_space(8.0);
        hint(ui, theme, said.text(lang));
    }
    let form = form.clone();
    ui.add_space(16.0);
    two_sided::buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.ask(Request::CloseDialog);
        }
        if default_button(ui, theme, Msg::Export.text(lang)).clicked() {
            app.ask(Request::Export(form));
        }
    });
}

fn look(ui: &mut Ui, form: &mut ExportForm, lang: Lang, theme: &Theme) {
    let formats = form.what.formats().iter().map(|format| (*format, format.name().to_owned()));
    choose(ui, Msg::Format, lang, theme, &formats.collect::<Vec<_>>(), &mut form.format);
    if form.format.form().is_some() {
        if form.what == What::Map {
            language(ui, form, lang, theme);
        }
        return;
    }
    let themes = [
        (ThemeId::Light, Msg::ThemeLight.text(lang).to_owned()),
        (ThemeId::Dark, Msg::ThemeDark.text(lang).to_owned()),
        (ThemeId::Print, Msg::ThemePrint.text(lang).to_owned()),
    ];
    choose(ui, Msg::Theme, lang, theme, &themes, &mut form.theme);
    if !matches!(form.what, What::Chart(..)) {
        language(ui, form, lang, theme);
    }
}

fn language(ui: &mut Ui, form: &mut ExportForm, lang: Lang, theme: &Theme) {
    let langs = Lang::ALL.map(|lang| (lang, lang.own_name().to_owned()));
    choose(ui, Msg::Language, lang, theme, &langs, &mut form.lang);
}

/// Returns a sentence about the parts of a map that a text form holds; `None` for pictures.
fn said(form: &ExportForm) -> Option<Msg> {
    if form.what != What::Map {
        return None;
    }
    match form.format.form()? {
        Form::Outline => Some(Msg::HoldsOutline),
        Form::Mermaid => Some(Msg::HoldsMermaid),
        Form::Table => Some(Msg::HoldsTable),
    }
}

fn size(ui: &mut Ui, form: &mut ExportForm, lang: Lang, theme: &Theme, page: Pt) {
    let sizings = [
        (Sizing::Scale, Msg::Scale.text(lang).to_owned()),
        (Sizing::Dpi, Msg::Resolution.text(lang).to_owned()),
        (Sizing::Width, Msg::Width.text(lang).to_owned()),
    ];
    choose(ui, Msg::Size, lang, theme, &sizings, &mut form.sizing);
    row(ui, theme, "", |ui| {
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
    let (width, height) = form.pixels(page);
    row(ui, theme, "", |ui| {
        let words = Msg::Pixels.with(lang, &[("width", &count(width)), ("height", &count(height))]);
        hint(ui, theme, &words);
    });
}

fn choose<T: Clone + PartialEq>(
    ui: &mut Ui,
    label: Msg,
    lang: Lang,
    theme: &Theme,
    options: &[(T, String)],
    current: &mut T,
) {
    let name = label.text(lang);
    let shown = options.iter().find(|(option, _)| option == current).map_or("", |(_, text)| text.as_str());
    if let Some(picked) = row(ui, theme, name, |ui| pick(ui, name, name, shown, options, Some(current))) {
        *current = picked;
    }
}
