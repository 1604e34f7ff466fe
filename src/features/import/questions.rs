//! The open questions of the import assistant, with buttons whose labels show the result of each answer.

use super::columns::ImportContext;
use super::form::{ImportForm, ImportView};
use crate::app::style::{font_id, to_color32, to_corner_radius};
use crate::panels::two_sided;
use crate::panels::widgets::{set_accessible_name, soft_label};
use egui::accesskit::Role;
use egui::{Align, Button, FontId, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};
use engine::feedback::score_if_answered;
use engine::i18n::{Explain, Msg, explain_answer, format_count};
use engine::survey::propose::{OpenQuestion, ProposedColumn};
use engine::survey::resolve::Says;
use engine::theme::Face;
use engine::theme::size::{radius, space, text};

/// Heights of a question, of one with its buttons below the words, and of the line above all questions.
const QUESTION: f32 = 30.0;
const TALL_QUESTION: f32 = 56.0;
const HEAD: f32 = 30.0;
/// Width below which the buttons go below the words, in points.
const NARROW: f32 = 760.0;
/// Number of columns that a question names, and that its tooltip does.
const NAMED: usize = 2;
const HOVERED: usize = 30;
/// Number of characters of a column's name on a button.
const LETTERS: usize = 24;

/// A question with its columns and the chosen answer.
type Answered = (OpenQuestion, Vec<usize>, Says);

/// Shows the open questions, at most `height` points high.
pub(super) fn show(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, height: f32) {
    let open = form.open_questions().to_vec();
    if open.is_empty() {
        return;
    }
    let ground = Frame::new()
        .fill(to_color32(desk.theme.moment.ground))
        .corner_radius(to_corner_radius(radius::CONTROL))
        .inner_margin(Margin::symmetric(space::M as i8, space::XS as i8));
    let mut answers: Vec<Answered> = Vec::new();
    ground.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let suggested = suggested_answers(&open);
        let mut height = height - 2.0 * space::XS;
        if suggested.len() > 1 {
            height -= HEAD;
            if show_header(ui, desk, open.len()) {
                answers.extend(suggested);
            }
        }
        let tall = if ui.available_width() < NARROW { TALL_QUESTION } else { QUESTION };
        // If the questions do not fit, half of one shows that there are more.
        let shown = if height < tall * open.len() as f32 {
            ((height / tall - 0.5).floor() + 0.5).max(1.0) * tall
        } else {
            height
        };
        let scroll = ScrollArea::vertical().id_salt("questions").max_height(shown);
        scroll.auto_shrink([false, true]).show_rows(ui, tall, open.len(), |ui, shown| {
            for (doubt, places) in open.get(shown).unwrap_or_default() {
                answers.extend(show_question(ui, desk, form, tall, (*doubt, places)));
            }
        });
    });
    for (doubt, places, says) in answers {
        form.answer_doubt(doubt, &places, says);
    }
}

/// Returns the likeliest answer to each question that has answers.
fn suggested_answers(open: &[(OpenQuestion, Vec<usize>)]) -> Vec<Answered> {
    let answered = open.iter().filter_map(|(doubt, places)| {
        let likeliest = doubt.possible_answers(places).first().copied()?;
        Some((*doubt, places.clone(), likeliest))
    });
    answered.collect()
}

/// Shows the number of questions; returns true if all shall be answered as suggested.
fn show_header(ui: &mut Ui, desk: &ImportContext<'_>, questions: usize) -> bool {
    let size = vec2(ui.available_width(), HEAD);
    let open = Msg::QuestionsOpen.text_with(desk.lang, &[("n", &format_count(questions as u64))]);
    let words = desk.text(Msg::AnswerAllAsSuggested);
    let mut all = false;
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let told = |ui: &mut Ui, _: &mut bool| drop(soft_label(ui, desk.theme, &open));
        two_sided::show(ui, "all questions", &mut all, told, |ui, all| {
            *all = answer_button(ui, desk, (words, words), false);
        });
    });
    all
}

/// Shows one question: its columns, and a button for each answer.
fn show_question(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    form: &mut ImportForm,
    height: f32,
    (doubt, places): (OpenQuestion, &[usize]),
) -> Option<Answered> {
    let size = vec2(ui.available_width(), height);
    if height > QUESTION {
        return ui
            .allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                let line = vec2(ui.available_width(), height / 2.0);
                let from_left = Layout::left_to_right(Align::Center);
                ui.allocate_ui_with_layout(line, from_left, |ui| show_doubt(ui, desk, form, (doubt, places)));
                ui.allocate_ui_with_layout(line, from_left, |ui| {
                    answer_buttons(ui, desk, form, (doubt, places))
                })
                .inner
            })
            .inner;
    }
    let mut said = None;
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let asked = |ui: &mut Ui, form: &mut ImportForm| {
            ui.set_max_width(ui.available_width() - space::M);
            show_doubt(ui, desk, form, (doubt, places));
        };
        let salt = format!("{doubt:?} {:?}", places.first());
        two_sided::show(ui, &salt, form, asked, |ui, form| {
            said = answer_buttons(ui, desk, form, (doubt, places));
        });
    });
    said
}

