//! A canvas with a document behind it, as in the window.
#![allow(dead_code, reason = "each test crate that includes this module uses its own part of it")]
#![allow(clippy::unwrap_used, reason = "a test whose hands slip fails")]

use crate::support;
use desireline::canvas::{Canvas, CanvasEvent, CanvasInput, CanvasOrder};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use engine::edit::command::{self, Slot};
use engine::edit::{History, apply_all};
use engine::i18n::Lang;
use engine::id::{Id, IdSource, JourneyId, Kind, StepId};
use engine::layout::{LayoutRequest, Layouter};
use engine::model::choice::LaneKind;
use engine::model::value::FieldValue;
use engine::model::{Journey, Project, Touchpoint};
use engine::scene::{Scene, ScenePart};
use engine::theme::ThemeId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The window's size.
const WINDOW: egui::Vec2 = egui::vec2(1280.0, 800.0);

/// Document, history and canvas.
pub(crate) struct Desk {
    pub(crate) project: Project,
    pub(crate) history: History,
    /// Number of committed steps.
    pub(crate) steps: usize,
    pub(crate) canvas: Canvas,
    pub(crate) theme: ThemeId,
    pub(crate) lang: Lang,
    /// Elements that others changed a moment ago.
    pub(crate) glow: BTreeSet<Id>,
    journey: JourneyId,
    selection: BTreeSet<Id>,
    layouter: Layouter,
    scene: Arc<Scene>,
}

impl Desk {
    pub(crate) fn new(project: Project) -> Self {
        let journey = project.journeys_in_order()[0].info().id;
        let mut layouter = Layouter::new();
        let scene = layouter.layout_journey(&LayoutRequest::new(project.clone(), journey));
        Self {
            project,
            history: History::default(),
            steps: 0,
            canvas: Canvas::new(IdSource::from_seed(5)),
            theme: ThemeId::Light,
            lang: Lang::En,
            glow: BTreeSet::new(),
            journey,
            selection: BTreeSet::new(),
            layouter,
            scene,
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let mut shown = self.project.clone();
        if let Some(preview) = self.canvas.preview_transaction() {
            apply_all(&mut shown, preview).unwrap();
        }
        let request =
            LayoutRequest { theme: self.theme, lang: self.lang, ..LayoutRequest::new(shown, self.journey) };
        self.scene = self.layouter.layout_journey(&request);
        let input = CanvasInput {
            glow: (!self.glow.is_empty()).then_some((&self.glow, 1.0)),
            theme: self.theme,
            lang: self.lang,
            ..CanvasInput::new(&self.scene, &self.project, self.journey, &self.selection)
        };
        for event in self.canvas.ui(ui, &input) {
            match event {
                CanvasEvent::Commit(transaction) => {
                    self.history.commit_step(&mut self.project, transaction).unwrap();
                    self.steps += 1;
                }
                CanvasEvent::Picture(_)
                | CanvasEvent::Pasted(_)
                | CanvasEvent::Leave
                | CanvasEvent::TypedPain(_) => {}
                CanvasEvent::Select(mut selection) => {
                    selection.retain(|id| self.project.record(*id).is_some());
                    self.selection = selection;
                }
            }
        }
    }

    fn journey(&self) -> &Journey {
        self.project.journey(self.journey).unwrap()
    }

    fn title(&self, id: Id) -> String {
        let field = engine::model::title_field(id.kind()).unwrap();
        match self.project.record(id).and_then(|record| record.get(field)) {
            Some(FieldValue::Text(text)) => text,
            _ => String::new(),
        }
    }

    fn card(&self, title: &str) -> &Touchpoint {
        self.journey().touchpoints().values().find(|card| card.title == title).unwrap()
    }

    pub(crate) fn card_id(&self, title: &str) -> Id {
        self.card(title).id.into()
    }

    pub(crate) fn selected(&self) -> Vec<String> {
        let mut titles: Vec<String> = self.selection.iter().map(|id| self.title(*id)).collect();
        titles.sort();
        titles
    }

    pub(crate) fn step_of(&self, title: &str) -> StepId {
        self.card(title).step
    }

    pub(crate) fn feelings(&self, title: &str) -> Vec<f64> {
        self.card(title).feelings.values().copied().collect()
    }

    /// Returns the titles of each insight and of the element that it is about.
    pub(crate) fn abouts(&self) -> Vec<(String, String)> {
        let abouts = self.journey().abouts().values();
        let mut said: Vec<_> = abouts.map(|about| (self.title(about.from), self.title(about.to))).collect();
        said.sort();
        said
    }

    /// Returns the conditions on flows.
    pub(crate) fn conditions(&self) -> Vec<String> {
        let flows = self.journey().flows().values().map(|flow| flow.condition.clone());
        flows.filter(|condition| !condition.is_empty()).collect()
    }

    /// True if exactly one element is selected, of this kind.
    pub(crate) fn selection_is(&self, kind: Kind) -> bool {
        self.selection.len() == 1 && self.selection.iter().all(|id| id.kind() == kind)
    }

    pub(crate) fn flows(&self) -> Vec<(String, String)> {
        let flows = self.journey().flows().values();
        flows.map(|flow| (self.title(flow.from), self.title(flow.to))).collect()
    }
}

/// A harness around a desk, with simulated input.
pub(crate) struct Table {
    pub(crate) harness: Harness<'static, Desk>,
}

impl Table {
    /// Returns an empty journey.
    pub(crate) fn empty() -> Self {
        Self::new(command::new_project("A trip", &mut IdSource::from_seed(1)))
    }

