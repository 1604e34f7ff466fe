//! Tests importing feedback in the window: the assistant asks, the map shows scores, undo reverts it.

use crate::support;

use desireline::app::action::Action;
use desireline::app::jobs::Job;
use desireline::app::request::AppRequest;
use desireline::features::import::form::ImportForm;
use desireline::features::import::{import_confirmed, look_at};
use egui::accesskit::Role;
use egui::{pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use engine::i18n::{Lang, Msg, explain_answer};
use engine::id::BatchId;
use engine::model::choice::Direction;
use engine::model::recipe::ColumnRole;
use engine::survey::propose::{OpenQuestion, ProposedColumn};
use engine::survey::resolve::Says;
use engine::survey::source::Input;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::window::{self, On, Test, press_last as press, settle, told};

/// Opens a template in a window.
fn open(lang: Lang, template: &'static str) -> Test {
    window::open(vec2(1480.0, 1100.0), lang, On::Template(template))
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/airline-feedback.csv")
}

fn import(test: &mut Test, path: PathBuf) {
    window::act_on(test, Action::Import, path);
}

fn batches(test: &Test) -> usize {
    test.state().app.session.as_ref().map_or(0, |session| session.project().batches().len())
}

fn batch(test: &Test) -> Option<BatchId> {
    test.state().app.session.as_ref()?.project().batches().keys().next().copied()
}

#[test]
fn a_file_is_looked_at_asked_about_imported_and_undone() {
    let mut test = open(Lang::En, "airline");
    import(&mut test, sample());
    assert!(test.state().app.dialog.get::<ImportForm>().is_some());
    press(&mut test, Msg::ImportNow.text(Lang::En));
    assert_eq!(batches(&test), 1);
    assert!(told(&test).contains("412 rows"), "{}", told(&test));
    let session = test.state().app.session.as_ref();
    let boarding = session.and_then(|session| {
        session
            .journey()?
            .touchpoints()
            .values()
            .find(|card| card.title == "Online boarding")
            .map(|card| card.id)
    });
    test.state_mut().app.queue_request(AppRequest::Select(boarding.into_iter().map(Into::into).collect()));
    settle(&mut test);
    test.state_mut().app.queue_action(Action::Undo);
    settle(&mut test);
    assert_eq!(batches(&test), 0);
}

#[test]
fn a_table_of_shares_is_explained_and_its_scores_say_that_n_is_unknown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shares.csv");
    let table = "Touchpoint,Very good,Good,Fair,Poor,Very poor,Don't know\nOnline boarding,40,20,10,10,15,5\nSeat comfort,10,10,20,20,40,0\n";
    std::fs::File::create(&path).and_then(|mut file| file.write_all(table.as_bytes())).expect("written");
    let mut test = open(Lang::En, "airline");
    import(&mut test, path);
    test.get_all_by_label_contains(Msg::WhyAggregated.text(Lang::En)).next().expect("the reason is told");
    press(&mut test, Msg::ImportNow.text(Lang::En));
    assert_eq!(batches(&test), 1);
    let session = test.state().app.session.as_ref().expect("a session");
    let cards = session.journey().expect("a journey").touchpoints();
    let seat = cards.values().find(|card| card.title.contains("eat")).map(|card| card.id.into());
    test.state_mut().app.queue_request(AppRequest::Select(seat.into_iter().collect()));
    settle(&mut test);
    test.get_by_label_contains(Msg::UnknownNWhy.text(Lang::En));
}

#[test]
fn the_same_file_again_asks_whether_it_takes_the_place_of_the_first() {
    let mut test = open(Lang::ZhCn, "airline");
    import(&mut test, sample());
    press(&mut test, Msg::ImportNow.text(Lang::ZhCn));
    import(&mut test, sample());
    assert!(form(&test).again.is_some());
    let choice = test.get_by_role_and_label(Role::RadioButton, Msg::AgainReplace.text(Lang::ZhCn));
    assert!(choice.rect().height() > 0.0 && window::says(&test, Msg::AgainSameWhy.text(Lang::ZhCn)));
    press(&mut test, Msg::ImportNow.text(Lang::ZhCn));
    assert_eq!(batches(&test), 1);
}

