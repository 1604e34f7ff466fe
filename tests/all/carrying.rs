//! Tests copying a part of a journey into another, and a whole journey as its to-be version: the records that
//! are copied along.

use crate::support;

use desireline::app::action::Action;
use egui::{Event, Key, Modifiers, vec2};
use engine::edit::command;
use engine::edit::{Transaction, apply_all};
use engine::i18n::{Lang, Msg};
use engine::id::{Id, IdSource, JourneyId, Kind};
use engine::model::check::find_problems;
use engine::model::choice::{ImprovementKind, InsightKind, JourneyState, LaneKind};
use engine::model::{Journey, Project};
use engine::store::load::{load_project, to_bytes};
use image::{ImageEncoder, Rgba, RgbaImage};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use support::window::{
    self, On, Test, act, act_on, dirty, fill, press, project, says, session, settle, told,
};

/// A project of two journeys. The first has two stages of two cards each, texts of three kinds under steps
/// and a stage, a picture, a pain with an opportunity that answers it, and a solution for a card; the second
/// is empty.
struct Sample {
    project: Project,
    full: JourneyId,
    empty: JourneyId,
    source: IdSource,
}

impl Sample {
    fn new() -> Self {
        let mut source = IdSource::from_seed(11);
        let notes = "# Trip\n## Plan\n- Search\n- Compare\n## Book\n- Choose\n- Pay\n";
        let brought = engine::exchange::outline::read_outline(notes, &mut source).unwrap();
        let full = brought.project.journeys_in_order()[0].info().id;
        let mut sample = Self { project: brought.project, full, empty: full, source };
        let (change, empty) = command::add_journey(&sample.project, "Other", &mut sample.source);
        sample.apply(&change);
        sample.empty = empty;
        for (kind, words) in [(LaneKind::Doing, "does"), (LaneKind::Thinking, "thinks")] {
            sample.write_texts(kind, words);
        }
        let lane = sample.write_texts(LaneKind::Text, "notes");
        let change = command::rename_record(&sample.project, lane, "Our own lane");
        sample.apply(&change);
        sample.add_picture();
        let card = sample.card("Search");
        let other = sample.card("Pay");
        let (change, pain) = command::add_insight(
            &sample.project,
            full,
            Some(card),
            InsightKind::Pain,
            "Slow",
            &mut sample.source,
        );
        sample.apply(&change);
        for (about, kind, title) in [
            (pain.into(), ImprovementKind::Opportunity, "Faster search"),
            (other, ImprovementKind::Solution, "One click"),
        ] {
            let (change, _) =
                command::add_improvement(&sample.project, Some(about), kind, title, &mut sample.source);
            sample.apply(&change);
        }
        sample
    }

    fn apply(&mut self, change: &Transaction) {
        apply_all(&mut self.project, change).unwrap();
    }

    fn journey(&self, id: JourneyId) -> &Journey {
        self.project.journey(id).unwrap()
    }

    fn card(&self, title: &str) -> Id {
        let cards = self.journey(self.full).touchpoints().values();
        cards.into_iter().find(|card| card.title == title).unwrap().id.into()
    }

    /// Returns a lane with a text under each step, and one under the first stage.
    fn write_texts(&mut self, kind: LaneKind, words: &str) -> Id {
        let (change, lane) = command::add_lane(&self.project, self.full, None, kind, &mut self.source);
        self.apply(&change);
        let journey = self.journey(self.full);
        let steps: Vec<Id> = journey.steps().keys().map(|step| (*step).into()).collect();
        let stage = journey.stages_in_order()[0].id;
        for (place, at) in steps.into_iter().chain([stage.into()]).enumerate() {
            let text = format!("{words} {place}");
            let change = command::set_cell(&self.project, lane, at, &text, &mut self.source);
            self.apply(&change);
        }
        lane.into()
    }

    fn add_picture(&mut self) {
        let pixels = RgbaImage::from_pixel(4, 3, Rgba([10, 200, 30, 255]));
        let mut png = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut png);
        encoder.write_image(&pixels, 4, 3, image::ExtendedColorType::Rgba8).unwrap();
        let read = engine::store::image::prepare_image(&png, &mut self.source).unwrap();
        let step = *self.journey(self.full).steps().keys().next().unwrap();
        let change =
            command::add_picture(&self.project, read, step.into(), None, "", &mut self.source).unwrap();
        self.apply(&change.0);
    }

    /// Returns all stages and cards, as *Select all* selects them.
    fn all(&self) -> Vec<Id> {
        let journey = self.journey(self.full);
        let cards = journey.touchpoints().keys().map(|id| Id::from(*id));
        cards.chain(journey.stages().keys().map(|id| Id::from(*id))).collect()
    }
}

