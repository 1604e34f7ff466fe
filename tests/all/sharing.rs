//! Tests two windows on one file: one takes over or merges the other's saves, and nobody's work is lost.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::features::paths::PathDialog;
use desireline::features::sharing::ChangedFile;
use egui::{Key, Modifiers, vec2};
use engine::edit::command;
use engine::i18n::{Lang, Msg};
use engine::id::{Id, IdSource};
use engine::model::Project;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::load::to_bytes;
use engine::store::project::{open_project, save_project};
use engine::store::watch::announce_save;
use std::path::{Path, PathBuf};
use support::window::{self, On, Test, act, ask, dirty, project, says, session, settle};
use tempfile::TempDir;

/// Creates a folder with a journey of one stage, Plan, and one card, Search.
fn shared() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let mut source = IdSource::from_seed(3);
    let project = engine::exchange::outline::read_outline("# Trip\n## Plan\n- Search\n- Book\n", &mut source)
        .unwrap()
        .project;
    store(&path, Base::Absent, &project);
    (folder, path)
}

fn store(path: &Path, base: Base, project: &Project) {
    drop(save_project(&RealDisk, path, base, project).unwrap());
}

fn open(path: &Path) -> Test {
    window::open(vec2(1280.0, 800.0), Lang::En, On::File(path.to_owned()))
}

fn card(project: &Project, title: &str) -> Option<Id> {
    let cards = project.journeys_in_order()[0].touchpoints().values();
    cards.into_iter().find(|card| card.title == title).map(|card| card.id.into())
}

fn titles(project: &Project) -> Vec<String> {
    let mut titles: Vec<String> =
        project.journeys_in_order()[0].touchpoints().values().map(|card| card.title.clone()).collect();
    titles.sort();
    titles
}

fn rename(test: &mut Test, from: &str, to: &str) {
    let id = card(project(test), from).unwrap();
    let change = command::rename_record(project(test), id, to);
    ask(test, AppRequest::Commit(change));
}

/// Opens the journey, with a stored step of ours: the card Book is renamed to Reserve.
fn reserved() -> (TempDir, PathBuf, Test) {
    let (folder, path) = shared();
    let mut test = open(&path);
    rename(&mut test, "Book", "Reserve");
    act(&mut test, Action::Save);
    until(&mut test, |test| !dirty(test));
    (folder, path, test)
}

/// Renames a card in the file as another program, with the sign beside it that all of ours leave.
fn elsewhere(path: &Path, from: &str, to: &str) {
    let (base, theirs) = renamed_there(path, from, to);
    announce_save(path, base, Base::from_bytes(&to_bytes(&theirs)));
    store(path, base, &theirs);
}

fn renamed_there(path: &Path, from: &str, to: &str) -> (Base, Project) {
    let opened = open_project(&RealDisk, path).unwrap();
    let mut theirs = opened.loaded.project;
    let change = command::rename_record(&theirs, card(&theirs, from).unwrap(), to);
    engine::edit::apply_all(&mut theirs, &change).unwrap();
    (opened.base, theirs)
}

