//! The chooser of the score overlay: metric, wave, segment and comparison.

use super::list_search::{self, ListEntries};
use super::widgets::{check_box, labelled_row, set_accessible_name, soft_label};
use crate::app::App;
use crate::app::menu_keys::walk_menu;
use crate::app::style::to_color32;
use crate::app::words::title_of;
use egui::{Button, Popup, PopupCloseBehavior, Response, Role, ScrollArea, Ui};
use engine::feedback::compare::ScoreBaseline;
use engine::feedback::overlay::{OverlayChoice, has_overlapping_groups, segment_columns};
use engine::feedback::score::MetricChoice;
use engine::i18n::{Lang, Msg, Worded, against_word};
use engine::id::WaveId;
use engine::model::choice::MetricKind;
use engine::model::counts::{Histogram, Segment};
use engine::model::{Project, records_in_order};
use engine::theme::Icon;

/// Shows the button that names the current overlay and opens the chooser, if there is feedback.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    let Some(session) = &app.session else { return };
    if session.project().batches().is_empty() {
        return;
    }
    let choice = session.overlay_choice().clone();
    let words = overlay_summary(session.project(), &choice, lang);
    let arrow = super::widgets::icon_text(Icon::ChevronDown, 12.0, to_color32(theme.muted));
    let response = ui.add(Button::new((words, arrow)).min_size(egui::vec2(0.0, 30.0)));
    let response = response.on_hover_text(Msg::Overlay.text(lang));
    let mut wanted = choice.clone();
    let project = session.project();
    Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(300.0);
        let mut lists = Vec::new();
        let mut choice_of = |list: Response, label: Msg| lists.push((list, label.text(lang)));
        let (metric, list) =
            choice_menu(ui, Msg::Metric, lang, theme, &metric_options(project, lang), choice.metric);
        wanted.metric = metric;
        choice_of(list, Msg::Metric);
        let (wave, list) = choice_menu(ui, Msg::Wave, lang, theme, &wave_options(project, lang), choice.wave);
        wanted.wave = wave;
        choice_of(list, Msg::Wave);
        let groups = segment_options(project, lang);
        let (segment, list) = choice_menu(ui, Msg::Segment, lang, theme, &groups, choice.segment.clone());
        wanted.segment = segment;
        choice_of(list, Msg::Segment);
        let options = comparison_options(project, &wanted, lang);
        let held = wanted
            .against
            .clone()
            .filter(|held| options.iter().any(|(known, _)| known.as_ref() == Some(held)));
        let (against, list) = choice_menu(ui, Msg::CompareWith, lang, theme, &options, held);
        wanted.against = against;
        choice_of(list, Msg::CompareWith);
        if project
            .batches()
            .values()
            .any(|batch| batch.counts.histograms.values().any(Histogram::is_weighted))
        {
            let weighted = check_box(ui, theme, &mut wanted.weighted, Msg::WeightedScores.text(lang));
            choice_of(weighted, Msg::WeightedScores);
        }
        walk_menu(ui, &lists);
        if session.shown_overlay().is_some_and(|overlay| overlay.is_empty()) {
            soft_label(ui, theme, Msg::NoScoresHere.text(lang));
        }
    });
    if wanted != choice {
        app.queue_call(|app| app.with_session(|session| session.set_overlay_choice(wanted)));
    }
}

fn choice_menu<T: Clone + PartialEq>(
    ui: &mut Ui,
    label: Msg,
    lang: Lang,
    theme: &engine::theme::Theme,
    options: &[(T, String)],
    current: T,
) -> (T, Response) {
    // A nested list must be a submenu: egui keeps only one popup open otherwise.
    let name = label.text(lang);
    let shown = options.iter().find(|(option, _)| *option == current).map_or("", |(_, text)| text.as_str());
    let mut picked = None;
    let list = labelled_row(ui, theme, name, |ui| {
        let opened = ui.menu_button(shown, |ui| {
            ScrollArea::vertical().max_height(360.0).min_scrolled_height(360.0).show(ui, |ui| {
                let is_chosen = |option: &T| *option == current;
                let entries =
                    ListEntries { options, is_chosen: &is_chosen, with_field: false, name, last: None };
                if let Some(place) = list_search::show(ui, &entries, None) {
                    picked = options.get(place).map(|(option, _)| option.clone());
                    ui.close();
                }
            });
        });
        set_accessible_name(&opened.response, Role::ComboBox, name);
        opened.response
    });
    (picked.unwrap_or(current), list)
}