/// Counts the records of each kind in a journey, and lists its texts.
fn content(project: &Project, id: JourneyId) -> (Vec<(Kind, usize)>, BTreeSet<String>) {
    let journey = project.journey(id).unwrap();
    let counted =
        [Kind::Stage, Kind::Step, Kind::Touchpoint, Kind::Insight, Kind::Picture, Kind::Cell, Kind::Flow];
    let count = |kind: Kind| journey.records().filter(|record| record.id().kind() == kind).count();
    let texts = journey.cells().values().map(|cell| {
        let lane = &journey.lanes()[&cell.lane];
        format!("{:?} {}: {}", lane.kind, lane.title, cell.text)
    });
    (counted.map(|kind| (kind, count(kind))).to_vec(), texts.collect())
}

/// Returns the titles of the opportunities and solutions about a journey's cards or in answer to its pains.
fn improvements(project: &Project, id: JourneyId) -> BTreeSet<String> {
    let journey = project.journey(id).unwrap();
    let about = journey.abouts().values().filter_map(|about| about.from.to_typed());
    let answers = project.answers().values().filter(|answer| journey.record(answer.to).is_some());
    let ids = about.chain(answers.map(|answer| answer.from));
    ids.map(|id| project.improvements()[&id].title.clone()).collect()
}

#[test]
fn all_of_a_journey_pasted_into_another_carries_texts_pictures_and_links() {
    let mut sample = Sample::new();
    let before = content(&sample.project, sample.full);
    let improvements_before = improvements(&sample.project, sample.full);
    assert_eq!((before.1.len(), improvements_before.len()), (15, 2));
    let clip = command::copy_elements(&sample.project, &sample.all()).unwrap();
    // As it travels over the clipboard.
    let clip = load_project(&to_bytes(&clip)).unwrap().project;
    let (change, _) = command::paste_clip(&sample.project, &clip, sample.empty, None, &mut sample.source);
    sample.apply(&change);
    assert_eq!(content(&sample.project, sample.empty), before);
    assert_eq!(improvements(&sample.project, sample.empty), improvements_before);
    assert_eq!(sample.project.improvements().len(), 2, "the same ones, not copies");
    assert!(command::left_behind(&sample.project, &clip).is_empty());
    let kinds: Vec<LaneKind> =
        sample.journey(sample.empty).lanes_in_order().iter().map(|lane| lane.kind).collect();
    for kind in [LaneKind::Doing, LaneKind::Thinking, LaneKind::Text, LaneKind::Pictures] {
        assert_eq!(kinds.iter().filter(|found| **found == kind).count(), 1, "{kind:?}");
    }
    assert_eq!(find_problems(&sample.project).len(), 0, "{:?}", find_problems(&sample.project));
    // A second time: the lanes exist by now.
    let (change, _) = command::paste_clip(&sample.project, &clip, sample.empty, None, &mut sample.source);
    sample.apply(&change);
    assert_eq!(sample.journey(sample.empty).lanes_in_order().len(), kinds.len());
    assert_eq!(sample.journey(sample.empty).cells().len(), 30);
}

#[test]
fn cards_carry_the_texts_of_their_column_and_their_links() {
    let mut sample = Sample::new();
    let clip = command::copy_elements(&sample.project, &[sample.card("Search"), sample.card("Pay")]).unwrap();
    let (change, _) = command::paste_clip(&sample.project, &clip, sample.empty, None, &mut sample.source);
    sample.apply(&change);
    let journey = sample.journey(sample.empty);
    assert_eq!((journey.touchpoints().len(), journey.cells().len()), (2, 6));
    assert_eq!(improvements(&sample.project, sample.empty).len(), 2);
}

#[test]
fn what_the_other_project_lacks_stays_behind_and_is_named() {
    let sample = Sample::new();
    let clip = command::copy_elements(&sample.project, &sample.all()).unwrap();
    let mut test = window::open(vec2(1280.0, 800.0), Lang::En, On::Template("blank"));
    window::key(&mut test, Modifiers::NONE, Key::Escape);
    test.event(Event::Paste(String::from_utf8(to_bytes(&clip)).unwrap()));
    settle(&mut test);
    let shown = session(&test).journey_id();
    assert_eq!(content(project(&test), shown), content(&sample.project, sample.full));
    assert!(project(&test).improvements().is_empty());
    assert!(
        told(&test).contains("“Faster search”") && told(&test).contains("“One click”"),
        "{}",
        told(&test)
    );
    act(&mut test, Action::Undo);
    assert!(!dirty(&test), "one step");
}

