//! The columns of a file in the import assistant: the role of each with its reason, and its content.

use super::form::ImportForm;
use crate::app::style::to_color32;
use crate::panels::dialog_field::dialog_field;
use crate::panels::fields::pick_option;
use crate::panels::table_area::{TableArea, begin_frozen_part, column_widths, draw_edge};
use crate::panels::widgets::{caption_label, check_box};
use egui::{Align, Context, DragValue, Frame, Label, Layout, Margin, Rect, RichText, Ui, UiBuilder, vec2};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate};
use engine::i18n::{Explain, Lang, Msg, Worded, format_count, format_figure};
use engine::id::Id;
use engine::model::Journey;
use engine::model::choice::Direction;
use engine::model::recipe::ColumnRole;
use engine::survey::propose::{OpenQuestion, ProposedColumn};
use engine::survey::values::Account;
use engine::theme::size::text;
use engine::theme::{Color, Theme};
use std::sync::Arc;

/// The columns of the table with their minimum widths at first, in points. The remaining width is shared by
/// the first and the last one.
const COLUMNS: [(Msg, f32); 7] = [
    (Msg::Column, 196.0),
    (Msg::Role, 172.0),
    (Msg::Target, 180.0),
    (Msg::AnswerScale, 96.0),
    (Msg::Direction, 128.0),
    (Msg::MissingCodes, 108.0),
    (Msg::FirstValues, 240.0),
];
/// Minimum and maximum width of the columns of text by the user's choice; those of controls don't shrink.
const TEXTS: (f32, f32) = (96.0, 640.0);
/// The margin in a cell: left, and right to the edge of the column.
const EDGE: f32 = 8.0;
const GAP: f32 = 4.0;
/// Heights of the header, a row, its margin above, and a remark.
const HEAD: f32 = 26.0;
const ROW: f32 = 52.0;
const ABOVE: f32 = 4.0;
const REMARK: f32 = 18.0;
/// Heights of a row's first line, which holds the controls, and of its second one.
const CONTROLS: f32 = 26.0;
const SECOND: f32 = 18.0;

/// The context in which the assistant is drawn.
pub(super) struct ImportContext<'a> {
    pub(super) lang: Lang,
    pub(super) theme: &'static Theme,
    pub(super) journey: &'a Arc<Journey>,
    touchpoints: Vec<(Option<Id>, String)>,
    stages: Vec<(Option<Id>, String)>,
}

impl<'a> ImportContext<'a> {
    pub(super) fn new(lang: Lang, theme: &'static Theme, journey: &'a Arc<Journey>) -> Self {
        let mut touchpoints = ImportForm::list_targets(ColumnRole::Touchpoint, journey);
        touchpoints.push((None, Msg::NewTouchpoint.text(lang).to_owned()));
        let stages = ImportForm::list_targets(ColumnRole::Stage, journey);
        Self { lang, theme, journey, touchpoints, stages }
    }

    pub(super) fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    fn targets_of(&self, role: ColumnRole) -> &[(Option<Id>, String)] {
        match role {
            ColumnRole::Touchpoint => &self.touchpoints,
            ColumnRole::Stage => &self.stages,
            _ => &[],
        }
    }
}

/// Shows the table of columns.
pub(super) fn show(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, height: f32) {
    let width = ui.available_width();
    let name = desk.text(Msg::Columns);
    let area = TableArea { name, size: vec2(width, height), head: HEAD, step: ROW };
    area.show(ui, |ui| {
        let columns = COLUMNS.map(|(head, least)| match head {
            Msg::Column | Msg::FirstValues => Column::new(least).range(TEXTS.0..=TEXTS.1),
            _ => Column::new(least).range(least..=TEXTS.1),
        });
        // In another width of the window the columns are laid out anew.
        let table = Table::new().id_salt(("columns", width as u32)).columns(columns).num_sticky_cols(1);
        let table = table.headers([HeaderRow::new(HEAD)]).num_rows(form.columns().len() as u64);
        let widths = column_widths(ui, &table, || {
            let mut widths = COLUMNS.map(|(_, least)| least);
            let more = (width - widths.iter().sum::<f32>()).max(0.0);
            widths[0] += more / 2.0;
            widths[6] += more / 2.0;
            widths.to_vec()
        });
        let mut tops = vec![0.0];
        tops.extend(form.columns().iter().scan(0.0, |top, column| {
            *top += ROW + REMARK * row_remarks(column).count() as f32;
            Some(*top)
        }));
        table.show(ui, &mut ColumnsTable { desk, form, tops, widths, shown: None });
    });
}

/// Returns the doubts shown as remarks in the row; those that block the import are asked above the table.
fn row_remarks(column: &ProposedColumn) -> impl Iterator<Item = &OpenQuestion> {
    let is_date = column.rule.role == ColumnRole::Date;
    column.doubts.iter().filter(move |doubt| match doubt {
        OpenQuestion::Impossible(..) | OpenQuestion::Future(..) => is_date,
        OpenQuestion::OffScale(_) => column.is_question(),
        _ => false,
    })
}

