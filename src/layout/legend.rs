//! The legend of an exported page: metric, formula, source and date, the ramp's colours, and the meaning of
//! hatching.

use super::dims::PAGE;
use super::pen::{Align, Pen};
use super::scope::{Scope, Studio};
use super::text::{Setting, one_line};
use crate::feedback::overlay::{Origin, Overlay};
use crate::feedback::{HatchedForm, hatched_words};
use crate::feedback::{compared_words, formula_words};
use crate::i18n::{Msg, date, figure, percent};
use crate::model::Worded;
use crate::scene::{Block, Part, Rect, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::{space, text};

/// Size of a step of the ramp.
const SWATCH: (f32, f32) = (22.0, 12.0);
/// The maximum number of formulas spelled out if texts are clamped.
const FORMULAS: usize = 3;

/// Returns the legend, with its origin at its top left; `None` without scores.
pub(super) fn block(scope: &Scope<'_>, studio: &mut Studio, right: f32) -> Option<Block> {
    let overlay = scope.overlay.filter(|overlay| !overlay.is_empty())?;
    let mut pen = Pen::new(&mut studio.measure);
    let room = right - PAGE;
    let ramp = ramp(scope, &mut pen, overlay, room);
    let setting =
        |face| Setting { face, size: text::SMALL, room: room - ramp - space::XL, rows: scope.rows(3) };
    let mut y = 0.0;
    for formula in overlay.formulas.iter().take(scope.rows(FORMULAS)) {
        let row = pen.set(&formula_words(scope.lang, formula), setting(Face::Regular));
        y = pen.paragraph(row, pt(0.0, y), scope.theme.text);
    }
    if let Some(compared) = compared_words(scope.project, overlay, scope.lang) {
        let row = pen.set(&compared, setting(Face::SemiBold));
        y = pen.paragraph(row, pt(0.0, y), scope.theme.text);
    }
    let small = overlay.formulas.first().map_or(30, |formula| formula.small_n);
    let row =
        pen.set(&hatched_words(scope.lang, overlay, (small, HatchedForm::Sentence)), setting(Face::Regular));
    y = pen.paragraph(row, pt(0.0, y), scope.theme.soft);
    let row = pen.set(&sources(scope, overlay), setting(Face::Regular));
    y = pen.paragraph(row, pt(0.0, y), scope.theme.soft);
    let rect = Rect::new(0.0, 0.0, room, y.max(2.0 * SWATCH.1 + space::M));
    Some(pen.block(None, Part::Legend, rect, scope.say(Msg::FormulaSourceDate).to_owned()))
}

/// Returns the source files of the scores, with their waves and dates.
fn sources(scope: &Scope<'_>, overlay: &Overlay) -> String {
    let source = |origin: &Origin| {
        let imported = Msg::ImportedOn.with(scope.lang, &[("date", &date(scope.lang, origin.imported))]);
        let waves: Vec<String> = origin.waves.iter().map(|wave| one_line(wave)).collect();
        let parts = [one_line(&origin.words(scope.lang)), waves.join(", "), imported];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let group = &overlay.choice.segment;
    let segment =
        (!group.is_everyone()).then(|| format!("{}: {}", one_line(&group.column), one_line(&group.value)));
    segment.into_iter().chain(overlay.origins.iter().map(source)).collect::<Vec<_>>().join("; ")
}

/// Draws the ramp with labelled ends, at the right; returns its width.
fn ramp(scope: &Scope<'_>, pen: &mut Pen<'_>, overlay: &Overlay, right: f32) -> f32 {
    let Some(formula) = overlay.formulas.first() else { return 0.0 };
    let theme = scope.theme;
    let (low, high) = formula.domain();
    let (worst, best) =
        if formula.position(low) <= formula.position(high) { (low, high) } else { (high, low) };
    let end = |value: f64| {
        if formula.is_share() { percent(scope.lang, value / 100.0, 0) } else { figure(value, 1) }
    };
    let style = (Face::Regular, text::TINY, theme.soft);
    let y = SWATCH.1 / 2.0 + 2.0;
    let best = pen.word(&end(best), style, pt(right, y), Align::End);
    let mut x = right - best - space::S - SWATCH.0 * theme.ramp.len() as f32;
    let worst = pen.word(&end(worst), style, pt(x - space::S, y), Align::End);
    let start = x - space::S - worst;
    for step in theme.ramp {
        let border = Some(Stroke::solid(theme.hairline, 0.5));
        pen.rect(Rect::new(x, 2.0, SWATCH.0, SWATCH.1), 0.0, Some(step.fill), border);
        x += SWATCH.0;
    }
    let name = scope.say(formula.kind.word());
    let name = pen.word(name, (Face::SemiBold, text::TINY, theme.text), pt(start - space::M, y), Align::End);
    right - start + space::M + name
}