#[test]
fn an_import_is_replaced_or_removed_where_it_is_seen() {
    let mut test = open(Lang::En, "airline");
    import(&mut test, sample());
    press(&mut test, Msg::ImportNow.text(Lang::En));
    let first = batch(&test);
    test.state_mut().app.queue_request(AppRequest::Select(first.into_iter().map(Into::into).collect()));
    settle(&mut test);
    press(&mut test, Msg::ReplaceImport.text(Lang::En));
    import(&mut test, sample());
    press(&mut test, Msg::ImportNow.text(Lang::En));
    assert!(batches(&test) == 1 && batch(&test) != first);
    let second = batch(&test);
    test.state_mut().app.queue_request(AppRequest::Select(second.into_iter().map(Into::into).collect()));
    settle(&mut test);
    press(&mut test, Msg::RemoveImport.text(Lang::En));
    let waves = test.state().app.session.as_ref().map(|session| session.project().waves().len());
    assert_eq!((batches(&test), waves), (0, Some(0)));
}

#[test]
fn on_an_empty_map_columns_become_touchpoints() {
    let mut test = open(Lang::ZhCn, "blank");
    import(&mut test, sample());
    press(&mut test, &explain_answer(Says::NoAnswer, OpenQuestion::Zero, Lang::ZhCn));
    press(&mut test, Msg::ImportNow.text(Lang::ZhCn));
    let session = test.state().app.session.as_ref();
    let cards = session.and_then(|session| session.journey()).map(|journey| journey.touchpoints().len());
    assert_eq!(cards, Some(14));
}

#[test]
fn a_crosstab_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crosstab.csv");
    let mut file = std::fs::File::create(&path).unwrap();
    write!(file, "Answer,All,18 - 34,35+\nVery,37%,29%,42%\nHardly,53%,61%,49%\nNot,10%,10%,9%\n").unwrap();
    let mut test = open(Lang::ZhCn, "airline");
    import(&mut test, path);
    assert!(window::says(&test, "这是交叉表：3 列为各人群（All、18 - 34、35+）的百分比"));
    assert!(!form(&test).is_ready());
}

#[test]
fn what_is_no_table_changes_nothing_and_says_why() {
    let mut test = open(Lang::En, "airline");
    import(&mut test, Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
    assert!(test.state().app.dialog.is_none() && batches(&test) == 0);
    assert!(told(&test).contains(Msg::NotAFile.text(Lang::En)), "{}", told(&test));
}

#[test]
fn what_was_detected_is_shown_and_can_be_said_otherwise() {
    let mut test = open(Lang::En, "airline");
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/fixtures/old.xls");
    import(&mut test, sample());
    let choice = |test: &Test, label: Msg| {
        test.get_by_role_and_label(Role::ComboBox, label.text(Lang::En)).accesskit_node().value()
    };
    assert_eq!(choice(&test, Msg::FileEncoding).as_deref(), Some("UTF-8"));
    assert_eq!(choice(&test, Msg::FileDelimiter).as_deref(), Some(Msg::DelimiterComma.text(Lang::En)));
    let wave = "Spring";
    if let Some(form) = test.state_mut().app.dialog.get_mut::<ImportForm>() {
        wave.clone_into(&mut form.wave);
    }
    test.get_by_role_and_label(Role::ComboBox, Msg::FileHeaderRows.text(Lang::En)).click();
    test.run_steps(4);
    test.get_by_role_and_label(Role::Button, "0").click();
    settle(&mut test);
    let Some(form) = test.state().app.dialog.get::<ImportForm>() else { panic!("the assistant stays open") };
    assert_eq!(
        (form.columns()[0].rule.column.as_str(), form.profile().rows, form.wave.as_str()),
        ("#1", 413, wave)
    );
    // A file that can't be read leaves the assistant unchanged.
    let input = Input { path: old, ..form.input.clone() };
    let input = Input { helper: Some("no program".into()), ..input };
    window::ask(&mut test, AppRequest::call_step(|app| look_at(app, input)));
    assert!(test.state().app.dialog.get::<ImportForm>().is_some_and(|form| form.profile().rows == 413));
    assert!(told(&test).contains("old.xls"), "{}", told(&test));
}

#[test]
fn a_file_that_is_not_what_it_seems_can_be_read_as_it_is_said_to_be() {
    let mut test = open(Lang::En, "airline");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.csv");
    let mut rows = format!("Ort,Seat comfort\n{}", "Köln,5\n".repeat(17)).into_bytes();
    // A line in two encodings: neither is certain.
    rows.extend_from_slice(b"K\xf6ln \xc3\xb6,4\n");
    let file = std::fs::File::create(&path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, &rows)).unwrap();
    import(&mut test, path);
    let Some(form) = test.state().app.dialog.get::<ImportForm>() else { panic!("the assistant opens") };
    assert!(form.problem.as_ref().is_some_and(|problem| problem.contains("Line 19")) && !form.is_ready());
    test.get_by_role_and_label(Role::ComboBox, Msg::FileEncoding.text(Lang::En)).click();
    test.run_steps(4);
    test.get_by_role_and_label(Role::Button, "windows-1252").click();
    settle(&mut test);
    let Some(form) = test.state().app.dialog.get::<ImportForm>() else { panic!("the assistant stays open") };
    assert_eq!((form.problem.as_deref(), form.profile().rows), (None, 18));
}

