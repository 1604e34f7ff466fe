//! The bottom bar: what the colours of the scores mean and where they come from; the zoom.

use super::actions::{action_button, key_text};
use super::widgets::{named, small_keyed_icon_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::style::{color, strong};
use crate::canvas::Canvas;
use crate::feedback::overlay::Overlay;
use crate::feedback::score::Formula;
use crate::feedback::{compared_words, formula_words, hatched_words};
use crate::i18n::{Lang, Msg, date, figure, percent};
use crate::model::Project;
use crate::theme::size::{space, text};
use crate::theme::{Icon, Theme};
use egui::{Align, Button, Label, Layout, RichText, Role, Sense, Ui, vec2};

/// Shows the bar.
pub(crate) fn show(ui: &mut Ui, app: &mut App, canvas: &Canvas) {
    ui.horizontal_centered(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 2.0);
            zoom(ui, app, canvas.zoom());
            ui.spacing_mut().item_spacing.x = gap;
            let (theme, lang) = (app.theme(), app.lang());
            let shown =
                app.session.as_ref().and_then(|session| Some((session.project(), session.shown_overlay()?)));
            let Some((project, overlay)) = shown.filter(|(_, overlay)| !overlay.is_empty()) else { return };
            let mut step = None;
            ui.add_space(space::XL);
            if let Some(formula) = overlay.formulas.first().filter(|_| !overlay.is_compared()) {
                ramp(ui, theme, lang, formula);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if project.waves().len() > 1 {
                    waves(ui, theme, lang, &mut step, project, overlay);
                }
                let words = RichText::new(sentence(project, overlay, lang))
                    .size(text::SMALL)
                    .color(color(theme.soft));
                ui.add(Label::new(words).truncate());
            });
            if let Some(action) = step {
                app.act(action);
            }
        });
    });
}

/// The wave shown, between the one before and the one after.
fn waves(
    ui: &mut Ui,
    theme: &Theme,
    lang: Lang,
    step: &mut Option<Action>,
    project: &Project,
    overlay: &Overlay,
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
    ui.label(RichText::new(label).size(text::SMALL).text_style(strong()));
    button(ui, Icon::ChevronRight, Action::NextWave);
    ui.add_space(space::S);
}

fn zoom(ui: &mut Ui, app: &mut App, zoom: f32) {
    action_button(ui, app, Icon::Fit, Action::Fit);
    action_button(ui, app, Icon::Plus, Action::ZoomIn);
    let shown = percent(app.lang(), f64::from(zoom), 0);
    let words = RichText::new(&shown).size(text::SMALL).color(color(app.theme().soft));
    let response = ui.add(Button::new(words).frame_when_inactive(false).min_size(vec2(48.0, 26.0)));
    named(&response, Role::Button, &Msg::ZoomIs.with(app.lang(), &[("percent", &shown)]));
    if response.on_hover_text(Msg::ZoomActual.text(app.lang())).clicked() {
        app.act(Action::ZoomReset);
    }
    action_button(ui, app, Icon::Minus, Action::ZoomOut);
}

/// The steps of the score ramp between the ends of the scale; laid out from right to left.
fn ramp(ui: &mut Ui, theme: &Theme, lang: Lang, formula: &Formula) {
    let (low, high) = ends(formula, lang);
    let small = |words: String| Label::new(RichText::new(words).size(text::SMALL).color(color(theme.soft)));
    ui.add(small(high));
    let (rect, _) = ui.allocate_exact_size(vec2(7.0 * 18.0, 10.0), Sense::hover());
    for (place, step) in theme.ramp.iter().enumerate() {
        let corner = rect.min + vec2(place as f32 * 18.0, 0.0);
        ui.painter().rect_filled(egui::Rect::from_min_size(corner, vec2(18.0, 10.0)), 0.0, color(step.fill));
    }
    ui.add(small(low));
}

/// The worst and the best score there can be, which is where the ramp begins and ends.
fn ends(formula: &Formula, lang: Lang) -> (String, String) {
    let (low, high) = formula.domain();
    let shown =
        |value: f64| if formula.is_share() { percent(lang, value / 100.0, 0) } else { figure(value, 1) };
    if formula.position(low) <= formula.position(high) {
        (shown(low), shown(high))
    } else {
        (shown(high), shown(low))
    }
}

/// The formula, the threshold for hatching, and the files with their dates.
fn sentence(project: &Project, overlay: &Overlay, lang: Lang) -> String {
    let formula = overlay.formulas.first().map(|formula| formula_words(lang, formula));
    let small = overlay.formulas.first().map(|formula| hatched_words(lang, overlay, formula.small_n));
    let small =
        small.filter(|_| overlay.scores.values().any(crate::feedback::overlay::TargetScore::is_small));
    let files = overlay
        .origins
        .iter()
        .map(|origin| format!("{}, {}", origin.words(lang), date(lang, origin.imported)));
    let compared = compared_words(project, overlay, lang);
    compared.into_iter().chain(formula).chain(small).chain(files).collect::<Vec<_>>().join(" · ")
}
