//! The import assistant: what each column is taken for, why, and what only a person can settle.

use super::fields::pick;
use super::import_file;
use super::widgets::{caption, doubt, heading, hint, link, primary_button, quiet_button, row, soft};
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::import_form::ImportForm;
use crate::app::request::Request;
use crate::app::style::color;
use crate::feedback::propose::{Column, Doubt};
use crate::i18n::{Lang, Msg, count, date, figure};
use crate::id::Id;
use crate::model::choice::Direction;
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Worded};
use crate::theme::Theme;
use crate::theme::size::text;
use egui::{Align, DragValue, Label, Layout, Rect, RichText, ScrollArea, TextEdit, Ui, UiBuilder, vec2};
use std::sync::Arc;

/// The widths of the table's columns: name, role, target, scale, direction, codes, values and reason.
const WIDTHS: [f32; 7] = [172.0, 164.0, 176.0, 84.0, 100.0, 72.0, 240.0];
/// Room between columns; heights of the head, of a row, and of each doubt in it.
const GAP: f32 = 12.0;
const HEAD: f32 = 26.0;
const ROW: f32 = 44.0;
const DOUBT: f32 = 18.0;

/// What stands at hand while the assistant is drawn.
struct Desk<'a> {
    lang: Lang,
    theme: &'static Theme,
    journey: &'a Arc<Journey>,
    touchpoints: Vec<(Option<Id>, String)>,
    stages: Vec<(Option<Id>, String)>,
}

impl Desk<'_> {
    fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    fn targets(&self, role: ColumnRole) -> &[(Option<Id>, String)] {
        match role {
            ColumnRole::Touchpoint => &self.touchpoints,
            ColumnRole::Stage => &self.stages,
            ColumnRole::Ignore
            | ColumnRole::Journey
            | ColumnRole::Segment
            | ColumnRole::Choices
            | ColumnRole::Date
            | ColumnRole::Weight
            | ColumnRole::Names
            | ColumnRole::Count
            | ColumnRole::AnswerCount
            | ColumnRole::AnswerShare => &[],
        }
    }
}

/// Shows the assistant.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let (lang, theme) = (app.lang(), app.theme());
    let Some(journey) = app.session.as_ref().and_then(|session| session.journey()).cloned() else { return };
    let Some(Dialog::Import(form)) = app.dialog.as_mut() else { return };
    let mut touchpoints = ImportForm::targets(ColumnRole::Touchpoint, &journey);
    touchpoints.push((None, Msg::NewTouchpoint.text(lang).to_owned()));
    let stages = ImportForm::targets(ColumnRole::Stage, &journey);
    let desk = Desk { lang, theme, journey: &journey, touchpoints, stages };
    let room = ui.ctx().content_rect();
    ui.set_width((room.width() - 96.0).clamp(480.0, 1100.0));
    heading(ui, &format!("{} · {}", desk.text(Msg::ImportTitle), form.profile.file));
    let mut look_again = None;
    let import = if form.again.is_some() {
        again(ui, &desk, form)
    } else {
        look_again = import_file::show(ui, lang, theme, &form.input, &form.profile.dialect);
        top(ui, &desk, form);
        if form.problem.is_none() {
            // Both bounds, so that the dialog has its height at once instead of growing into it.
            let height = (room.height() - 356.0).max(160.0);
            let scroll = ScrollArea::both().max_height(height).min_scrolled_height(height);
            scroll.show_viewport(ui, |ui, seen| table(ui, &desk, form, seen));
            hint(
                ui,
                theme,
                desk.text(if form.is_ready() { Msg::PersonalLeftOut } else { Msg::ImportNoColumns }),
            );
        }
        Msg::ImportNow
    };
    let wish = form.is_ready().then(|| form.clone());
    if let Some(input) = look_again {
        app.ask(Request::LookAgain(input));
    }
    ui.add_space(12.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let start =
            ui.add_enabled_ui(wish.is_some(), |ui| primary_button(ui, theme, import.text(lang))).inner;
        if let Some(form) = wish.filter(|_| start.clicked()) {
            app.ask(Request::Import(form));
        }
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.ask(Request::CloseDialog);
        }
    });
}

/// The same content is there already: does this import take its place?
fn again(ui: &mut Ui, desk: &Desk<'_>, form: &ImportForm) -> Msg {
    if let Some(again) = &form.again {
        let day = date(desk.lang, again.imported);
        soft(ui, desk.theme, &Msg::ImportAgain.with(desk.lang, &[("date", &day)]));
    }
    Msg::ImportReplaces
}