/// Shows the columns' names and the doubt about them; the names are truncated first.
fn show_doubt(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    form: &ImportForm,
    (doubt, places): (OpenQuestion, &[usize]),
) {
    let ink = to_color32(desk.theme.moment.ink);
    let sentence = doubt.explain(desk.lang);
    let strong = font_id(Face::SemiBold, text::SMALL);
    let plain = font_id(Face::Regular, text::SMALL);
    let all = ui.available_width();
    let gap = ui.spacing().item_spacing.x;
    let names = some_names(desk, form, places);
    let needed = width_of(ui, &sentence, plain.clone());
    let room = (all - needed - gap).max(all * 0.4).min(width_of(ui, &names, strong.clone()));
    let hovered = all_names(form, places);
    ui.allocate_ui_with_layout(vec2(room, QUESTION), Layout::left_to_right(Align::Center), |ui| {
        ui.set_max_width(room);
        let label = Label::new(RichText::new(names).font(strong).color(ink)).truncate();
        ui.add(label.show_tooltip_when_elided(false)).on_hover_text(hovered);
    });
    ui.add(Label::new(RichText::new(&sentence).font(plain).color(ink)).truncate());
}

fn width_of(ui: &Ui, words: &str, font: FontId) -> f32 {
    let ink = egui::Color32::PLACEHOLDER;
    ui.painter().layout_no_wrap(words.to_owned(), font, ink).size().x.ceil() + 1.0
}

/// Shows a button for each answer, the likeliest leftmost.
fn answer_buttons(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    form: &mut ImportForm,
    (doubt, places): (OpenQuestion, &[usize]),
) -> Option<Answered> {
    let show_values = (desk.text(Msg::ShowValues), desk.text(Msg::ShowValues));
    let mut said = None;
    for (rank, says) in doubt.possible_answers(places).into_iter().enumerate() {
        let figure = score_if_answered(form.mapping(), doubt, places, says);
        let name = answer_name(desk, form, doubt, says);
        let words =
            figure.map_or_else(|| name.clone(), |figure| format!("{name} · {}", figure.explain(desk.lang)));
        if answer_button(ui, desk, (&name, &words), rank == 0) {
            said = Some((doubt, places.to_vec(), says));
        }
    }
    let shows = matches!(doubt, OpenQuestion::Words(_)) && answer_button(ui, desk, show_values, false);
    if shows && let Some(place) = places.first() {
        form.view = ImportView::Values;
        form.place = *place;
    }
    said
}

/// Returns the label of an answer; if several columns could be the weight, each has its column's name.
fn answer_name(desk: &ImportContext<'_>, form: &ImportForm, doubt: OpenQuestion, says: Says) -> String {
    let column = match says {
        Says::Weight(place) => form.columns().get(place),
        _ => None,
    };
    match column {
        Some(column) => {
            let name = column.question_name();
            let short = match name.char_indices().nth(LETTERS) {
                Some((end, _)) => format!("{}…", name.get(..end).unwrap_or(name)),
                None => name.to_owned(),
            };
            Msg::SaysWeightOf.text_with(desk.lang, &[("column", &short)])
        }
        None => explain_answer(says, doubt, desk.lang),
    }
}

/// Shows the button of an answer; the likeliest one is highlighted.
fn answer_button(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    (name, words): (&str, &str),
    likeliest: bool,
) -> bool {
    let (ink, ground) = if likeliest {
        (desk.theme.on_accent, desk.theme.accent)
    } else {
        (desk.theme.text, desk.theme.surface)
    };
    let label = RichText::new(words).size(text::SMALL).color(to_color32(ink));
    let button = Button::new(label).fill(to_color32(ground)).small().min_size(vec2(0.0, 22.0));
    let response = ui.add(button);
    set_accessible_name(&response, Role::Button, name);
    response.clicked()
}

fn column_names<'a>(form: &'a ImportForm, places: &'a [usize]) -> impl Iterator<Item = &'a str> {
    places.iter().filter_map(|place| form.columns().get(*place)).map(ProposedColumn::question_name)
}

/// Returns the names of a question's first columns and the number of further ones.
fn some_names(desk: &ImportContext<'_>, form: &ImportForm, places: &[usize]) -> String {
    let first: Vec<&str> = column_names(form, places).take(NAMED).collect();
    let first = first.join(desk.text(Msg::ListComma));
    match places.len().saturating_sub(NAMED) {
        0 => first,
        more => Msg::AndMore.text_with(desk.lang, &[("names", &first), ("n", &format_count(more as u64))]),
    }
}

fn all_names(form: &ImportForm, places: &[usize]) -> String {
    column_names(form, places).take(HOVERED).collect::<Vec<_>>().join("\n")
}
