//! The import assistant: how a file is read, what only a person can settle, and what is in it: by columns, by the values
//! of a column, and as rows.

use super::import_columns::{self, Desk};
use super::widgets::{doubt, heading, hint, link, primary_button, quiet_button, row, soft, tab_button, tick};
use super::{import_again, import_file, import_rows, import_values};
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::import_form::{ImportForm, View};
use crate::app::request::Request;
use crate::app::style::{color, corner, font};
use crate::feedback::consequence;
use crate::feedback::crosstab::Crosstab;
use crate::i18n::{Msg, count};
use crate::model::recipe::ColumnRole;
use crate::survey::propose::{Column, Doubt, Reason};
use crate::survey::settle::Says;
use crate::theme::Face;
use crate::theme::size::{radius, space, text};
use egui::{Align, Button, Frame, Label, Layout, Margin, RichText, ScrollArea, TextEdit, Ui, vec2};

/// The least height of what is in the file, and the room below it.
const BODY: f32 = 140.0;
const BELOW: f32 = 224.0;
/// The height of a question, and the most that are in sight at once.
const QUESTION: f32 = 30.0;
const QUESTIONS: usize = 3;
/// The height of a rule on rows.
const ROW_RULE: f32 = 26.0;
/// Columns that a question names, and that its tooltip does.
const NAMED: usize = 2;
const HOVERED: usize = 30;

/// Shows the assistant.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let (lang, theme) = (app.lang(), app.theme());
    let Some(journey) = app.session.as_ref().and_then(|session| session.journey()).cloned() else { return };
    let Some(Dialog::Import(form)) = app.dialog.as_mut() else { return };
    let desk = Desk::new(lang, theme, &journey);
    let room = ui.ctx().content_rect();
    ui.set_width((room.width() - 96.0).clamp(480.0, 1100.0));
    let top = ui.cursor().top();
    heading(ui, &format!("{} · {}", desk.text(Msg::ImportTitle), form.profile().file));
    let mut look_again = None;
    if form.again.is_some() {
        import_again::show(ui, &desk, form);
    } else {
        look_again = import_file::show(ui, lang, theme, &form.input, &form.profile().dialect);
        let remarks = form.profile().remarks(lang);
        for warning in form.profile().dialect.warnings(lang).into_iter().chain(remarks) {
            doubt(ui, theme, &warning);
        }
        if let Some(problem) = &form.problem {
            doubt(ui, theme, problem);
        } else {
            asked(ui, &desk, form);
            let used = ui.cursor().top() - top;
            content(ui, &desk, form, (room.height() - BELOW - used).max(BODY));
        }
    }
    let wish = form.is_ready().then(|| form.clone());
    if let Some(input) = look_again {
        app.ask(Request::LookAgain(input));
    }
    ui.add_space(12.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let start = ui
            .add_enabled_ui(wish.is_some(), |ui| primary_button(ui, theme, Msg::ImportNow.text(lang)))
            .inner;
        if let Some(form) = wish.filter(|_| start.clicked()) {
            app.ask(Request::Import(form));
        }
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.ask(Request::CloseDialog);
        }
    });
}

/// The wave, what was read, and what only a person can settle.
fn asked(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm) {
    let wave = desk.text(Msg::ImportWave);
    row(ui, desk.theme, wave, |ui| {
        ui.add(TextEdit::singleline(&mut form.wave).desired_width(260.0)).accessible_name(wave);
        ui.add_space(space::M);
        soft(ui, desk.theme, &read(desk, form));
    });
    ui.add_space(4.0);
    if !form.open_questions().is_empty() {
        questions(ui, desk, form);
    }
    row_rules(ui, desk, form);
    let crosstab = Crosstab::of(form.profile()).filter(|_| !form.has_answers());
    if let Some(crosstab) = Crosstab::turned_table(form.profile()).or(crosstab) {
        doubt(ui, desk.theme, &crosstab.message(desk.lang));
    }
    ui.add_space(4.0);
}

/// How many rows were read, and which tool wrote them.
fn read(desk: &Desk<'_>, form: &ImportForm) -> String {
    let rows = Msg::ImportRows.with(desk.lang, &[("n", &count(form.profile().rows))]);
    let more = if form.profile().complete { "" } else { " …" };
    let tool = form.profile().dialect.tool;
    let tool = tool.map(|tool| format!(" · {}", Msg::FileTool.with(desk.lang, &[("tool", &tool.name())])));
    format!("{rows}{more}{}", tool.unwrap_or_default())
}

/// What must be said before the import goes on, each with what can be said to it.
fn questions(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm) {
    let ground = Frame::new()
        .fill(color(desk.theme.moment.ground))
        .corner_radius(corner(radius::CONTROL))
        .inner_margin(Margin::symmetric(space::M as i8, space::XS as i8));
    let open = form.open_questions().to_vec();
    let mut said = None;
    ground.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = QUESTION * open.len().min(QUESTIONS) as f32;
        let scroll = ScrollArea::vertical().id_salt("questions").max_height(height);
        scroll.auto_shrink([false, true]).show_rows(ui, QUESTION, open.len(), |ui, shown| {
            for (doubt, places) in open.get(shown).unwrap_or_default() {
                said = question(ui, desk, form, *doubt, places).or(said.take());
            }
        });
    });
    if let Some((doubt, places, says)) = said {
        form.say(doubt, &places, says);
    }
}