/// Draws frames until a condition holds; fails after ten seconds.
fn until(test: &mut Test, so: impl Fn(&Test) -> bool) {
    for _ in 0..200 {
        settle(test);
        if so(test) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("it never came to be");
}

#[test]
fn what_others_store_is_taken_over_while_nothing_is_changed_here() {
    let (_folder, path) = shared();
    let mut test = open(&path);
    elsewhere(&path, "Search", "Compare");
    until(&mut test, |test| card(project(test), "Compare").is_some());
    assert!(!dirty(&test) && session(&test).glowing_elements().is_some());
    act(&mut test, Action::Undo);
    assert!(card(project(&test), "Compare").is_some() && !dirty(&test), "it is not ours to take back");
}

#[test]
fn undo_takes_back_our_own_step_from_under_what_others_stored() {
    let (_folder, path, mut test) = reserved();
    elsewhere(&path, "Search", "Compare");
    until(&mut test, |test| card(project(test), "Compare").is_some());
    act(&mut test, Action::Undo);
    assert_eq!(titles(project(&test)), ["Book", "Compare"]);
    assert!(dirty(&test));
    act(&mut test, Action::Redo);
    assert_eq!(titles(project(&test)), ["Compare", "Reserve"]);
    assert!(!dirty(&test), "that is what the file holds");
}

#[test]
fn undo_says_so_where_others_changed_all_that_it_could_take_back() {
    let (_folder, path, mut test) = reserved();
    elsewhere(&path, "Reserve", "Order");
    until(&mut test, |test| card(project(test), "Order").is_some());
    act(&mut test, Action::Undo);
    assert!(card(project(&test), "Order").is_some() && !dirty(&test));
    assert!(says(&test, Msg::UndoNothingLeft.text(Lang::En)));
}

#[test]
fn steps_taken_back_can_be_taken_again_after_others_stored() {
    let (_folder, path) = shared();
    let mut test = open(&path);
    rename(&mut test, "Book", "Reserve");
    act(&mut test, Action::Undo);
    elsewhere(&path, "Search", "Compare");
    until(&mut test, |test| card(project(test), "Compare").is_some());
    act(&mut test, Action::Redo);
    assert_eq!(titles(project(&test)), ["Compare", "Reserve"]);
    act(&mut test, Action::Undo);
    assert_eq!(titles(project(&test)), ["Book", "Compare"]);
    assert!(!dirty(&test), "that is what the file holds");
}

#[test]
fn a_card_for_a_stage_that_others_removed_meanwhile_brings_it_back() {
    let (_folder, path) = shared();
    let mut test = open(&path);
    let plan = project(&test).journeys_in_order()[0].stages().keys().next().copied().unwrap();
    let end = command::Slot::Apart(command::CardPlace::end_of(plan, None));
    let (typed, _) =
        command::add_touchpoint(project(&test), end, "Ask around", &mut IdSource::from_seed(9)).unwrap();
    let mut bob = open(&path);
    let change = command::delete_records(project(&bob), &[Id::from(plan)], &mut IdSource::from_seed(8));
    ask(&mut bob, AppRequest::Commit(change));
    act(&mut bob, Action::Save);
    until(&mut test, |test| titles(project(test)).is_empty());
    ask(&mut test, AppRequest::Commit(typed));
    assert_eq!(titles(project(&test)), ["Ask around"]);
    assert!(
        project(&test).record(plan.into()).is_some() && !session(&test).document.open_conflicts().is_empty()
    );
}

/// Replaces the file by a copy from before our stage and card were stored, which was edited on its own.
fn replaced_by_another_branch() -> (TempDir, PathBuf, Test) {
    let (folder, path) = shared();
    let first = std::fs::read(&path).unwrap();
    let mut test = open(&path);
    let journey = session(&test).journey_id();
    let (change, stage) =
        command::add_stage(project(&test), journey, None, "Mine", &mut IdSource::from_seed(5));
    ask(&mut test, AppRequest::Commit(change));
    let slot = command::Slot::EndOf(stage);
    let (change, _) =
        command::add_touchpoint(project(&test), slot, "My card", &mut IdSource::from_seed(6)).unwrap();
    ask(&mut test, AppRequest::Commit(change));
    act(&mut test, Action::Save);
    assert!(!dirty(&test));
    let mut theirs = engine::store::load::load_project(&first).unwrap().project;
    let id = card(&theirs, "Book").unwrap();
    let change = command::rename_record(&theirs, id, "Theirs");
    engine::edit::apply_all(&mut theirs, &change).unwrap();
    store(&path, open_project(&RealDisk, &path).unwrap().base, &theirs);
    (folder, path, test)
}

#[test]
fn a_version_that_does_not_come_from_ours_is_told_and_never_merged_unasked() {
    let (folder, path, mut test) = replaced_by_another_branch();
    let bytes = std::fs::read(&path).unwrap();
    until(&mut test, |test| says(test, "not known to come from the one you opened"));
    assert_eq!(titles(project(&test)), ["Book", "My card", "Search"], "ours is untouched");
    assert!(session(&test).document.open_conflicts().is_empty());
    rename(&mut test, "Search", "Compare");
    act(&mut test, Action::Save);
    until(&mut test, |test| test.state().app.dialog.get::<ChangedFile>().is_some());
    assert!(dirty(&test) && std::fs::read(&path).unwrap() == bytes, "it asks first");
    window::press(&mut test, Msg::Replace.text(Lang::En));
    until(&mut test, |test| !dirty(test));
    assert_eq!(
        titles(&open_project(&RealDisk, &path).unwrap().loaded.project),
        ["Book", "Compare", "My card"]
    );
    let kept = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(kept.filter(|kept| std::fs::read(kept).unwrap() == bytes).count(), 1, "theirs is kept");
}

#[test]
fn a_version_that_does_not_come_from_ours_is_merged_where_a_person_asks() {
    let (_folder, path, mut test) = replaced_by_another_branch();
    until(&mut test, |test| says(test, "not known to come from the one you opened"));
    window::press(&mut test, Msg::DecideNow.text(Lang::En));
    window::press(&mut test, Msg::MergeBoth.text(Lang::En));
    until(&mut test, |test| !session(test).document.open_conflicts().is_empty());
    let merged = titles(project(&test));
    assert!(merged.contains(&"My card".to_owned()) && merged.contains(&"Search".to_owned()), "{merged:?}");
    assert!(dirty(&test), "nothing is stored before both names were looked at");
    window::press(&mut test, Msg::ConflictsKeepAll.text(Lang::En));
    act(&mut test, Action::Save);
    until(&mut test, |test| !dirty(test));
    assert_eq!(titles(&open_project(&RealDisk, &path).unwrap().loaded.project), merged);
}

#[test]
fn the_other_version_can_be_opened_instead() {
    let (_folder, _path, mut test) = replaced_by_another_branch();
    until(&mut test, |test| says(test, "not known to come from the one you opened"));
    window::press(&mut test, Msg::DecideNow.text(Lang::En));
    window::press(&mut test, Msg::OpenTheirs.text(Lang::En));
    assert_eq!(titles(project(&test)), ["Search", "Theirs"]);
    assert!(!dirty(&test));
}

#[test]
fn two_files_of_one_template_that_share_its_ids_are_never_merged_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let template = engine::store::template::find_template("airline").unwrap();
    let original = engine::store::load::load_project(template.bytes).unwrap().project;
    store(&path, Base::Absent, &original);
    let mut test = open(&path);
    let (base, theirs) = renamed_there(&path, "Gate", "Their gate");
    store(&path, base, &theirs);
    until(&mut test, |test| says(test, "not known to come from the one you opened"));
    assert!(card(project(&test), "Gate").is_some() && card(project(&test), "Their gate").is_none());
    // The same file in two windows is different: each knows which version it saved from.
    let mut bob = open(&path);
    rename(&mut bob, "Their gate", "Pier");
    act(&mut bob, Action::Save);
    let mut ann = open(&path);
    rename(&mut bob, "Pier", "Jetty");
    act(&mut bob, Action::Save);
    until(&mut ann, |ann| card(project(ann), "Jetty").is_some());
}