/// Draws the table; its rows are the columns of the file.
struct ColumnsTable<'a> {
    desk: &'a ImportContext<'a>,
    form: &'a mut ImportForm,
    /// The top of each row, and the bottom of the last.
    tops: Vec<f32>,
    /// The widths of the table's columns.
    widths: Vec<f32>,
    /// The column of the file whose row is being drawn.
    shown: Option<ProposedColumn>,
}

impl TableDelegate for ColumnsTable<'_> {
    fn default_row_height(&self) -> f32 {
        ROW
    }

    fn row_top_offset(&self, _: &Context, _: egui::Id, row: u64) -> f32 {
        self.tops.get(row as usize).or(self.tops.last()).copied().unwrap_or_default()
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let Some((head, _)) = COLUMNS.get(cell.col_range.start) else { return };
        lay_out_cell(ui, |ui| caption_label(ui, self.desk.theme, self.desk.text(*head)));
        draw_edge(ui, self.desk.theme);
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        self.shown = self.form.columns().get(row as usize).cloned();
        let rect = ui.max_rect();
        if row.is_multiple_of(2) {
            ui.painter().rect_filled(rect, 0.0, to_color32(self.desk.theme.hover));
        }
        if !begin_frozen_part(ui)
            && let Some(shown) = &self.shown
            && let [name, controls @ .., _] = self.widths.as_slice()
        {
            // The reason for the role has the second line of all cells with controls.
            let room = vec2(controls.iter().sum::<f32>() - EDGE - GAP, SECOND);
            let place = Rect::from_min_size(rect.min + vec2(name + EDGE, ABOVE + CONTROLS), room);
            let builder = UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Min));
            let mut below = ui.new_child(builder.id_salt("reason"));
            small_text(&mut below, &shown.explain(self.desk.lang), self.desk.theme.muted);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(shown) = &self.shown else { return };
        let place = cell.row_nr as usize;
        let mut column = ShownRow { desk: self.desk, form: self.form, shown, place };
        let is_date = shown.rule.role == ColumnRole::Date;
        let is_question = shown.is_question();
        lay_out_cell(ui, |ui| match cell.col_nr {
            0 => first_line(ui, |ui| fitted_label(ui, RichText::new(column_label(shown)))),
            1 => column.pick_role(ui),
            2 if is_date => column.pick_periods(ui),
            2 => column.pick_target(ui),
            3 if is_question => column.edit_scale(ui),
            4 if is_date => column.pick_date_order(ui),
            4 if is_question => column.edit_direction(ui),
            5 if is_question => column.edit_missing_codes(ui),
            6 => column.show_content(ui),
            _ => (),
        });
    }
}

/// Lays out a cell from its top, with margins.
fn lay_out_cell<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) {
    let margin = Margin { left: EDGE as i8, right: GAP as i8, top: ABOVE as i8, bottom: 0 };
    let layout = Layout::top_down(Align::Min);
    ui.with_layout(layout, |ui| Frame::new().inner_margin(margin).show(ui, content));
}

/// Lays out the first line of a row, as high as its controls.
fn first_line<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), CONTROLS);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), content).inner
}

/// A column of the file in its row: its controls change the form.
struct ShownRow<'a> {
    desk: &'a ImportContext<'a>,
    form: &'a mut ImportForm,
    shown: &'a ProposedColumn,
    place: usize,
}

