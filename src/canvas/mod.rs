//! The map on the screen: camera, painting, selection and the gestures that change the document.
//!
//! The canvas owns nothing but how the map is looked at and what is under way. Each frame it is given the document
//! and its picture, and answers with events. While a gesture or some typing is under way, [`Canvas::preview`] says
//! what it would change; whoever holds the document lays out a copy with that applied and shows it, so that the
//! document itself changes once, when the gesture ends.

mod access;
mod access_tree;
mod camera;
mod clip;
mod edit;
pub mod fonts;
mod index;
mod invite;
mod io;
mod keys;
mod navigate;
mod order;
mod overlay;
mod paint;
pub mod paste;
mod pointer;
mod rich_clip;
mod selection;
mod tool;
mod work;

pub use access::Narrator;
pub use camera::{Camera, ZOOM};
pub(crate) use edit::select_all;
pub use io::{CanvasEvent, CanvasInput, Place};
pub use order::Order;
pub use rich_clip::{RichClipboard, SystemClipboard};

use crate::app::later;
use crate::edit::Transaction;
use crate::i18n::Msg;
use crate::id::{Id, JourneyId, PersonaId, Source};
use crate::scene::{Part, Placed, Pt, Rect};
use camera::View;
use edit::{Editor, End, What};
use egui::{EventFilter, Sense, Ui};
use paint::{Paint, color};
use selection::Target;
use std::collections::BTreeSet;
use tool::Gesture;

/// Above this zoom single cards are drawn on top of the others.
const NEAR: f32 = 0.3;
/// Below this zoom what can't be read is told beside the pointer.
const READABLE: f32 = 0.6;

/// What is under way.
#[derive(Debug)]
enum State {
    /// Nothing.
    Idle,
    /// A rectangle is drawn that selects what it touches.
    Marquee {
        /// Where it began.
        start: Pt,
        /// Where the pointer is.
        end: Pt,
        /// What stays selected besides.
        kept: BTreeSet<Id>,
    },
    /// A gesture that will change the document.
    Gesture(Box<Gesture>),
    /// Something is typed in place.
    Edit(Box<Editor>),
}

/// The map on the screen.
pub struct Canvas {
    camera: Option<Camera>,
    journey: Option<JourneyId>,
    /// Whether the map is still looked at as it was opened, so that it follows the window's size.
    unmoved: bool,
    window: egui::Rect,
    state: State,
    hover: Option<Target>,
    /// What lay under the pointer when its button went down.
    pressed: Option<Target>,
    reveal: Option<Id>,
    /// Whose feelings are drawn and stepped: the persona last selected, or whose curve was last grasped.
    persona: Option<PersonaId>,
    told: Option<work::Told>,
    /// Whether something was done in this journey, so that an empty one no longer asks for its first stage.
    begun: bool,
    /// Whether a text field had the keyboard in the frame before: the Enter that leaves it is not the map's.
    typed: bool,
    orders: Vec<Order>,
    events: Vec<CanvasEvent>,
    source: Source,
    clips: rich_clip::Clips,
    reader: access::Reader,
    paint: Paint,
}

impl Canvas {
    /// A canvas; new ids come from `source`.
    pub fn new(source: Source) -> Self {
        Self {
            camera: None,
            journey: None,
            unmoved: false,
            window: egui::Rect::ZERO,
            state: State::Idle,
            hover: None,
            pressed: None,
            reveal: None,
            persona: None,
            told: None,
            begun: false,
            typed: false,
            orders: Vec::new(),
            events: Vec::new(),
            source,
            clips: rich_clip::Clips::default(),
            reader: access::Reader::default(),
            paint: Paint::default(),
        }
    }

    /// Takes a clipboard for what plain text can't hold: then elements are pasted in other windows too.
    pub fn use_clipboard(&mut self, clipboard: Box<dyn RichClipboard>) {
        self.clips.use_system(clipboard);
    }

    /// What the gesture or typing under way would change.
    pub fn preview(&self) -> Option<&Transaction> {
        let preview = match &self.state {
            State::Gesture(gesture) => &gesture.outcome.transaction,
            State::Edit(editor) => &editor.preview,
            State::Idle | State::Marquee { .. } => return None,
        };
        (!preview.is_empty()).then_some(preview)
    }

    /// Tells the canvas to do something when it is shown next.
    pub fn order(&mut self, order: Order) {
        self.orders.push(order);
    }

    /// Points of the screen for a point of the page.
    pub fn zoom(&self) -> f32 {
        self.camera.unwrap_or_default().zoom
    }

    /// Where a rectangle of the page is on the screen, once the map was shown.
    pub fn on_screen(&self, rect: Rect) -> Option<egui::Rect> {
        Some(View::new(self.camera?, self.window, 1.0).screen_rect(rect))
    }