/// Opens the sample as a file.
fn opened(folder: &Path) -> (Test, PathBuf, Sample) {
    let sample = Sample::new();
    let path = folder.join("trip.ron");
    let mut file = std::fs::File::create(&path).unwrap();
    std::io::Write::write_all(&mut file, &to_bytes(&sample.project)).unwrap();
    (window::open(vec2(1280.0, 800.0), Lang::En, On::File(path.clone())), path, sample)
}

#[test]
fn a_journey_duplicated_as_to_be_holds_everything_and_says_where_it_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    let (mut test, _, sample) = opened(folder.path());
    act(&mut test, Action::DuplicateJourney);
    let copy = session(&test).journey_id();
    assert_ne!(copy, sample.full);
    let shown = project(&test);
    assert_eq!(content(shown, copy), content(&sample.project, sample.full));
    assert_eq!(improvements(shown, copy), improvements(&sample.project, sample.full));
    let info = session(&test).journey().unwrap().info().clone();
    assert_eq!((info.origin, info.state), (Some(sample.full), JourneyState::ToBe));
    // Its name is being typed.
    test.event(Event::Text("Trip without queues".to_owned()));
    test.run_steps(2);
    window::key(&mut test, Modifiers::NONE, Key::Enter);
    assert_eq!(session(&test).title(Lang::En), "Trip without queues");
    assert!(says(&test, Msg::MadeFrom.text(Lang::En)));
    press(&mut test, &Msg::RemoveNamed.text_with(Lang::En, &[("name", &Msg::MadeFrom.text(Lang::En))]));
    assert_eq!(session(&test).journey().unwrap().info().origin, None, "it can be let go of");
    act(&mut test, Action::Undo);
    press(&mut test, "Trip");
    assert_eq!(session(&test).journey_id(), sample.full, "the line leads there");
    act(&mut test, Action::Undo);
    act(&mut test, Action::Undo);
    assert_eq!(project(&test).journeys().len(), 2);
    assert_eq!(project(&test), &sample.project, "one step, and one for its name");
}

#[test]
fn a_project_duplicated_as_a_new_one_is_opened_and_shares_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut test, path, sample) = opened(folder.path());
    let before = std::fs::read(&path).unwrap();
    act(&mut test, Action::DuplicateProject);
    // Saving over the open file itself is refused.
    fill(&mut test, Msg::FileName.text(Lang::En), "trip.ron");
    window::press_last(&mut test, Msg::Replace.text(Lang::En));
    assert!(told(&test).contains("name of its own"), "{}", told(&test));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    act(&mut test, Action::DuplicateProject);
    fill(&mut test, Msg::FileName.text(Lang::En), "other.ron");
    assert!(test.state().app.window_title().starts_with("other.ron"), "{}", test.state().app.window_title());
    let ids = |project: &Project| project.records().map(|record| record.id()).collect::<BTreeSet<Id>>();
    assert!(ids(project(&test)).is_disjoint(&ids(&sample.project)));
    let shown = session(&test).journey_id();
    assert_eq!(content(project(&test), shown), content(&sample.project, sample.full));
    assert_eq!(std::fs::read(&path).unwrap(), before, "the first stays as it is");
}

#[test]
fn unsaved_changes_stay_open_when_a_project_is_duplicated() {
    let folder = tempfile::tempdir().unwrap();
    let (mut test, path, _) = opened(folder.path());
    act(&mut test, Action::AddPersona);
    act_on(&mut test, Action::DuplicateProject, folder.path().join("other.ron"));
    assert!(dirty(&test) && test.state().app.window_title().contains("trip.ron"));
    let copy = load_project(&std::fs::read(folder.path().join("other.ron")).unwrap()).unwrap().project;
    assert_eq!(copy.personas().len(), project(&test).personas().len(), "as it is now");
    press(&mut test, Msg::OpenNow.text(Lang::En));
    assert!(says(&test, Msg::DontSave.text(Lang::En)), "nothing is given up unasked");
    assert!(path.exists());
}