#[test]
fn another_project_in_the_files_place_is_told_and_not_mixed_with_ours() {
    let (folder, path) = shared();
    let mut test = open(&path);
    let other = command::new_project("Other", &mut IdSource::from_seed(77));
    store(&path, open_project(&RealDisk, &path).unwrap().base, &other);
    let bytes = std::fs::read(&path).unwrap();
    until(&mut test, |test| says(test, "holds another project"));
    assert_eq!(titles(project(&test)), ["Book", "Search"]);
    rename(&mut test, "Search", "Compare");
    act(&mut test, Action::Save);
    assert!(dirty(&test) && std::fs::read(&path).unwrap() == bytes, "it asks first");
    window::press(&mut test, Msg::Replace.text(Lang::En));
    until(&mut test, |test| !dirty(test));
    let kept = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(kept.filter(|kept| std::fs::read(kept).unwrap() == bytes).count(), 1);
}

#[test]
fn what_a_newer_program_stored_meanwhile_is_not_written_over() {
    let (_folder, path) = shared();
    let mut test = open(&path);
    rename(&mut test, "Search", "Compare");
    let newer = std::fs::read_to_string(&path).unwrap().replace("format: \"1.0\"", "format: \"1.9\"");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), newer.as_bytes()).unwrap();
    act(&mut test, Action::Save);
    until(&mut test, |test| test.state().app.dialog.get::<PathDialog>().is_some());
    assert!(dirty(&test));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn two_peoples_edits_merge_and_both_are_stored() {
    let (_folder, path) = shared();
    let mut ann = open(&path);
    let mut bob = open(&path);
    rename(&mut ann, "Search", "Compare");
    rename(&mut bob, "Book", "Reserve");
    act(&mut ann, Action::Save);
    assert!(!dirty(&ann));
    act(&mut bob, Action::Save);
    until(&mut bob, |bob| !dirty(bob));
    until(&mut ann, |ann| card(project(ann), "Reserve").is_some());
    for project in [project(&ann), project(&bob), &open_project(&RealDisk, &path).unwrap().loaded.project] {
        assert_eq!(titles(project), ["Compare", "Reserve"]);
    }
    assert!(!dirty(&ann));
    until(&mut ann, |ann| says(ann, Msg::AlsoOpen.text(Lang::En)));
}

