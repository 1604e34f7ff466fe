//! The options for reading an import or quotes file: the detected ones, and the user's overrides. Each change
//! reads the first rows again.

use crate::panels::fields::pick_option;
use crate::panels::widgets::{caption_label, check_box};
use egui::Ui;
use engine::i18n::{Lang, Msg, Worded};
use engine::survey::source::{Delimiter, Dialect, Encoding, HEADER_ROWS, Input, Options};
use engine::theme::Theme;

/// Widths of a choice, and of the choice of a sheet, in points.
const WIDTH: f32 = 132.0;
const WIDE: f32 = 220.0;

/// A choice of one option: its label, the value detected, and the user's override if any.
struct ChoiceRow<'a, T> {
    label: Msg,
    width: f32,
    now: String,
    said: Option<&'a T>,
    all: Vec<(T, String)>,
}

/// Shows the options; returns the changed input if the user overrides one.
pub(crate) fn show(
    ui: &mut Ui,
    lang: Lang,
    theme: &Theme,
    input: &Input,
    dialect: &Dialect,
) -> Option<Input> {
    let said = &input.options;
    let mut options = said.clone();
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        if let Some(sheet) = &dialect.sheet {
            let all = dialect.sheets.iter().map(|name| (name.clone(), name.clone())).collect();
            let said = said.sheet.as_ref();
            let choice = ChoiceRow { label: Msg::FileSheet, width: WIDE, now: sheet.clone(), said, all };
            choose_option(ui, lang, theme, choice, &mut options.sheet);
        }
        text_options(ui, lang, theme, (dialect, said), &mut options);
        let all = (0..=HEADER_ROWS).map(|rows| (rows, rows.to_string())).collect();
        let now = dialect.header_rows.to_string();
        let said = said.header_rows.as_ref();
        let choice = ChoiceRow { label: Msg::FileHeaderRows, width: WIDTH, now, said, all };
        choose_option(ui, lang, theme, choice, &mut options.header_rows);
        ui.vertical(|ui| {
            caption_label(ui, theme, "");
            let mut comma = dialect.decimal_comma;
            if check_box(ui, theme, &mut comma, Msg::FileDecimalComma.text(lang)).changed() {
                options.decimal_comma = Some(comma);
            }
        });
    });
    ui.add_space(8.0);
    (options != *said).then(|| Input { options, ..input.clone() })
}

/// Shows the options that only text tables have.
fn text_options(
    ui: &mut Ui,
    lang: Lang,
    theme: &Theme,
    (dialect, said): (&Dialect, &Options),
    options: &mut Options,
) {
    let (Some(encoding), Some(delimiter)) = (dialect.encoding, dialect.delimiter) else { return };
    let all = Encoding::COMMON.iter().map(|encoding| (*encoding, encoding.to_string())).collect();
    let now = encoding.to_string();
    let chosen = said.encoding.as_ref();
    let choice = ChoiceRow { label: Msg::FileEncoding, width: WIDTH, now, said: chosen, all };
    choose_option(ui, lang, theme, choice, &mut options.encoding);
    let all =
        Delimiter::ALL.iter().map(|delimiter| (*delimiter, delimiter.display_name().text(lang).to_owned()));
    let now = delimiter.display_name().text(lang).to_owned();
    let chosen = said.delimiter.as_ref();
    let choice = ChoiceRow { label: Msg::FileDelimiter, width: WIDTH, now, said: chosen, all: all.collect() };
    choose_option(ui, lang, theme, choice, &mut options.delimiter);
}

/// Shows a caption with a list below it, whose first entry is automatic detection.
fn choose_option<T: Clone + PartialEq>(
    ui: &mut Ui,
    lang: Lang,
    theme: &Theme,
    choice: ChoiceRow<'_, T>,
    chosen: &mut Option<T>,
) {
    let name = choice.label.text(lang);
    ui.vertical(|ui| {
        ui.set_width(choice.width);
        caption_label(ui, theme, name);
        let detect = (None, Msg::DetectIt.text(lang).to_owned());
        let all = choice.all.into_iter().map(|(value, text)| (Some(value), text));
        let all: Vec<(Option<T>, String)> = std::iter::once(detect).chain(all).collect();
        let said = choice.said.cloned();
        if let Some(picked) = pick_option(ui, ("file", choice.label), name, &choice.now, &all, Some(&said)) {
            *chosen = picked;
        }
    });
}