impl ShownRow<'_> {
    fn pick_role(&mut self, ui: &mut Ui) {
        if let Some(role) = self.pick_value(ui, Msg::Role, self.shown.rule.role) {
            self.form.set_role(self.place, role, self.desk.journey);
        }
    }

    fn pick_target(&mut self, ui: &mut Ui) {
        let targets = self.desk.targets_of(self.shown.rule.role);
        if targets.is_empty() {
            return;
        }
        let current = self.shown.target;
        let title = targets.iter().find(|(id, _)| *id == current).map_or("", |(_, title)| title.as_str());
        let name = self.label(Msg::Target);
        if let Some(picked) = pick_option(ui, ("target", self.place), &name, title, targets, Some(&current)) {
            self.form.set_target(self.place, picked, self.desk.journey);
        }
    }

    /// Shows the choice of periods by which a column of days splits the answers.
    fn pick_periods(&mut self, ui: &mut Ui) {
        if let Some(split) = self.pick_value(ui, Msg::WaveSplitLabel, self.shown.rule.wave) {
            self.form.set_split(self.place, split);
        }
    }

    /// Shows the choice of a date's order, which resolves the doubt about it.
    fn pick_date_order(&mut self, ui: &mut Ui) {
        if let Some(order) = self.pick_value(ui, Msg::DateOrderLabel, self.shown.rule.order) {
            self.form.set_order(self.place, order);
        }
    }

    /// Shows a list of all values of a choice.
    fn pick_value<T: Worded>(&self, ui: &mut Ui, label: Msg, current: T) -> Option<T> {
        let told = |choice: T| self.desk.text(choice.display_name()).to_owned();
        let options: Vec<(T, String)> =
            T::all_choices().iter().map(|choice| (*choice, told(*choice))).collect();
        let salt = (label.text(self.desk.lang), self.place);
        pick_option(ui, salt, &self.label(label), &told(current), &options, Some(&current))
    }

    /// Returns the accessible name of a control: the column's, and the control's own.
    fn label(&self, label: Msg) -> String {
        format!("{}, {}", self.shown.rule.column, self.desk.text(label))
    }

    fn edit_scale(&mut self, ui: &mut Ui) {
        let mut low = self.shown.rule.low;
        let mut high = self.shown.rule.high;
        let changed = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let name = self.desk.text(Msg::AnswerScale);
            let most = high - 1.0;
            let first = ui.add(scale_end(&mut low, -100.0, most)).accessible_name(name);
            ui.label("–");
            let floor = low + 1.0;
            let last = ui.add(scale_end(&mut high, floor, 1000.0)).accessible_name(name);
            first.changed() || last.changed()
        });
        if changed.inner {
            self.form.set_scale(self.place, low, high);
        }
    }

    fn edit_direction(&mut self, ui: &mut Ui) {
        let mut low = self.shown.rule.direction == Direction::LowIsGood;
        if check_box(ui, self.desk.theme, &mut low, self.desk.text(Msg::LowIsGoodShort)).changed() {
            let direction = if low { Direction::LowIsGood } else { Direction::HighIsGood };
            self.form.set_direction(self.place, direction);
        }
    }

    fn edit_missing_codes(&mut self, ui: &mut Ui) {
        let Some(codes) = self.form.missing.get_mut(self.place) else { return };
        let before = codes.clone();
        let response = dialog_field(ui, codes, self.desk.text(Msg::MissingCodes), f32::INFINITY);
        let changed = *codes != before;
        if !codes.is_empty() {
            response.on_hover_text(codes.as_str());
        }
        if changed {
            self.form.take_missing(self.place);
        }
    }

    /// Shows the first values, the counts of cells, and the remarks.
    fn show_content(&self, ui: &mut Ui) {
        let Self { desk, form, shown, .. } = self;
        ui.spacing_mut().item_spacing.y = 2.0;
        if let Some(profile) = form.column_profile(shown) {
            first_line(ui, |ui| small_text(ui, &profile.examples.join(" · "), desk.theme.text));
            ui.add_space(-2.0);
            let groups = form.mapping().groups_of(shown);
            if !groups.is_empty() {
                let names = groups.join(desk.text(Msg::ListComma));
                small_text(ui, &Msg::GroupsKept.text_with(desk.lang, &[("names", &names)]), desk.theme.muted);
            }
        }
        if let Some(account) = form.value_account(shown) {
            let ink = if account.rejected > 0 { desk.theme.moment.ink } else { desk.theme.muted };
            small_text(ui, &told_account(desk.lang, &account), ink);
        }
        for remark in row_remarks(shown) {
            small_text(ui, &remark.explain(desk.lang), desk.theme.moment.ink);
        }
    }
}

/// Returns a column's name; in a table with one answer per row, with the question's name in that row.
fn column_label(column: &ProposedColumn) -> String {
    let header = &column.rule.column;
    let name = &column.rule.name;
    if name.is_empty() { header.clone() } else { format!("{header} = {name}") }
}

/// Returns the control for one end of a scale.
fn scale_end(value: &mut f64, low: f64, high: f64) -> DragValue<'_> {
    // The value is applied when editing ends, so that Escape restores the old one.
    let edit = DragValue::new(value).update_while_editing(false);
    edit.range(low..=high).speed(0.1).custom_formatter(|number, _| format_figure(number, 2))
}

/// Describes the counts of answers, missing answers and rejected cells.
pub(super) fn told_account(lang: Lang, account: &Account) -> String {
    let told = Msg::ColumnAccount.text_with(
        lang,
        &[
            ("valid", &format_count(account.valid)),
            ("missing", &format_count(account.missing)),
            ("rejected", &format_count(account.rejected)),
        ],
    );
    if account.untold == 0 {
        return told;
    }
    format!("{told} · {}", Msg::ColumnUntold.text_with(lang, &[("n", &format_count(account.untold))]))
}

fn small_text(ui: &mut Ui, words: &str, ink: Color) {
    fitted_label(ui, RichText::new(words).size(text::SMALL).color(to_color32(ink)));
}

/// Shows a line, truncated if there is no room; the tooltip has all of it. A column that is being fitted to its
/// cells gets the whole line.
fn fitted_label(ui: &mut Ui, words: RichText) {
    let label = Label::new(words);
    ui.add(if ui.is_sizing_pass() { label.extend() } else { label.truncate() });
}