#[test]
fn what_was_left_out_of_a_file_stands_in_the_assistant() {
    let mut test = open(Lang::En, "airline");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.csv");
    let rows = "Comfort of seats,Verdict\n4,5\n3,2\n1,4\n\nSource: the guest survey of 2026\n";
    let file = std::fs::File::create(&path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, rows.as_bytes())).unwrap();
    import(&mut test, path);
    let Some(form) = test.state().app.dialog.get::<ImportForm>() else { panic!("the assistant opens") };
    assert_eq!(form.profile().rows, 3);
    assert!(test.query_by_label_contains("Notes below the table, from row 6 on").is_some());
}

/// Answers of other people: fewer, so that they do not seem to hold the earlier ones again.
fn other_rows(rows: &str) -> String {
    let kept: Vec<&str> = rows.lines().step_by(2).collect();
    kept.join("\n").replace("Economy", "Eco")
}

#[test]
fn the_next_export_of_a_known_survey_goes_in_without_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let answers = std::fs::read_to_string(sample()).unwrap();
    let next = |name: &str, header: fn(String) -> String| {
        let (head, rows) = answers.split_once('\n').unwrap();
        let path = folder.path().join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        writeln!(
            file,
            "{}
{}",
            header(head.to_owned()),
            other_rows(rows)
        )
        .unwrap();
        path
    };
    let mut test = open(Lang::En, "airline");
    import(&mut test, sample());
    press(&mut test, Msg::ImportNow.text(Lang::En));
    import(&mut test, next("next.csv", |head| head));
    assert!(test.state().app.dialog.is_none() && told(&test).contains("next.csv"), "{}", told(&test));
    assert_eq!(batches(&test), 2);
    test.state_mut().app.queue_action(Action::Undo);
    settle(&mut test);
    assert_eq!(batches(&test), 1);
    // A column under another name is asked about, and the others are not.
    import(&mut test, next("renamed.csv", |head| head.replace("Seat comfort", "Comfort of seats")));
    let Some(form) = test.state().app.dialog.get::<ImportForm>() else { panic!("the assistant asks") };
    let asked: Vec<&str> = form
        .columns()
        .iter()
        .filter(|c| c.blocking_doubts().next().is_some())
        .map(ProposedColumn::question_name)
        .collect();
    assert_eq!(asked, ["Comfort of seats"]);
    press(&mut test, &explain_answer(Says::Same, OpenQuestion::Renamed, Lang::En));
    press(&mut test, Msg::ImportNow.text(Lang::En));
    assert_eq!(batches(&test), 2);
}

fn form(test: &Test) -> &ImportForm {
    test.state().app.dialog.get().expect("the assistant is open")
}

#[test]
fn an_import_that_is_cancelled_stops_at_once_and_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.csv");
    let row = "12345,Seat comfort is what this long comment is about and it goes on,5,4,3,2\n";
    let mut file = std::fs::File::create(&path).unwrap();
    write!(file, "id,said,Seat comfort,Gate location,Food and drink,Cleanliness\n{}", row.repeat(300_000))
        .unwrap();
    let mut test = open(Lang::En, "airline");
    import(&mut test, path);
    let ready = form(&test).clone();
    // The time from the cancel until the window reports it: the best of some, as other programs run too.
    let mut best = Duration::MAX;
    for _ in 0..5 {
        test.state_mut().app.dialog.open(ready.clone());
        test.state_mut().app.queue_request(AppRequest::call_step(import_confirmed));
        test.run_steps(1);
        while test.state().app.jobs.running_jobs().iter().any(|job| job.progress().is_none()) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let asked = Instant::now();
        test.state().app.jobs.running_jobs().iter().for_each(Job::cancel);
        while !test.state().app.jobs.running_jobs().is_empty() {
            test.run_steps(1);
        }
        best = best.min(asked.elapsed());
        assert!(told(&test).contains(Msg::ImportCancelled.text(Lang::En)), "{}", told(&test));
    }
    assert!(best < Duration::from_millis(100), "{best:?}");
    assert!(batches(&test) == 0 && !window::dirty(&test));
}