/// One question: the columns it is about, and a button for each thing that can be said.
fn question(
    ui: &mut Ui,
    desk: &Desk<'_>,
    form: &mut ImportForm,
    doubt: Doubt,
    places: &[usize],
) -> Option<(Doubt, Vec<usize>, Says)> {
    let mut said = None;
    let size = vec2(ui.available_width(), QUESTION);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if let (Doubt::Words(_), Some(place)) = (doubt, places.first())
            && answer(ui, desk, (desk.text(Msg::ShowValues), desk.text(Msg::ShowValues)), false)
        {
            (form.view, form.place) = (View::Values, *place);
        }
        for (rank, says) in doubt.answers(places).iter().enumerate().rev() {
            let figure = consequence(form.mapping(), doubt, places, *says, desk.lang);
            let name = says.message(doubt, desk.lang);
            let words = figure.map_or(name.clone(), |figure| format!("{name} · {figure}"));
            if answer(ui, desk, (&name, &words), rank == 0) {
                said = Some((doubt, places.to_vec(), *says));
            }
        }
        let words = doubt.message(desk.lang);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let ink = color(desk.theme.moment.ink);
            let names = RichText::new(named(desk, form, places)).font(font(Face::SemiBold, text::SMALL));
            ui.set_max_width(ui.available_width());
            ui.add(Label::new(names.color(ink)).truncate()).on_hover_text(all_names(form, places));
            ui.add(Label::new(RichText::new(&words).size(text::SMALL).color(ink)).truncate())
                .on_hover_text(&words);
        });
    });
    said
}

/// A button that answers; the likeliest answer stands out.
fn answer(ui: &mut Ui, desk: &Desk<'_>, (name, words): (&str, &str), likeliest: bool) -> bool {
    let (ink, ground) = if likeliest {
        (desk.theme.on_accent, desk.theme.accent)
    } else {
        (desk.theme.text, desk.theme.surface)
    };
    let label = RichText::new(words).size(text::SMALL).color(color(ink));
    let button = Button::new(label).fill(color(ground)).small().min_size(vec2(0.0, 22.0));
    let response = ui.add(button);
    super::widgets::named(&response, egui::accesskit::Role::Button, name);
    response.clicked()
}

/// The rows that are no answers, each kind with a box to count them all the same.
fn row_rules(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm) {
    let rules = form.profile().row_rules.clone();
    if rules.is_empty() {
        return;
    }
    let height = ROW_RULE * rules.len().min(QUESTIONS) as f32;
    let scroll = ScrollArea::vertical().id_salt("row rules").max_height(height);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        for rule in &rules {
            let mut left_out = form.leaves_out(rule);
            if tick(ui, desk.theme, &mut left_out, &rule.message(desk.lang)).changed() {
                form.set_row_rule(&rule.column, &rule.text, left_out);
            }
        }
    });
}

fn names<'a>(form: &'a ImportForm, places: &'a [usize]) -> impl Iterator<Item = &'a str> {
    places.iter().filter_map(|place| form.columns().get(*place)).map(Column::asked)
}

/// The first columns that a question is about, and how many more there are.
fn named(desk: &Desk<'_>, form: &ImportForm, places: &[usize]) -> String {
    let first: Vec<&str> = names(form, places).take(NAMED).collect();
    let first = first.join(desk.text(Msg::ListComma));
    match places.len().saturating_sub(NAMED) {
        0 => first,
        more => Msg::AndMore.with(desk.lang, &[("names", &first), ("n", &count(more as u64))]),
    }
}

fn all_names(form: &ImportForm, places: &[usize]) -> String {
    names(form, places).take(HOVERED).collect::<Vec<_>>().join("\n")
}

/// What is in the file, in one of three views.
fn content(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, height: f32) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let views = [
            (View::Columns, Msg::Columns),
            (View::Values, Msg::ImportValues),
            (View::Rows, Msg::ImportRowsShown),
        ];
        for (view, name) in views {
            if tab_button(ui, desk.theme, desk.text(name), form.view == view).clicked() {
                form.view = view;
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if form.has_unmatched() && link(ui, desk.theme, desk.text(Msg::ImportAsTouchpoints)).clicked() {
                form.make_touchpoints();
            }
        });
    });
    ui.add_space(4.0);
    match form.view {
        View::Columns => import_columns::show(ui, desk, form, height),
        View::Values => import_values::show(ui, desk, form, height),
        View::Rows => import_rows::show(ui, desk, form, height),
    }
    ui.add_space(4.0);
    hint(ui, desk.theme, &remark(desk, form));
}

/// What keeps the import from going on, or else what becomes of the rows.
fn remark(desk: &Desk<'_>, form: &ImportForm) -> String {
    if !form.has_answers() {
        return desk.text(Msg::ImportNoColumns).to_owned();
    }
    if !form.open_questions().is_empty() {
        let open = count(form.open_questions().len() as u64);
        return Msg::ImportAsks.with(desk.lang, &[("n", &open)]);
    }
    let personal = |column: &&Column| {
        let left_out = matches!(column.rule.role, ColumnRole::Ignore | ColumnRole::Respondent);
        left_out && matches!(column.reason, Reason::Personal | Reason::Identifier | Reason::Respondent)
    };
    let names: Vec<&str> =
        form.columns().iter().filter(personal).map(|column| column.rule.column.as_str()).collect();
    let kept = desk.text(Msg::PersonalLeftOut);
    if names.is_empty() {
        return kept.to_owned();
    }
    let names = names.join(desk.text(Msg::ListComma));
    format!("{kept} · {}", Msg::ImportPersonal.with(desk.lang, &[("names", &names)]))
}