/// The wave, what was read, and what can be settled for all columns at once.
fn top(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm) {
    if let Some(problem) = &form.problem {
        doubt(ui, desk.theme, problem);
        return ui.add_space(8.0);
    }
    let rows = Msg::ImportRows.with(desk.lang, &[("n", &count(form.profile.rows))]);
    let more = if form.profile.complete { "" } else { " …" };
    let tool = form.profile.dialect.tool;
    let tool = tool.map(|tool| format!(" · {}", Msg::FileTool.with(desk.lang, &[("tool", &tool.name())])));
    soft(ui, desk.theme, &format!("{rows}{more}{}", tool.unwrap_or_default()));
    let wave = desk.text(Msg::ImportWave);
    row(ui, desk.theme, wave, |ui| {
        ui.add(TextEdit::singleline(&mut form.wave).desired_width(260.0)).accessible_name(wave);
    });
    if form.asks_about_zero() {
        ui.horizontal(|ui| {
            doubt(ui, desk.theme, desk.text(Msg::DoubtZero));
            if link(ui, desk.theme, desk.text(Msg::ZeroIsNoAnswer)).clicked() {
                form.zero_is_no_answer();
            }
        });
    }
    if form.has_unmatched() && link(ui, desk.theme, desk.text(Msg::ImportAsTouchpoints)).clicked() {
        form.make_touchpoints();
    }
    ui.add_space(8.0);
}

/// The columns of the file; `seen` is what is in sight of the table.
fn table(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, seen: Rect) {
    let heads = [
        Msg::Column,
        Msg::Role,
        Msg::Target,
        Msg::AnswerScale,
        Msg::Direction,
        Msg::MissingCodes,
        Msg::FirstValues,
    ];
    let width = WIDTHS.iter().map(|width| width + GAP).sum::<f32>() - GAP;
    line(ui, (0.0, HEAD), width, "head", |ui| {
        for (head, width) in heads.into_iter().zip(WIDTHS) {
            cell(ui, width, |ui| caption(ui, desk.theme, desk.text(head)));
        }
    });
    let mut top = HEAD;
    let heights: Vec<f32> =
        form.columns.iter().map(|column| ROW + DOUBT * open_doubts(column).count() as f32).collect();
    for (place, height) in heights.into_iter().enumerate() {
        let span = (top, top + height);
        top += height;
        // A wide file has thousands of columns: only those in sight are drawn.
        if span.1 >= seen.min.y && span.0 <= seen.max.y {
            if place % 2 == 0 {
                let row = Rect::from_min_size(ui.max_rect().min + vec2(0.0, span.0), vec2(width, height));
                ui.painter().rect_filled(row, 0.0, color(desk.theme.hover));
            }
            line(ui, span, width, place, |ui| column(ui, desk, form, place));
        }
    }
    ui.allocate_space(vec2(width, top));
}

/// A row of the table between two heights.
fn line(
    ui: &mut Ui,
    (top, bottom): (f32, f32),
    width: f32,
    salt: impl egui::AsIdSalt,
    content: impl FnOnce(&mut Ui),
) {
    let start = ui.max_rect().min + vec2(0.0, top + 4.0);
    let place = Rect::from_min_size(start, vec2(width, bottom - top - 4.0));
    let layout = Layout::left_to_right(Align::Min);
    let mut row = ui.new_child(UiBuilder::new().max_rect(place).layout(layout).id_salt(salt));
    row.spacing_mut().item_spacing.x = GAP;
    content(&mut row);
}

/// What a person should settle about a column, beside the zeros, which are asked about once for all.
fn open_doubts(column: &Column) -> impl Iterator<Item = &Doubt> {
    let is_date = column.rule.role == ColumnRole::Date;
    column.doubts.iter().filter(move |doubt| match doubt {
        Doubt::Zero => false,
        Doubt::Order => is_date,
        _ => column.is_question(),
    })
}

fn cell<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.set_width(width);
        content(ui)
    })
    .inner
}

/// One row of the table: a column of the file.
fn column(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, place: usize) {
    let Some(shown) = form.columns.get(place).cloned() else { return };
    let name = told(&shown);
    let name = name.as_str();
    cell(ui, WIDTHS[0], |ui| {
        // On the line of the controls beside it.
        ui.add_space(5.0);
        ui.add(Label::new(name).truncate()).on_hover_text(name);
    });
    let role = cell(ui, WIDTHS[1], |ui| role(ui, desk, &shown, place));
    cell(ui, WIDTHS[2], |ui| match shown.rule.role {
        ColumnRole::Date => periods(ui, desk, form, &shown, place),
        _ => target(ui, desk, form, &shown, place),
    });
    let (mut scale, mut good, mut codes) = (None, None, false);
    if shown.is_question() {
        scale = cell(ui, WIDTHS[3], |ui| ends(ui, desk, &shown));
        good = cell(ui, WIDTHS[4], |ui| good_end(ui, desk, &shown));
        codes = cell(ui, WIDTHS[5], |ui| missing(ui, desk, form, place));
    } else if shown.rule.role == ColumnRole::Date {
        days(ui, desk, form, &shown, place);
        WIDTHS[5..6].iter().for_each(|width| cell(ui, *width, |_| ()));
    } else {
        WIDTHS[3..6].iter().for_each(|width| cell(ui, *width, |_| ()));
    }
    cell(ui, WIDTHS[6], |ui| why(ui, desk, form, &shown));
    if let Some(role) = role {
        form.set_role(place, role, desk.journey);
    }
    if let (Some((low, high)), Some(column)) = (scale, form.columns.get_mut(place)) {
        (column.rule.low, column.rule.high) = (low, high);
    }
    if let Some(direction) = good {
        form.set_direction(place, direction);
    }
    if codes {
        form.take_missing(place);
    }
}