/// Summarises the overlay: metric, wave, segment.
fn overlay_summary(project: &Project, choice: &OverlayChoice, lang: Lang) -> String {
    let find = |options: Vec<String>| options.into_iter().next().unwrap_or_default();
    let metric = find(words_of(metric_options(project, lang), &choice.metric));
    let wave = choice.wave.map(|_| find(words_of(wave_options(project, lang), &choice.wave)));
    let group = find(words_of(segment_options(project, lang), &choice.segment));
    let other = choice.against.as_ref().map(|against| format!("− {}", against_word(project, against, lang)));
    [Some(metric), wave, Some(group), other].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn words_of<T: PartialEq>(options: Vec<(T, String)>, wanted: &T) -> Vec<String> {
    options.into_iter().filter(|(option, _)| option == wanted).map(|(_, text)| text).collect()
}

fn metric_options(project: &Project, lang: Lang) -> Vec<(MetricChoice, String)> {
    let own = (MetricChoice::Own, Msg::OwnMetrics.text(lang).to_owned());
    let kinds = MetricKind::ALL
        .iter()
        .map(|kind| (MetricChoice::Kind(*kind), kind.display_name().text(lang).to_owned()));
    let made = records_in_order(project.metrics()).into_iter();
    let made = made.map(|metric| (MetricChoice::Of(metric.id), title_of(project, metric.id.into(), lang)));
    std::iter::once(own).chain(made).chain(kinds).collect()
}

fn wave_options(project: &Project, lang: Lang) -> Vec<(Option<WaveId>, String)> {
    let all = (None, Msg::AllWaves.text(lang).to_owned());
    let each = records_in_order(project.waves()).into_iter().map(|wave| (Some(wave.id), wave.label.clone()));
    std::iter::once(all).chain(each).collect()
}

/// Returns the possible comparisons for the chosen scores: other waves, other groups of the column, the rest.
fn comparison_options(
    project: &Project,
    choice: &OverlayChoice,
    lang: Lang,
) -> Vec<(Option<ScoreBaseline>, String)> {
    let mut found = vec![(None, Msg::NoComparison.text(lang).to_owned())];
    let mut add = |against: ScoreBaseline| {
        let words = against_word(project, &against, lang);
        found.push((Some(against), words));
    };
    if project.questions().values().any(|question| question.belief.is_some()) {
        add(ScoreBaseline::Belief);
    }
    if let Some(shown) = choice.wave {
        let others = records_in_order(project.waves()).into_iter().filter(|wave| wave.id != shown);
        others.for_each(|wave| add(ScoreBaseline::Wave(wave.id)));
    }
    let column = &choice.segment.column;
    if let Some(values) = segment_columns(project).remove(column) {
        add(ScoreBaseline::Rest);
        let alone = !has_overlapping_groups(project, column);
        for value in values.into_iter().filter(|value| alone && *value != choice.segment.value) {
            add(ScoreBaseline::Segment(Segment { column: column.clone(), value }));
        }
    }
    found
}

fn segment_options(project: &Project, lang: Lang) -> Vec<(Segment, String)> {
    let everyone = (Segment::everyone(), Msg::Everyone.text(lang).to_owned());
    let found = segment_columns(project).into_iter().flat_map(|(column, values)| {
        let named = move |value: String| {
            let text = format!("{column} – {value}");
            (Segment { column: column.clone(), value }, text)
        };
        values.into_iter().map(named).collect::<Vec<_>>()
    });
    std::iter::once(everyone).chain(found).collect()
}