/// A survey that raises every question, and has some meaningless cells.
fn doubtful(folder: &Path) -> PathBuf {
    let mut text = "E-mail,Chairs,Effort to board,Day,Overall experience,Meals,Comment,行李提取\n".to_owned();
    for row in 0..90 {
        let words =
            ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied", "Hm well"];
        let seat = if row == 7 { "good".to_owned() } else { (row % 7).to_string() };
        let food = if row < 45 { 1 + row % 5 } else { 1 + row % 10 };
        let said =
            ["all fine", "排队太久，自助值机总是失败，请改进", "The gate changed twice,\nnobody told us"]
                [row % 3];
        let luggage = ["非常满意", "一般", "", "不满意"][row % 4];
        writeln!(
            text,
            "a{row}@b.com,{seat},{},{}/{}/2026,\"{}\",{food},\"{said}\",{luggage}",
            1 + row % 5,
            1 + row % 12,
            1 + row % 9,
            words[if row % 15 == 0 { 5 } else { row % 5 }]
        )
        .unwrap();
    }
    let path = folder.join("doubtful.csv");
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    path
}

#[test]
fn what_is_ambiguous_is_asked_and_the_import_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = open(Lang::En, "blank");
    import(&mut test, doubtful(folder.path()));
    let words = |doubt: OpenQuestion, says: Says| explain_answer(says, doubt, Lang::En);
    assert!(!form(&test).is_ready());
    press(&mut test, &words(OpenQuestion::Past(6), Says::NoAnswer));
    press(&mut test, &words(OpenQuestion::Zero, Says::NoAnswer));
    press(&mut test, &words(OpenQuestion::Direction(Direction::LowIsGood), Says::LowIsGood));
    press(&mut test, &words(OpenQuestion::Turn(0), Says::LeaveOut));
    assert!(!form(&test).is_ready());
    // The words of a scale: unknown ones are listed with their lines, and given a number.
    press(&mut test, Msg::ShowValues.text(Lang::En));
    assert!(window::says(&test, "84 valid · 0 missing · 6 rejected"));
    test.get_by_role_and_label(Role::ComboBox, "Hm well, Read as").click();
    settle(&mut test);
    press(&mut test, "3");
    assert!(window::says(&test, "90 valid · 0 missing · 0 rejected"));
    assert!(form(&test).is_ready(), "{:?}", form(&test).open_questions());
    assert!(window::says(&test, "E-mail"), "what is left out as personal is named");
    press(&mut test, Msg::ImportNow.text(Lang::En));
    let told = told(&test);
    assert!(told.contains("1 cell") && told.contains("line 11"), "{told}");
}

#[test]
fn all_questions_are_answered_as_suggested_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = window::open(vec2(1280.0, 800.0), Lang::En, On::Template("blank"));
    import(&mut test, doubtful(folder.path()));
    let open = form(&test).open_questions().len();
    assert!(open > 3 && window::says(&test, &format!("{open} questions to answer")));
    let box_of_questions = test.get_by_label(Msg::AnswerAllAsSuggested.text(Lang::En)).rect();
    let tabs = test.get_by_role_and_label(Role::Tab, Msg::ImportValues.text(Lang::En)).rect();
    assert!(
        tabs.top() - box_of_questions.top() < 800.0 / 3.0,
        "questions have at most a third of the height"
    );
    press(&mut test, Msg::AnswerAllAsSuggested.text(Lang::En));
    assert!(form(&test).is_ready(), "{:?}", form(&test).open_questions());
    assert!(test.query_by_label(Msg::AnswerAllAsSuggested.text(Lang::En)).is_none());
}