#[test]
fn two_names_for_one_card_are_a_conflict_and_nothing_is_said_to_be_saved() {
    let (_folder, path) = shared();
    let mut test = open(&path);
    rename(&mut test, "Search", "Compare");
    elsewhere(&path, "Search", "Look around");
    act(&mut test, Action::Save);
    until(&mut test, |test| !session(test).document.open_conflicts().is_empty());
    assert!(dirty(&test));
    // One click takes the other side; Undo reopens the question; keeping ours settles it.
    assert_eq!(titles(project(&test)), ["Book", "Look around"]);
    let other = format!("{}\n“Compare”", Msg::ConflictOther.text(Lang::En));
    window::press(&mut test, &other);
    assert_eq!(titles(project(&test)), ["Book", "Compare"]);
    assert!(session(&test).document.open_conflicts().is_empty());
    act(&mut test, Action::Undo);
    assert_eq!(titles(project(&test)), ["Book", "Look around"]);
    window::press(&mut test, Msg::ConflictsKeepAll.text(Lang::En));
    assert!(session(&test).document.open_conflicts().is_empty());
    act(&mut test, Action::Save);
    until(&mut test, |test| !dirty(test));
}

#[test]
fn what_a_colleague_removed_and_saved_is_taken_over_also_when_they_have_left_since() {
    let (folder, path) = shared();
    let mut test = open(&path);
    let mut bob = open(&path);
    until(&mut bob, |bob| says(bob, Msg::AlsoOpen.text(Lang::En)));
    let id = card(project(&bob), "Search").unwrap();
    let change = command::delete_records(project(&bob), &[id], &mut IdSource::from_seed(8));
    ask(&mut bob, AppRequest::Commit(change));
    act(&mut bob, Action::Save);
    act(&mut bob, Action::Close);
    drop(bob);
    until(&mut test, |test| titles(project(test)) == ["Book"]);
    assert!(!dirty(&test) && !says(&test, "not known to come"));
    // So does a removal by a script, on whatever computer it runs.
    let elsewhere = folder.path().join("elsewhere");
    let mut script = std::process::Command::new(env!("CARGO_BIN_EXE_desireline"));
    script.args(["edit", "plan.ron", "--state-dir"]).arg(&elsewhere).current_dir(folder.path());
    script.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
    let mut child = script.spawn().unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"delete Book\n").unwrap();
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    until(&mut test, |test| titles(project(test)).is_empty());
    act(&mut test, Action::Close);
    until(&mut test, |_| {
        let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with('.')).count() == 0
    });
}

#[test]
fn what_is_being_typed_stays_and_is_merged() {
    let (_folder, path) = shared();
    let mut test = open(&path);
    let id = card(project(&test), "Search").unwrap();
    ask(&mut test, AppRequest::Select(vec![id]));
    window::key(&mut test, Modifiers::NONE, Key::F2);
    test.event(egui::Event::Text("Ask around".to_owned()));
    test.run_steps(2);
    elsewhere(&path, "Book", "Reserve");
    until(&mut test, |test| card(project(test), "Reserve").is_some());
    window::key(&mut test, Modifiers::NONE, Key::Enter);
    assert_eq!(titles(project(&test)), ["Ask around", "Reserve"]);
    // The same in the inspector, if the other changes the same field.
    window::type_over(&mut test, "Title", "Ask a friend");
    elsewhere(&path, "Search", "Look around");
    until(&mut test, |test| !session(test).document.open_conflicts().is_empty());
    window::key(&mut test, Modifiers::NONE, Key::Enter);
    assert!(titles(project(&test)).iter().any(|title| title == "Look around" || title == "Ask a friend"));
    assert!(session(&test).document.open_conflicts().len() > 1, "both names are listed");
}

