//! Notes of the import assistant above the columns: warnings, and rows that are left out.

use super::columns::ImportContext;
use super::form::ImportForm;
use crate::app::style::to_color32;
use crate::panels::widgets::{check_box, icon_text, warning_label};
use egui::{ScrollArea, Ui, vec2};
use engine::i18n::{Explain, repeated_rows_remark};
use engine::theme::Icon;
use engine::theme::size::{space, text};

/// Height of a row rule, the number visible at most, and half a line that hints at more.
const ROW_RULE: f32 = 24.0;
const RULES: usize = 3;
const HALF: f32 = 12.0;
/// Largest height of the warnings, in points.
const WARNINGS: f32 = 60.0;

/// Shows the warnings about the file, one sentence each.
pub(super) fn show_warnings(ui: &mut Ui, desk: &ImportContext<'_>, form: &ImportForm) {
    let of_file = form.profile().dialect.file_warnings.iter().map(|warning| warning.explain(desk.lang));
    let warnings: Vec<String> = of_file.chain(repeated_rows_remark(form.mapping(), desk.lang)).collect();
    if warnings.is_empty() {
        return;
    }
    let scroll = ScrollArea::vertical().id_salt("warnings").max_height(WARNINGS);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for warning in warnings {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.label(icon_text(Icon::Warning, text::BODY, to_color32(desk.theme.moment.ink)));
                warning_label(ui, desk.theme, &warning);
            });
        }
    });
    ui.add_space(space::S);
}

/// Returns the height of the row rules, in points.
pub(super) fn height_of_rules(form: &ImportForm) -> f32 {
    let rules = form.profile().row_rules.len();
    let more = if rules > RULES { HALF } else { 0.0 };
    ROW_RULE * rules.min(RULES) as f32 + more
}

/// Shows the rules for rows that are no answers, each with a check box to count them anyway.
pub(super) fn show_row_rules(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm) {
    let rules = form.profile().row_rules.clone();
    if rules.is_empty() {
        return;
    }
    let height = height_of_rules(form);
    let scroll = ScrollArea::vertical().id_salt("row rules").max_height(height).min_scrolled_height(height);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = ROW_RULE;
        for rule in &rules {
            let mut left_out = form.leaves_out(rule);
            let words = rule.explain(desk.lang);
            let line = ui.allocate_ui(vec2(ui.available_width(), ROW_RULE), |ui| {
                check_box(ui, desk.theme, &mut left_out, &words)
            });
            if line.inner.on_hover_text(&words).changed() {
                form.set_row_rule(&rule.column, &rule.text, left_out);
            }
        }
    });
}
