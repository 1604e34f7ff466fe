//! The bottom bar: the colour legend and the sources of the scores, and the zoom.

use super::actions::{action_button, key_text};
use super::two_sided;
use super::widgets::{set_accessible_name, small_keyed_icon_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::style::{strong_style, to_color32};
use crate::canvas::Canvas;
use egui::{Button, Label, RichText, Role, Sense, Ui, vec2};
use engine::feedback::overlay::Overlay;
use engine::feedback::score::Formula;
use engine::i18n::{
    Explain, HatchedForm, Lang, Msg, compared_words, format_date, format_figure, format_percent,
    formula_words, hatched_words,
};
use engine::model::Project;
use engine::theme::size::{space, text};
use engine::theme::{Icon, Theme};

/// Width of the button for the next wave, and the least of a wave's name, in points.
const NEXT: f32 = 28.0;
const LEAST_WAVE: f32 = 48.0;
/// Gap between the zoom buttons, in points.
const BUTTONS: f32 = 2.0;

/// Shows the bottom bar.
pub(crate) fn show(ui: &mut Ui, app: &mut App, canvas: &Canvas) {
    ui.horizontal_centered(|ui| {
        two_sided::show(ui, "legend", app, show_origin, |ui, app| {
            show_colors(ui, app);
            let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, BUTTONS);
            zoom_buttons(ui, app, canvas.zoom_level());
            ui.spacing_mut().item_spacing.x = gap;
        });
    });
}

/// Returns the project and the score overlay, if there are scores.
fn project_and_overlay(app: &App) -> Option<(&Project, &Overlay)> {
    let session = app.session.as_ref()?;
    let overlay = session.shown_overlay().filter(|overlay| !overlay.is_empty())?;
    Some((session.project(), overlay))
}

/// Shows the wave, and the meaning of hatching, the formula and the sources of the scores. Text that does not
/// fit is shown on hover.
fn show_origin(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    let Some((project, overlay)) = project_and_overlay(app) else { return };
    let mut step = None;
    let words = LegendWords::new(project, overlay, lang);
    let styled = |words: &str| RichText::new(words).size(text::SMALL).color(to_color32(theme.soft));
    let wide = |ui: &Ui, words: &str| {
        let galley = egui::WidgetText::from(styled(words)).into_galley(
            ui,
            Some(egui::TextWrapMode::Extend),
            f32::INFINITY,
            egui::FontSelection::Default,
        );
        galley.size().x.ceil() + 1.0
    };
    if project.waves().len() > 1 {
        let least = wide(ui, words.least());
        wave_stepper(ui, theme, lang, &mut step, (project, overlay, least));
    }
    let whole = words.line(false);
    let room = ui.available_width();
    let is_short = wide(ui, words.first(false)) > room;
    let response =
        ui.add(Label::new(styled(&words.line(is_short))).truncate().show_tooltip_when_elided(false));
    if is_short || wide(ui, &whole) > room {
        response.on_hover_text(words.lines());
    }
    if let Some(action) = step {
        app.queue_action(action);
    }
}

/// The words of the legend, the most important first: what is cut is cut from their end.
struct LegendWords {
    /// The meaning of hatching in a sentence, and its short form.
    hatched: Option<(String, String)>,
    /// The baseline of a comparison, the formula, and the files with their dates.
    others: Vec<String>,
}

impl LegendWords {
    fn new(project: &Project, overlay: &Overlay, lang: Lang) -> Self {
        let formula = overlay.formulas.first();
        let is_small = overlay.scores.values().any(engine::feedback::overlay::TargetScore::is_small);
        let hatched = if is_small { formula } else { None };
        let hatched = hatched.map(|formula| {
            let words = |form| hatched_words(lang, overlay, (formula.small_n, form));
            (words(HatchedForm::Sentence), words(HatchedForm::Short))
        });
        let files = overlay
            .origins
            .iter()
            .map(|origin| format!("{}, {}", origin.explain(lang), format_date(lang, origin.imported)));
        let compared = compared_words(project, overlay, lang);
        let formula = formula.map(|formula| formula_words(lang, formula));
        Self { hatched, others: compared.into_iter().chain(formula).chain(files).collect() }
    }

    /// Returns the first words, which are always shown whole.
    fn first(&self, is_short: bool) -> &str {
        self.hatched.as_ref().map_or("", |(whole, short)| if is_short { short } else { whole })
    }

    /// Returns the shortest form of the words that are always shown whole.
    fn least(&self) -> &str {
        self.first(true)
    }

