//! The legend of an exported page: metric, formula, source and date, the ramp's colours, and the meaning of
//! hatching.

use super::dims::PAGE;
use super::pen::{Align, BlockPen};
use super::scope::{Scope, Studio};
use super::text::{Setting, one_line};
use crate::feedback::overlay::{Overlay, ScoreOrigin};
use crate::i18n::{
    Explain, HatchedForm, Msg, Worded, compared_words, format_date, format_figure, format_percent,
    formula_words, hatched_words,
};
use crate::scene::{Block, Rect, ScenePart, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::{space, text};

/// Size of a step of the ramp.
const SWATCH: (f32, f32) = (22.0, 12.0);
/// The maximum number of formulas spelled out if texts are clamped.
const FORMULAS: usize = 3;

/// Returns the legend, with its origin at its top left; `None` without scores.
pub(super) fn draw_legend(scope: &Scope<'_>, studio: &mut Studio, right: f32) -> Option<Block> {
    let overlay = scope.overlay.filter(|overlay| !overlay.is_empty())?;
    let mut pen = BlockPen::new(&mut studio.measure);
    let room = right - PAGE;
    let ramp = draw_ramp(scope, &mut pen, overlay, room);
    let setting =
        |face| Setting { face, size: text::SMALL, room: room - ramp - space::XL, rows: scope.max_rows(3) };
    let mut y = 0.0;
    for formula in overlay.formulas.iter().take(scope.max_rows(FORMULAS)) {
        let row = pen.break_text(&formula_words(scope.lang, formula), setting(Face::Regular));
        y = pen.draw_paragraph(row, pt(0.0, y), scope.theme.text);
    }
    if let Some(compared) = compared_words(scope.project, overlay, scope.lang) {
        let row = pen.break_text(&compared, setting(Face::SemiBold));
        y = pen.draw_paragraph(row, pt(0.0, y), scope.theme.text);
    }
    let small = overlay.formulas.first().map_or(30, |formula| formula.small_n);
    let row = pen.break_text(
        &hatched_words(scope.lang, overlay, (small, HatchedForm::Sentence)),
        setting(Face::Regular),
    );
    y = pen.draw_paragraph(row, pt(0.0, y), scope.theme.soft);
    let row = pen.break_text(&source_text(scope, overlay), setting(Face::Regular));
    y = pen.draw_paragraph(row, pt(0.0, y), scope.theme.soft);
    let rect = Rect::new(0.0, 0.0, room, y.max(2.0 * SWATCH.1 + space::M));
    Some(pen.into_block(None, ScenePart::Legend, rect, scope.message_text(Msg::FormulaSourceDate).to_owned()))
}

/// Returns the source files of the scores, with their waves and dates.
fn source_text(scope: &Scope<'_>, overlay: &Overlay) -> String {
    let source = |origin: &ScoreOrigin| {
        let imported =
            Msg::ImportedOn.text_with(scope.lang, &[("date", &format_date(scope.lang, origin.imported))]);
        let waves: Vec<String> = origin.waves.iter().map(|wave| one_line(wave)).collect();
        let parts = [one_line(&origin.explain(scope.lang)), waves.join(", "), imported];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let group = &overlay.choice.segment;
    let segment =
        (!group.is_everyone()).then(|| format!("{}: {}", one_line(&group.column), one_line(&group.value)));
    segment.into_iter().chain(overlay.origins.iter().map(source)).collect::<Vec<_>>().join("; ")
}

/// Draws the ramp with labelled ends, at the right; returns its width.
fn draw_ramp(scope: &Scope<'_>, pen: &mut BlockPen<'_>, overlay: &Overlay, right: f32) -> f32 {
    let Some(formula) = overlay.formulas.first() else { return 0.0 };
    let theme = scope.theme;
    let (low, high) = formula.score_domain();
    let (worst, best) =
        if formula.ramp_position(low) <= formula.ramp_position(high) { (low, high) } else { (high, low) };
    let end = |value: f64| {
        if formula.is_share() {
            format_percent(scope.lang, value / 100.0, 0)
        } else {
            format_figure(value, 1)
        }
    };
    let style = (Face::Regular, text::TINY, theme.soft);
    let y = SWATCH.1 / 2.0 + 2.0;
    let best = pen.draw_text(&end(best), style, pt(right, y), Align::End);
    let mut x = right - best - space::S - SWATCH.0 * theme.ramp.len() as f32;
    let worst = pen.draw_text(&end(worst), style, pt(x - space::S, y), Align::End);
    let start = x - space::S - worst;
    for step in theme.ramp {
        let border = Some(Stroke::solid_line(theme.hairline, 0.5));
        pen.draw_rect(Rect::new(x, 2.0, SWATCH.0, SWATCH.1), 0.0, Some(step.fill), border);
        x += SWATCH.0;
    }
    let name = scope.message_text(formula.kind.display_name());
    let name =
        pen.draw_text(name, (Face::SemiBold, text::TINY, theme.text), pt(start - space::M, y), Align::End);
    right - start + space::M + name
}