#[test]
fn columns_that_may_be_the_weight_are_told_apart_by_name() {
    let mut test = open(Lang::En, "blank");
    import(&mut test, Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kinds/wt4_two_weights.csv"));
    press(&mut test, "Weight by wt_base");
    let roles: Vec<bool> =
        form(&test).columns().iter().map(|column| column.rule.role == ColumnRole::Weight).collect();
    assert_eq!(roles, [false, false, true, false]);
}

#[test]
fn the_rows_of_a_file_are_shown_under_what_their_columns_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = window::open(vec2(1280.0, 800.0), Lang::ZhCn, On::Template("blank"));
    window::act(&mut test, Action::ThemeDark);
    import(&mut test, doubtful(folder.path()));
    press(&mut test, Msg::AnswerAllAsSuggested.text(Lang::ZhCn));
    let rows = |test: &mut Test| {
        test.get_by_role_and_label(Role::Tab, Msg::ImportRowsShown.text(Lang::ZhCn)).click();
        settle(test);
    };
    rows(&mut test);
    assert!(window::says(&test, "第 1 行, E-mail · Chairs"), "the header is a row too");
    let row = test.get_by_label_contains("第 11 行, a7@b.com · good").rect();
    // The second column: the cell says why it does not count.
    test.hover_at(pos2(row.left() + 150.0, row.center().y));
    settle(&mut test);
    assert!(window::says(&test, Msg::RejectNotANumber.text(Lang::ZhCn)));
    // Of a wide and long file only the visible part is drawn.
    let columns: Vec<String> = (0..500).map(|place| format!("Question {place}")).collect();
    let row = (0..500).map(|place| (1 + place % 5).to_string()).collect::<Vec<_>>().join(",");
    let path = folder.path().join("wide.csv");
    let rows_of_it = format!("{}\n{}", columns.join(","), format!("{row}\n").repeat(200));
    std::fs::File::create(&path).unwrap().write_all(rows_of_it.as_bytes()).unwrap();
    window::key(&mut test, egui::Modifiers::NONE, egui::Key::Escape);
    import(&mut test, path);
    rows(&mut test);
    let shown = test.query_all_by_label_contains("第 ");
    let labels: Vec<String> = shown.filter_map(|node| node.accesskit_node().value()).collect();
    assert!((10..40).contains(&labels.len()), "{} rows are drawn", labels.len());
    assert!(labels.iter().all(|label| label.len() < 400), "columns out of sight are not drawn");
}

#[test]
fn how_a_file_was_said_to_be_read_holds_for_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let answers = std::fs::read_to_string(sample()).unwrap();
    let (head, rows) = answers.split_once('\n').unwrap();
    let codes = (0..head.split(',').count()).map(|place| format!("X{place}")).collect::<Vec<_>>().join(",");
    let month = |name: &str, rows: &str| {
        let path = folder.path().join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        write!(file, "{codes}\n{head}\n{rows}").unwrap();
        path
    };
    let mut test = open(Lang::En, "airline");
    import(&mut test, month("may.csv", rows));
    test.get_by_role_and_label(Role::ComboBox, Msg::FileHeaderRows.text(Lang::En)).click();
    test.run_steps(4);
    test.get_by_role_and_label(Role::Button, "2").click();
    settle(&mut test);
    press(&mut test, Msg::ImportNow.text(Lang::En));
    let recipe = window::project(&test).recipes().values().next().cloned().unwrap();
    assert_eq!((recipe.header_rows, recipe.encoding.as_deref(), recipe.delimiter), (Some(2), None, None));
    window::select(&mut test, &[recipe.id.into()]);
    assert!(window::says(&test, Msg::FileHeaderRows.text(Lang::En)));
    import(&mut test, month("june.csv", &other_rows(rows)));
    assert!(test.state().app.dialog.is_none() && told(&test).contains("june.csv"), "{}", told(&test));
    assert_eq!((batches(&test), window::project(&test).recipes().len()), (2, 1));
}

#[test]
fn a_table_of_one_answer_a_row_with_days_is_told_in_the_assistant() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.csv");
    let mut file = std::fs::File::create(&path).unwrap();
    let row = |i: usize| {
        let name = ["Seat comfort", "Gate", "Lounge"][i % 3];
        format!("{:02}/{:02}/2026,{name},{}\n", i % 12 + 1, i % 9 + 1, i % 5 + 1)
    };
    let rows: String = (0..90).map(row).collect();
    writeln!(file, "day,about,stars\n{}", rows.trim_end()).unwrap();
    let mut test = open(Lang::En, "airline");
    import(&mut test, path);
    let mut pick = |list: &str, choice: Msg| {
        test.get_by_role_and_label(Role::ComboBox, list).click();
        settle(&mut test);
        press(&mut test, choice.text(Lang::En));
    };
    pick("day, Role", Msg::RoleDate);
    pick("day, Order of the date", Msg::OrderDayFirst);
    pick("day, Waves", Msg::SplitQuarter);
    pick("about, Role", Msg::RoleNames);
    press(&mut test, Msg::ImportNow.text(Lang::En));
    assert!(told(&test).contains("90 rows"), "{}", told(&test));
    let session = test.state().app.session.as_ref().unwrap();
    let mut waves: Vec<&str> = session.project().waves().values().map(|wave| wave.label.as_str()).collect();
    waves.sort_unstable();
    assert_eq!(waves, ["2026-Q1", "2026-Q2", "2026-Q3"]);
    let titles: Vec<&str> =
        session.journey().unwrap().touchpoints().values().map(|card| card.title.as_str()).collect();
    assert!(titles.contains(&"Lounge"), "a name that is on no card becomes one");
}