    /// Whether a gesture or typing is under way.
    pub fn is_busy(&self) -> bool {
        !matches!(self.state, State::Idle)
    }

    /// Ends what is under way and returns what it changes, as before saving; what has no name yet is dropped.
    pub fn finish(&mut self) -> Option<Transaction> {
        let transaction = match std::mem::replace(&mut self.state, State::Idle) {
            State::Edit(editor) => editor.draft.result().0,
            State::Idle | State::Marquee { .. } | State::Gesture(_) => return None,
        };
        (!transaction.is_empty()).then_some(transaction)
    }

    /// Shows the map in what is left of `ui` and returns what was done.
    pub fn ui(&mut self, ui: &mut Ui, input: &CanvasInput<'_>) -> Vec<CanvasEvent> {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        later::resume(ui.ctx());
        let name = Msg::Canvas.text(input.lang);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, name));
        self.take(input, rect);
        let view = self.steer(ui, &response, input);
        ui.painter().rect_filled(rect, 0.0, color(input.theme().canvas));
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        if self.listens(ui, &response) && !self.typed {
            self.press(ui, input);
            self.clipboard(ui, input);
        }
        self.draw(ui, &response, &view, input);
        self.overlays(ui, &response, &view, input);
        self.typed = ui.text_edit_focused();
        std::mem::take(&mut self.events)
    }

    /// Takes the picture and the orders of this frame.
    fn take(&mut self, input: &CanvasInput<'_>, rect: egui::Rect) {
        if self.journey != Some(input.journey) {
            self.journey = Some(input.journey);
            (self.camera, self.state, self.begun) = (None, State::Idle, false);
        }
        if self.unmoved && self.window.size() != rect.size() {
            self.camera = None;
        }
        self.window = rect;
        self.persona = input.selection.iter().find_map(|id| id.to()).or(self.persona);
        self.paint.show(input.scene);
        if self.camera.is_none() {
            self.camera = Some(Camera::opening(input.scene.size, self.window.size()));
            self.unmoved = true;
        }
        for order in std::mem::take(&mut self.orders) {
            self.obey(order, input);
        }
        let empty = input.journey().is_some_and(|journey| journey.stages().is_empty());
        if empty && !self.begun && !input.read_only && matches!(self.state, State::Idle) {
            self.type_at(input, What::Stage(None));
        }
    }

    /// Moves the camera as the person asks, and lets the pointer do its work.
    fn steer(&mut self, ui: &Ui, response: &egui::Response, input: &CanvasInput<'_>) -> View {
        let typing = ui.text_edit_focused();
        let mut camera = self.camera.unwrap_or_default();
        let before = camera;
        let panning = navigate::steer(ui, response, &mut camera, typing);
        if matches!(self.state, State::Gesture(_) | State::Marquee { .. }) {
            navigate::scroll_at_edge(ui, response.rect, &mut camera);
        }
        if let Some(place) = self.asked_place(input) {
            camera.reveal(place, self.window.size());
        }
        self.unmoved &= camera == before;
        camera.keep_in_sight(input.scene.size, self.window.size());
        self.camera = Some(camera);
        let view = View::new(camera, response.rect, ui.pixels_per_point());
        if !panning {
            self.point(ui, response, &view, input);
        }
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        view
    }

    /// Whether the keyboard speaks to the map: nothing else has it, and no dialog stands before it.
    fn listens(&self, ui: &Ui, response: &egui::Response) -> bool {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(response.id, filter);
            let free = memory.focused().is_none_or(|focused| focused == response.id);
            free && memory.allows_interaction(response.layer_id) && !matches!(self.state, State::Edit(_))
        })
    }

    /// Draws the map and what is raised above it.
    fn draw(&mut self, ui: &Ui, response: &egui::Response, view: &View, input: &CanvasInput<'_>) {
        let painter = ui.painter().clone();
        self.paint.draw(&painter, view, input.project);
        let raised = match (&self.state, self.hover) {
            (State::Idle, Some(target)) if selection::is_stop(target.part) && view.zoom > NEAR => {
                let near = self.paint.index().within(input.scene, target.body);
                let is =
                    |item: &&&Placed| item.block.element == Some(target.id) && item.block.part == target.part;
                near.iter().find(is).map(|item| (*item).clone())
            }
            _ => None,
        };
        if let Some(item) = raised {
            overlay::shadow(&painter, view.screen_rect(selection::body(&item)), input.theme());
            self.paint.draw_items(&painter, view, input.project, &[&item]);
        }
        self.draw_dragged(&painter, view, input);
        if let Some((ids, strength)) = input.glow {
            let seen = self.paint.index().within(input.scene, view.visible());
            overlay::glow(&painter, view, input.theme(), seen.iter().copied(), ids, strength);
            ui.request_repaint();
        }
        let busy = self.is_busy();
        if let Some(id) = self.reader.tell(ui, response.id, view, input, busy) {
            self.select(input, [id].into());
            self.reveal = Some(id);
            response.request_focus();
        }
        if !input.selection.is_empty() {
            let seen = self.paint.index().within(input.scene, view.visible());
            overlay::selected(&painter, view, input, seen.iter().copied());
            let ringed = |item: &&&Placed| {
                let selected = item.block.element.is_some_and(|id| input.selection.contains(&id));
                selected && selection::is_stop(item.block.part)
            };
            let ringed: Vec<Placed> = seen.iter().filter(ringed).map(|item| (*item).clone()).collect();
            self.draw_marks(&painter, view, input, &ringed);
        }
    }

    /// Draws cards again over their rings, so that the marks at their corners stay whole.
    fn draw_marks(
        &mut self,
        painter: &egui::Painter,
        view: &View,
        input: &CanvasInput<'_>,
        cards: &[Placed],
    ) {
        if view.zoom > NEAR {
            let cards: Vec<&Placed> = cards.iter().collect();
            self.paint.draw_items(painter, view, input.project, &cards);
        }
    }

    /// Draws what is dragged at the pointer while the map shows where it would land.
    fn draw_dragged(&mut self, painter: &egui::Painter, view: &View, input: &CanvasInput<'_>) {
        let State::Gesture(gesture) = &self.state else { return };
        let dragged = gesture.dragged();
        let mut pale = painter.clone();
        pale.multiply_opacity(0.9);
        for item in &dragged {
            overlay::shadow(painter, view.screen_rect(selection::body(item)), input.theme());
        }
        let items: Vec<&Placed> = dragged.iter().collect();
        self.paint.draw_items(&pale, view, input.project, &items);
    }

    /// Draws what lies over the map, and the text field.
    fn overlays(&mut self, ui: &mut Ui, response: &egui::Response, view: &View, input: &CanvasInput<'_>) {
        let (painter, theme) = (ui.painter().clone(), input.theme());
        match &mut self.state {
            State::Idle => {
                self.tell_feeling(ui, view, input);
                self.hints(ui, response, view, input);
                let at = response.hover_pos().map(|at| view.page(at));
                let invites = !input.read_only && !input.presenting;
                let accepted = if invites { invite::show(ui, view, input, at) } else { None };
                if let Some(invite) = accepted {
                    self.accept(input, invite);
                }
            }
            State::Marquee { start, end, .. } => {
                let rect = egui::Rect::from_two_pos(view.screen(*start), view.screen(*end));
                overlay::marquee(&painter, rect, theme);
                if !ui.input(|input| input.pointer.primary_down()) {
                    self.state = State::Idle;
                }
            }
            State::Gesture(gesture) => overlay::gesture(&painter, view, gesture, theme),
            State::Edit(editor) => {
                if let Some(end) = editor.ui(ui, view, input) {
                    self.end_typing(input, end);
                    // The keyboard goes back to the map at once, so that the next key is not lost.
                    if end != End::Left && !matches!(self.state, State::Edit(_)) {
                        response.request_focus();
                    }
                    ui.request_repaint();
                }
            }
        }
    }

    /// Hover, handles and what is told about the element under the pointer.
    fn hints(&self, ui: &Ui, response: &egui::Response, view: &View, input: &CanvasInput<'_>) {
        let Some(target) = self.hover else { return self.invite_feeling(ui, response, view, input) };
        let theme = input.theme();
        overlay::hovered(ui.painter(), view, &target, theme);
        if !input.read_only && view.zoom > NEAR {
            overlay::draw_handles(
                ui.painter(),
                &overlay::handles(view, &target),
                response.hover_pos(),
                theme,
            );
        }
        let small = view.zoom < READABLE;
        if matches!(target.part, Part::Score | Part::CurvePoint(_))
            || (small && selection::is_stop(target.part))
        {
            let is =
                |item: &&&Placed| item.block.element == Some(target.id) && item.block.part == target.part;
            let seen = self.paint.index().within(input.scene, target.body);
            let label = seen.iter().find(is).map(|item| item.block.label.as_str()).unwrap_or_default();
            egui::Tooltip::for_widget(response).at_pointer().show(|ui| {
                if !(input.tooltip)(ui, target.id, target.part) {
                    ui.label(label);
                }
            });
        }
    }

    fn select(&mut self, input: &CanvasInput<'_>, selection: BTreeSet<Id>) {
        if *input.selection != selection {
            self.events.push(CanvasEvent::Select(selection));
        }
    }

    /// A source of ids of its own, so that previews of one gesture all have the same.
    fn branch(&mut self) -> Source {
        Source::seeded(self.source.next_u64())
    }
}