    /// Returns all words on one line.
    fn line(&self, is_short: bool) -> String {
        let first = Some(self.first(is_short)).filter(|words| !words.is_empty());
        let parts: Vec<&str> = first.into_iter().chain(self.others.iter().map(String::as_str)).collect();
        parts.join(" · ")
    }

    /// Returns all words, one part a line.
    fn lines(&self) -> String {
        self.hatched
            .iter()
            .map(|(whole, _)| whole)
            .chain(&self.others)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Shows the colours of the scores from worst to best.
fn show_colors(ui: &mut Ui, app: &App) {
    let Some((_, overlay)) = project_and_overlay(app) else { return };
    if let Some(formula) = overlay.formulas.first()
        && !overlay.is_compared()
    {
        show_ramp(ui, app.theme(), app.lang(), formula);
    }
    // The buttons that follow are spaced like icons.
    ui.add_space(space::XL + BUTTONS - ui.spacing().item_spacing.x);
}

/// Shows the current wave between buttons for the previous and the next one, and leaves room of a width
/// beside them.
fn wave_stepper(
    ui: &mut Ui,
    theme: &Theme,
    lang: Lang,
    step: &mut Option<Action>,
    (project, overlay, beside): (&Project, &Overlay, f32),
) {
    let shown = overlay.choice.wave.and_then(|wave| project.waves().get(&wave));
    let label = shown.map_or(Msg::AllWaves.text(lang), |wave| wave.label.as_str());
    let mut button = |ui: &mut Ui, icon, action: Action| {
        let name = action.entry().label.text(lang);
        let key = key_text(ui, action);
        if small_keyed_icon_button(ui, theme, icon, name, &key).clicked() {
            *step = Some(action);
        }
    };
    button(ui, Icon::ChevronLeft, Action::PreviousWave);
    let gaps = 2.0 * ui.spacing().item_spacing.x + space::S;
    let room = (ui.available_width() - beside - NEXT - gaps).max(LEAST_WAVE);
    ui.scope(|ui| {
        ui.set_max_width(room);
        let words = RichText::new(label).size(text::SMALL).text_style(strong_style());
        ui.add(Label::new(words).truncate());
    });
    button(ui, Icon::ChevronRight, Action::NextWave);
    ui.add_space(space::S);
}

fn zoom_buttons(ui: &mut Ui, app: &mut App, zoom: f32) {
    action_button(ui, app, Icon::Minus, Action::ZoomOut);
    let shown = format_percent(app.lang(), f64::from(zoom), 0);
    let words = RichText::new(&shown).size(text::SMALL).color(to_color32(app.theme().soft));
    let response = ui.add(Button::new(words).frame_when_inactive(false).min_size(vec2(48.0, 26.0)));
    set_accessible_name(&response, Role::Button, &Msg::ZoomIs.text_with(app.lang(), &[("percent", &shown)]));
    if response.on_hover_text(Msg::ZoomActual.text(app.lang())).clicked() {
        app.queue_action(Action::ZoomReset);
    }
    action_button(ui, app, Icon::Plus, Action::ZoomIn);
    action_button(ui, app, Icon::Fit, Action::Fit);
}

/// Shows the steps of the score ramp between the ends of the scale.
fn show_ramp(ui: &mut Ui, theme: &Theme, lang: Lang, formula: &Formula) {
    let (low, high) = ramp_ends(formula, lang);
    let small =
        |words: String| Label::new(RichText::new(words).size(text::SMALL).color(to_color32(theme.soft)));
    ui.add(small(low));
    let (rect, _) = ui.allocate_exact_size(vec2(7.0 * 18.0, 10.0), Sense::hover());
    for (place, step) in theme.ramp.iter().enumerate() {
        let corner = rect.min + vec2(place as f32 * 18.0, 0.0);
        ui.painter().rect_filled(
            egui::Rect::from_min_size(corner, vec2(18.0, 10.0)),
            0.0,
            to_color32(step.fill),
        );
    }
    ui.add(small(high));
}

/// Returns the worst and the best possible score, the ends of the ramp.
fn ramp_ends(formula: &Formula, lang: Lang) -> (String, String) {
    let (low, high) = formula.score_domain();
    let shown = |value: f64| {
        if formula.is_share() { format_percent(lang, value / 100.0, 0) } else { format_figure(value, 1) }
    };
    if formula.ramp_position(low) <= formula.ramp_position(high) {
        (shown(low), shown(high))
    } else {
        (shown(high), shown(low))
    }
}