#[test]
fn a_file_that_is_gone_or_broken_is_told_and_saving_asks() {
    let (_folder, path) = shared();
    let mut test = open(&path);
    rename(&mut test, "Search", "Compare");
    std::fs::remove_file(&path).unwrap();
    until(&mut test, |test| says(test, "no longer there"));
    act(&mut test, Action::Save);
    assert!(dirty(&test) && !path.exists(), "it is not put back without asking");
}

#[test]
fn a_sync_programs_conflict_copy_is_told_and_merged() {
    let (folder, path) = shared();
    let original = std::fs::read(&path).unwrap();
    let mut test = open(&path);
    rename(&mut test, "Search", "Compare");
    act(&mut test, Action::Save);
    let copy = folder.path().join("plan (Bob's conflicted copy 2026-11-24).ron");
    std::io::Write::write_all(&mut std::fs::File::create(&copy).unwrap(), &original).unwrap();
    elsewhere(&copy, "Book", "Reserve");
    act(&mut test, Action::Save);
    until(&mut test, |test| says(test, "conflicted copy"));
    window::press(&mut test, Msg::MergeCopies.text(Lang::En));
    // No common version is known here, so that both names of both cards are compared.
    until(&mut test, |test| !session(test).document.open_conflicts().is_empty() && dirty(test));
    assert!(copy.exists(), "the copy is left where it is");
}

#[test]
fn what_is_no_project_is_kept_beside_before_it_is_replaced() {
    let (folder, path) = shared();
    let mut test = open(&path);
    rename(&mut test, "Search", "Compare");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), b"somebody's notes").unwrap();
    act(&mut test, Action::Save);
    window::press(&mut test, Msg::Replace.text(Lang::En));
    until(&mut test, |test| !dirty(test));
    assert!(open_project(&RealDisk, &path).is_ok());
    let kept = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(kept.filter(|kept| std::fs::read(kept).unwrap() == b"somebody's notes").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_file_and_a_link_to_it_are_open_in_both_windows() {
    let (folder, path) = shared();
    let link = folder.path().join("link.ron");
    std::os::unix::fs::symlink("plan.ron", &link).unwrap();
    let mut a = open(&path);
    let mut b = open(&link);
    for test in [&mut a, &mut b] {
        until(test, |test| says(test, Msg::AlsoOpen.text(Lang::En)));
    }
    rename(&mut b, "Search", "Look around");
    act(&mut b, Action::Save);
    assert!(link.is_symlink());
    until(&mut a, |test| titles(project(test)) == ["Book", "Look around"]);
}

/// Returns the lock signs of those who have a file open, in its folder.
fn signs(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".~lock.")).collect()
}

#[test]
fn nothing_is_left_beside_the_file_once_it_is_closed_or_the_program_is_quit() {
    let (folder, path) = shared();
    let mut test = open(&path);
    until(&mut test, |_| signs(&folder).len() == 1);
    act(&mut test, Action::Close);
    until(&mut test, |_| signs(&folder).is_empty());
    ask(&mut test, AppRequest::Open(path.clone()));
    until(&mut test, |_| signs(&folder).len() == 1);
    act(&mut test, Action::Quit);
    drop(test);
    assert_eq!(signs(&folder), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_sign_of_a_killed_process_is_removed_and_shows_nobody() {
    let (folder, path) = shared();
    let mut test = open(&path);
    until(&mut test, |_| signs(&folder).len() == 1);
    let sign = std::fs::read_to_string(folder.path().join(&signs(&folder)[0])).unwrap();
    drop(test);
    // The signs of killed processes: one with another number, and one with the number that is ours now.
    let mut ended = std::process::Command::new("true").spawn().unwrap();
    ended.wait().unwrap();
    let ours = format!("pid:{}", std::process::id());
    assert!(sign.contains(&ours), "{sign}");
    for (name, text) in [("1", sign.replace(&ours, &format!("pid:{}", ended.id()))), ("2", sign.clone())] {
        let mut file = std::fs::File::create(folder.path().join(format!(".~lock.plan.ron.{name}#"))).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    }
    let mut test = open(&path);
    until(&mut test, |_| signs(&folder).len() == 1);
    assert!(test.state().app.sharing.others.is_empty() && !says(&test, Msg::AlsoOpen.text(Lang::En)));
}