fn role(ui: &mut Ui, desk: &Desk<'_>, shown: &Column, place: usize) -> Option<ColumnRole> {
    let roles: Vec<(ColumnRole, String)> =
        ColumnRole::all().iter().map(|role| (*role, desk.text(role.word()).to_owned())).collect();
    let name = format!("{}, {}", shown.rule.column, desk.text(Msg::Role));
    let current = shown.rule.role;
    pick(ui, ("role", place), &name, desk.text(current.word()), &roles, Some(&current))
}

fn target(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, shown: &Column, place: usize) {
    let targets = desk.targets(shown.rule.role);
    if targets.is_empty() {
        return;
    }
    let name = format!("{}, {}", shown.rule.column, desk.text(Msg::Target));
    let title = targets.iter().find(|(id, _)| *id == shown.target).map_or("", |(_, title)| title.as_str());
    if let Some(picked) = pick(ui, ("target", place), &name, title, targets, Some(&shown.target)) {
        form.set_target(place, picked, desk.journey);
    }
}

/// A column's name; in a table of one answer a row with the name that its rows bear.
fn told(column: &Column) -> String {
    let (header, name) = (&column.rule.column, &column.rule.name);
    if name.is_empty() { header.clone() } else { format!("{header} = {name}") }
}

/// Which periods a column of days splits the answers into.
fn periods(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, shown: &Column, place: usize) {
    let picked = offer(ui, desk, Msg::WaveSplitLabel, (shown, place), shown.rule.wave);
    if let (Some(split), Some(column)) = (picked, form.columns.get_mut(place)) {
        column.rule.wave = split;
    }
}

/// Which part of a date comes first: settles the doubt about it.
fn days(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, shown: &Column, place: usize) {
    let width = WIDTHS[3] + WIDTHS[4] + GAP;
    let order = || shown.rule.order;
    let picked = cell(ui, width, |ui| offer(ui, desk, Msg::DateOrderLabel, (shown, place), order()));
    if let (Some(order), Some(column)) = (picked, form.columns.get_mut(place)) {
        column.date_order(order);
    }
}

/// A list of all choices of a kind.
fn offer<T: Worded>(
    ui: &mut Ui,
    desk: &Desk<'_>,
    label: Msg,
    (shown, place): (&Column, usize),
    current: T,
) -> Option<T> {
    let options: Vec<(T, String)> =
        T::all().iter().map(|choice| (*choice, desk.text(choice.word()).to_owned())).collect();
    let name = format!("{}, {}", shown.rule.column, desk.text(label));
    pick(ui, (label.text(desk.lang), place), &name, desk.text(current.word()), &options, Some(&current))
}

fn ends(ui: &mut Ui, desk: &Desk<'_>, shown: &Column) -> Option<(f64, f64)> {
    let (mut low, mut high) = (shown.rule.low, shown.rule.high);
    let changed = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let name = desk.text(Msg::AnswerScale);
        let most = high - 1.0;
        let first = ui.add(end(&mut low, -100.0, most)).accessible_name(name);
        ui.label("–");
        let floor = low + 1.0;
        let last = ui.add(end(&mut high, floor, 1000.0)).accessible_name(name);
        first.changed() || last.changed()
    });
    changed.inner.then_some((low, high))
}

/// One end of a scale.
fn end(value: &mut f64, low: f64, high: f64) -> DragValue<'_> {
    DragValue::new(value).range(low..=high).speed(0.1).custom_formatter(|number, _| figure(number, 2))
}

fn good_end(ui: &mut Ui, desk: &Desk<'_>, shown: &Column) -> Option<Direction> {
    let mut low = shown.rule.direction == Direction::LowIsGood;
    let changed = ui.checkbox(&mut low, desk.text(Msg::LowIsGoodShort)).changed();
    changed.then_some(if low { Direction::LowIsGood } else { Direction::HighIsGood })
}

/// The codes for no answer; true when they were changed.
fn missing(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, place: usize) -> bool {
    let Some(codes) = form.missing.get_mut(place) else { return false };
    let edit = TextEdit::singleline(codes).desired_width(f32::INFINITY);
    ui.add(edit).accessible_name(desk.text(Msg::MissingCodes)).changed()
}

/// The first values, the reason, and what a person should settle.
fn why(ui: &mut Ui, desk: &Desk<'_>, form: &ImportForm, shown: &Column) {
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(profile) = form.seen(shown) {
        let values = profile.examples.join(" · ");
        ui.add(Label::new(RichText::new(values).size(text::SMALL)).truncate());
    }
    let reason =
        RichText::new(desk.text(shown.reason.word())).size(text::SMALL).color(color(desk.theme.muted));
    ui.add(Label::new(reason).truncate());
    for settle in open_doubts(shown) {
        let words = settle.message(desk.lang);
        let told = RichText::new(&words).size(text::SMALL).color(color(desk.theme.moment.ink));
        ui.add(Label::new(told).truncate()).on_hover_text(&words);
    }
}