    /// Returns two stages; Search and Book in one, Board in the other.
    pub(crate) fn sample() -> Self {
        let mut source = IdSource::from_seed(2);
        let mut project = command::new_project("A trip", &mut source);
        let journey = project.journeys_in_order()[0].info().id;
        for (stage, cards) in [("Plan", &["Search", "Book"][..]), ("Fly", &["Board"])] {
            let (transaction, stage) = command::add_stage(&project, journey, None, stage, &mut source);
            apply_all(&mut project, &transaction).unwrap();
            for card in cards {
                let made = command::add_touchpoint(&project, Slot::EndOf(stage), card, &mut source);
                apply_all(&mut project, &made.unwrap().0).unwrap();
            }
        }
        Self::new(project)
    }

    pub(crate) fn new(project: Project) -> Self {
        let mut harness =
            support::harness(WINDOW).build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), Desk::new(project));
        harness.run_steps(3);
        Self { harness }
    }

    pub(crate) fn desk(&self) -> &Desk {
        self.harness.state()
    }

    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        self.event(Event::Text(text.to_owned()))
    }

    /// Texts and keys that all arrive in one frame.
    pub(crate) fn burst(&mut self, typed: &[Result<&str, Key>]) -> &mut Self {
        let event = |typed: &Result<&str, Key>| match *typed {
            Ok(text) => Event::Text(text.to_owned()),
            Err(key) => Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            },
        };
        self.harness.input_mut().events.extend(typed.iter().map(event));
        self.harness.run_steps(12);
        self
    }

    pub(crate) fn ime(&mut self, preedit: &str, commit: Option<&str>) -> &mut Self {
        let event = match commit {
            Some(text) => egui::ImeEvent::Commit(text.to_owned()),
            None => egui::ImeEvent::Preedit { text: preedit.to_owned(), active_range_chars: None },
        };
        self.event(Event::Ime(event))
    }

    pub(crate) fn key(&mut self, key: Key) -> &mut Self {
        self.keys(Modifiers::NONE, key)
    }

    pub(crate) fn keys(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle()
    }

    pub(crate) fn hover(&mut self, at: Pos2) -> &mut Self {
        self.event(Event::PointerMoved(at))
    }

    pub(crate) fn move_to(&mut self, at: Pos2) -> &mut Self {
        self.event(Event::PointerMoved(at))
    }

    pub(crate) fn press(&mut self, at: Pos2) -> &mut Self {
        self.hover(at).button(at, true, Modifiers::NONE)
    }

    pub(crate) fn release(&mut self, at: Pos2) -> &mut Self {
        self.button(at, false, Modifiers::NONE)
    }

    pub(crate) fn click(&mut self, at: Pos2, modifiers: Modifiers) -> &mut Self {
        self.harness.input_mut().time = Some(self.harness.ctx.input(|input| input.time) + 2.0);
        self.hover(at).button(at, true, modifiers).button(at, false, modifiers)
    }

    pub(crate) fn double_click(&mut self, at: Pos2) -> &mut Self {
        self.click(at, Modifiers::NONE);
        self.button(at, true, Modifiers::NONE).button(at, false, Modifiers::NONE)
    }

    /// Drags from one place to another, with keys held from the first move on.
    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) -> &mut Self {
        let button = PointerButton::Primary;
        let release = Event::PointerButton { pos: to, button, pressed: false, modifiers };
        self.carry(from, to, modifiers).event(release).event(Event::ModifiersChanged(Modifiers::NONE))
    }

    /// Drags without releasing the button.
    pub(crate) fn carry(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) -> &mut Self {
        self.press(from).event(Event::ModifiersChanged(modifiers));
        let start = from + (to - from).normalized() * 20.0;
        self.move_to(start).move_to(to)
    }

    /// Turns the wheel over the middle of the map, which pans it by a distance on the screen.
    pub(crate) fn scroll(&mut self, delta: egui::Vec2) -> &mut Self {
        let unit = egui::MouseWheelUnit::Point;
        let phase = egui::TouchPhase::Move;
        let modifiers = Modifiers::NONE;
        let source = egui::MouseWheelSource::Unknown;
        self.hover((WINDOW / 2.0).to_pos2());
        self.event(Event::MouseWheel { unit, delta, phase, modifiers, source });
        // The wheel's way is spread over some frames.
        self.harness.run_steps(30);
        self
    }

    /// Returns the rectangle of a node in the accessibility tree; there must be exactly one with this label.
    pub(crate) fn told(&self, label: &str) -> Rect {
        let begins = |told: String| told.starts_with(label);
        let found = self.harness.query_all_by(|node| node.label().is_some_and(begins));
        let all: Vec<Rect> = found.map(|node| node.rect()).collect();
        assert_eq!(all.len(), 1, "{label} is told {all:?}");
        all[0]
    }

    pub(crate) fn order(&mut self, order: CanvasOrder) -> &mut Self {
        self.harness.state_mut().canvas.queue_order(order);
        self.settle()
    }

    /// Returns the text that copying puts on the clipboard.
    pub(crate) fn copied(&mut self) -> String {
        self.harness.input_mut().events.push(Event::Copy);
        self.harness.step();
        let commands = self.harness.output().platform_output.commands.iter();
        let mut copied = commands.filter_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        copied.next_back().unwrap()
    }

    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.to_owned()))
    }

    /// Switches to another theme and language.
    pub(crate) fn dress(&mut self, theme: ThemeId, lang: Lang) {
        let desk = self.harness.state_mut();
        (desk.theme, desk.lang) = (theme, lang);
        self.settle();
    }

    pub(crate) fn undo(&mut self) -> &mut Self {
        let desk = self.harness.state_mut();
        desk.history.undo(&mut desk.project).unwrap();
        self.settle()
    }

    /// Returns the titles of all elements of a kind, sorted.
    pub(crate) fn titles(&self, kind: Kind) -> Vec<String> {
        let desk = self.desk();
        let mut ids: Vec<Id> =
            desk.project.records().map(|record| record.id()).filter(|id| id.kind() == kind).collect();
        if kind == Kind::Stage {
            ids = desk.journey().stages_in_order().iter().map(|stage| stage.id.into()).collect();
            return ids.into_iter().map(|id| desk.title(id)).collect();
        }
        let mut titles: Vec<String> = ids.into_iter().map(|id| desk.title(id)).collect();
        titles.sort();
        titles
    }

    /// Returns the rectangle of a card on the screen.
    pub(crate) fn rect(&self, title: &str) -> Rect {
        self.place(self.desk().card(title).id.into(), ScenePart::Card)
    }

    /// Returns the rectangle of an insight on the screen.
    pub(crate) fn note(&self, title: &str) -> Rect {
        let insights = self.desk().journey().insights();
        let insight = insights.values().find(|insight| insight.title == title).unwrap();
        self.place(insight.id.into(), ScenePart::Insight)
    }

    fn place(&self, id: Id, part: ScenePart) -> Rect {
        let desk = self.desk();
        let is = |item: &&engine::scene::Placed| item.block.element == Some(id) && item.block.part == part;
        let item = desk.scene.items.iter().find(is).unwrap();
        let body = item.block.shapes.iter().find_map(|shape| match shape {
            engine::scene::SceneShape::Rect { rect, .. } => Some(rect.shift_by(item.at)),
            _ => None,
        });
        desk.canvas.on_screen(body.unwrap()).unwrap()
    }

    pub(crate) fn center(&self, title: &str) -> Pos2 {
        self.rect(title).center()
    }

    /// Returns the rectangle of the first lane of a kind on the screen.
    pub(crate) fn lane(&self, kind: LaneKind) -> Rect {
        let desk = self.desk();
        let band = desk.scene.grid.lanes.iter().find(|band| band.kind == kind).unwrap();
        desk.canvas.on_screen(band.rect).unwrap()
    }

    fn button(&mut self, pos: Pos2, pressed: bool, modifiers: Modifiers) -> &mut Self {
        let event = Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        self.harness.event_modifiers(event, modifiers);
        self.settle()
    }

    fn event(&mut self, event: Event) -> &mut Self {
        self.harness.input_mut().events.push(event);
        self.settle()
    }

    fn settle(&mut self) -> &mut Self {
        self.harness.run_steps(2);
        self
    }
}
