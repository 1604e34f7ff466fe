//! The map on the screen: camera, painting, selection and the gestures that change the document.
//!
//! The canvas owns only the view and the gesture or typing in progress. Each frame it is given the document
//! and its scene, and returns events. During a gesture or typing, [`Canvas::preview_transaction`] returns the
//! change so far; the document's owner lays out a copy with that change applied and shows it, so that the
//! document itself changes once, when the gesture ends.

mod access;
mod access_tree;
mod camera;
mod clip;
mod edit;
mod flow_label;
pub mod fonts;
mod frozen;
mod headers;
mod hover_note;
mod index;
mod invite;
mod io;
mod keys;
mod menu;
mod minimap;
mod navigate;
mod note_words;
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
pub use io::{CanvasEvent, CanvasInput, PicturePlace};
pub use order::CanvasOrder;
pub use rich_clip::{RichClipboard, SystemClipboard};

use crate::app::keyboard::{self, Owner};
use crate::app::style::to_color32;
use camera::CameraView;
use edit::{EditEnd, EditTarget, TextEditor};
use egui::{EventFilter, Sense, Ui};
use engine::edit::Transaction;
use engine::i18n::Msg;
use engine::id::{Id, IdSource, JourneyId, PersonaId};
use engine::scene::{Placed, Pt, Rect, ScenePart};
use frozen::Zone;
use headers::Headers;
use minimap::Minimap;
use paint::Paint;
use selection::Target;
use std::collections::BTreeSet;
use tool::Gesture;

/// Above this zoom single cards are drawn on top of the others.
const NEAR: f32 = 0.3;

/// The gesture or typing in progress.
#[derive(Debug)]
enum CanvasState {
    /// Nothing is in progress.
    Idle,
    /// A selection rectangle is drawn.
    Marquee {
        /// The corner where the drag began.
        start: Pt,
        /// The pointer.
        end: Pt,
        /// The elements that stay selected besides.
        kept: BTreeSet<Id>,
    },
    /// A gesture that will change the document.
    Gesture(Box<Gesture>),
    /// A text is typed in place.
    Edit(Box<TextEditor>),
}

/// The map on the screen.
pub struct Canvas {
    camera: Option<Camera>,
    journey: Option<JourneyId>,
    /// True while the camera is the initial one, which follows the window's size.
    unmoved: bool,
    window: egui::Rect,
    state: CanvasState,
    hover: Option<Target>,
    /// The place where the menu was last opened.
    menu_at: Option<egui::Pos2>,
    /// True if the pointer is over a cell of a text lane.
    over_cell: bool,
    /// The element under the pointer when its button went down.
    pressed: Option<Target>,
    /// The click of this frame that [`Canvas::take_click`] already handled before the map was drawn.
    taken_click: Option<egui::Pos2>,
    reveal: Option<Id>,
    /// The persona whose feelings are edited: the one last selected, or whose curve was last dragged.
    persona: Option<PersonaId>,
    told: Option<work::FeelingHint>,
    /// True once something was done in this journey: an empty one then opens no field for its first stage.
    begun: bool,
    orders: Vec<CanvasOrder>,
    events: Vec<CanvasEvent>,
    source: IdSource,
    clips: rich_clip::Clips,
    reader: access::ScreenReader,
    paint: Paint,
    headers: Headers,
    minimap: Minimap,
    /// The saved camera for the map shown next.
    remembered: Option<Camera>,
    /// The camera from before a presentation began, and the one that shows the whole map in it.
    presented: Option<(Option<Camera>, Option<Camera>)>,
}

impl Canvas {
    /// An empty canvas; new ids come from `source`.
    pub fn new(source: IdSource) -> Self {
        Self {
            camera: None,
            journey: None,
            unmoved: false,
            window: egui::Rect::ZERO,
            state: CanvasState::Idle,
            hover: None,
            menu_at: None,
            over_cell: false,
            pressed: None,
            taken_click: None,
            reveal: None,
            persona: None,
            told: None,
            begun: false,
            orders: Vec::new(),
            events: Vec::new(),
            source,
            clips: rich_clip::Clips::default(),
            reader: access::ScreenReader::default(),
            paint: Paint::default(),
            headers: Headers::default(),
            minimap: Minimap::default(),
            remembered: None,
            presented: None,
        }
    }

    /// Resets the canvas for another document; keeps the window and the clipboard.
    pub(crate) fn begin_document(&mut self) {
        let source = self.branch_source();
        let clips = std::mem::take(&mut self.clips);
        *self = Self { window: self.window, clips, ..Self::new(source) };
    }

    /// Sets a clipboard that takes more than plain text, so that elements can be pasted in other windows too.
    pub fn use_clipboard(&mut self, clipboard: Box<dyn RichClipboard>) {
        self.clips.use_system(clipboard);
    }

    /// Returns the change that the gesture or typing in progress would make, if any.
    pub fn preview_transaction(&self) -> Option<&Transaction> {
        let preview = match &self.state {
            CanvasState::Gesture(gesture) => &gesture.outcome.transaction,
            CanvasState::Edit(editor) => &editor.preview,
            CanvasState::Idle | CanvasState::Marquee { .. } => return None,
        };
        (!preview.is_empty()).then_some(preview)
    }

    /// Queues an order for the next frame.
    pub fn queue_order(&mut self, order: CanvasOrder) {
        self.orders.push(order);
    }

    /// Resets the view in the next frame: to a saved camera if it is valid, else to the initial one.
    pub fn open_at(&mut self, place: Option<Camera>) {
        let is_place = |camera: &Camera| (ZOOM.0..=ZOOM.1).contains(&camera.zoom);
        self.journey = None;
        self.remembered = place.filter(is_place);
    }

    /// Returns the journey last shown and its camera, once the user has moved it.
    pub fn chosen_place(&self) -> Option<(JourneyId, Camera)> {
        if self.unmoved {
            return None;
        }
        let camera = self.camera?;
        Some((self.journey?, camera))
    }

    /// True if this journey was the one shown last.
    pub fn is_showing(&self, journey: JourneyId) -> bool {
        self.journey == Some(journey)
    }

    /// Returns the zoom: points of the screen for a point of the page.
    pub fn zoom_level(&self) -> f32 {
        self.camera.unwrap_or_default().zoom
    }

    /// Converts a rectangle of the page to the screen, once the map was shown.
    pub fn on_screen(&self, rect: Rect) -> Option<egui::Rect> {
        Some(CameraView::new(self.camera?, self.window, 1.0).screen_rect(rect))
    }

    /// True if a gesture or typing is in progress.
    pub fn is_busy(&self) -> bool {
        !matches!(self.state, CanvasState::Idle)
    }

    /// True if a text field is about to open, so that the next keys belong to it.
    pub fn is_opening(&self) -> bool {
        matches!(&self.state, CanvasState::Edit(editor) if !editor.is_open()) || !self.orders.is_empty()
    }

    /// Returns the change made by the text so far, and its element; the field stays open, as while saving.
    pub fn take_typed(&mut self) -> Option<(Transaction, Id)> {
        let CanvasState::Edit(editor) = &mut self.state else { return None };
        editor.take_typed()
    }

    /// Ends the gesture or typing and returns its change; a new element without a name is dropped.
    pub fn finish_edit(&mut self) -> Option<Transaction> {
        let transaction = match std::mem::replace(&mut self.state, CanvasState::Idle) {
            CanvasState::Edit(editor) => editor.draft.final_transaction().0,
            CanvasState::Idle | CanvasState::Marquee { .. } | CanvasState::Gesture(_) => return None,
        };
        (!transaction.is_empty()).then_some(transaction)
    }

    /// Shows the map in the rest of `ui` and returns the frame's events.
    pub fn ui(&mut self, ui: &mut Ui, input: &CanvasInput<'_>) -> Vec<CanvasEvent> {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        keyboard::set_map(ui.ctx(), response.id, edit::field_id());
        let name = Msg::Canvas.text(input.lang);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, name));
        self.apply_input(input, rect);
        let view = self.steer_camera(ui, &response, input);
        self.show_context_menu(ui, &response, &view, input);
        ui.painter().rect_filled(rect, 0.0, to_color32(input.theme().canvas));
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        if self.has_keyboard(ui, &response) {
            self.handle_key(ui, input);
            self.handle_clipboard(ui, input);
        }
        self.draw_map(ui, &response, &view, input);
        let untouched = matches!(&self.state, CanvasState::Edit(editor) if editor.is_untouched());
        keyboard::set_untouched(ui.ctx(), untouched);
        let is_on_cell = matches!(self.state, CanvasState::Idle)
            && !input.read_only
            && keys::selected_cell(input).is_some();
        keyboard::set_on_cell(ui.ctx(), is_on_cell);
        self.draw_overlays(ui, &response, &view, input);
        self.draw_minimap(ui, &view, input);
        std::mem::take(&mut self.events)
    }

    /// Applies the scene and the queued orders of this frame.
    fn apply_input(&mut self, input: &CanvasInput<'_>, rect: egui::Rect) {
        if self.journey != Some(input.journey) {
            self.journey = Some(input.journey);
            (self.state, self.begun) = (CanvasState::Idle, false);
            let least = Camera::least_zoom(input.scene.size, rect.size());
            self.camera = self.remembered.take().map(|mut camera| {
                camera.zoom_at(rect.size() / 2.0, (least / camera.zoom).max(1.0), least);
                camera
            });
            self.unmoved = false;
        }
        if self.unmoved && self.window.size() != rect.size() {
            self.camera = None;
        }
        let is_resized = self.window.size() != rect.size();
        self.window = rect;
        self.update_presentation(input, is_resized);
        self.persona = input.selection.iter().find_map(|id| id.to_typed()).or(self.persona);
        self.paint.set_scene(input.scene);
        self.headers.set_scene(input.scene);
        if self.camera.is_none() {
            self.camera = Some(Camera::initial_for(input.scene.size, self.window.size()));
            self.unmoved = true;
        }
        for order in std::mem::take(&mut self.orders) {
            self.execute_order(order, input);
        }
        let empty = input.journey().is_some_and(|journey| journey.stages().is_empty());
        if empty && !self.begun && !input.read_only && matches!(self.state, CanvasState::Idle) {
            self.type_at(input, EditTarget::Stage(None));
        }
    }

    /// Shows the whole map when a presentation begins or is resized, and restores the camera when it ends.
    fn update_presentation(&mut self, input: &CanvasInput<'_>, is_resized: bool) {
        if !input.presenting {
            if let Some((before, _)) = self.presented.take() {
                self.camera = before;
            }
            return;
        }
        let (before, fitted) = self.presented.unwrap_or((self.camera, None));
        // A map that was moved stays where it is.
        if fitted.is_none() || (is_resized && fitted == self.camera) {
            self.execute_order(CanvasOrder::Fit, input);
            self.presented = Some((before, self.camera));
        }
    }

    /// Moves the camera by the user's input, and handles the pointer.
    fn steer_camera(&mut self, ui: &Ui, response: &egui::Response, input: &CanvasInput<'_>) -> CameraView {
        let typing = ui.text_edit_focused();
        let mut camera = self.camera.unwrap_or_default();
        let before = camera;
        let least = self.least_zoom(input);
        let panning = navigate::pan_and_zoom(ui, response, &mut camera, (least, typing));
        if matches!(self.state, CanvasState::Gesture(_) | CanvasState::Marquee { .. }) {
            navigate::scroll_at_edge(ui, &self.view_of(camera, ui, input), &mut camera);
        }
        self.reveal_asked(&mut camera, ui, input);
        self.unmoved &= camera == before;
        let page = input.scene.size;
        let window = self.window.size();
        camera.keep_in_sight(
            page,
            window,
            frozen::covered_size(&input.scene.grid, page, window, camera.zoom),
        );
        self.camera = Some(camera);
        let view = self.view_of(camera, ui, input);
        if !panning {
            self.handle_pointer(ui, response, &view, input);
        }
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        view
    }

    /// Returns a camera's view in the window, with its headers frozen.
    fn view_of(&self, camera: Camera, ui: &Ui, input: &CanvasInput<'_>) -> CameraView {
        let view = CameraView::new(camera, self.window, ui.pixels_per_point());
        view.freeze_headers(&input.scene.grid, input.scene.size)
    }

    /// True if the keyboard belongs to the map: nothing else has the focus, and no dialog is in front of it.
    fn has_keyboard(&self, ui: &Ui, response: &egui::Response) -> bool {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        let is_owner = keyboard::current_owner(ui.ctx()) == Owner::Map;
        ui.memory_mut(|memory| {
            memory.set_focus_lock_filter(response.id, filter);
            is_owner
                && memory.allows_interaction(response.layer_id)
                && !matches!(self.state, CanvasState::Edit(_))
        })
    }

    /// Draws the map and the raised elements above it.
    fn draw_map(&mut self, ui: &Ui, response: &egui::Response, view: &CameraView, input: &CanvasInput<'_>) {
        let painter = ui.painter().clone();
        self.paint.draw(&painter, view, input.project);
        let raised = match (&self.state, self.hover) {
            (CanvasState::Idle, Some(target)) if selection::is_stop(target.part) && view.zoom > NEAR => {
                let near = self.paint.index().items_in(input.scene, target.body);
                let is =
                    |item: &&&Placed| item.block.element == Some(target.id) && item.block.part == target.part;
                near.iter().find(is).map(|item| (*item).clone())
            }
            _ => None,
        };
        if let Some(item) = raised {
            overlay::draw_shadow(&painter, view.screen_rect(selection::body_rect(&item)), input.theme());
            self.paint.draw_items(&painter, view, input.project, &[&item]);
        }
        if let Some((ids, strength)) = input.glow {
            let seen = self.paint.index().items_in(input.scene, view.visible_page_rect());
            overlay::draw_glow(&painter, view, input.theme(), seen.iter().copied(), ids, strength);
            ui.request_repaint();
        }
        let busy = self.is_busy();
        if let Some(id) = self.reader.update_tree(ui, response.id, view, input, busy) {
            self.select_elements(input, [id].into());
            self.reveal = Some(id);
            response.request_focus();
        }
        if !input.selection.is_empty() {
            let seen = self.paint.index().items_in(input.scene, view.visible_page_rect());
            overlay::draw_selection(&painter, view, input, seen.iter().copied());
            let ringed = |item: &&&Placed| {
                let selected = item.block.element.is_some_and(|id| input.selection.contains(&id));
                selected && (selection::is_stop(item.block.part) || item.block.part == ScenePart::FlowLabel)
            };
            let ringed: Vec<Placed> = seen.iter().filter(ringed).map(|item| (*item).clone()).collect();
            self.draw_marks(&painter, view, input, &ringed);
            flow_label::show(&painter, view, input, &seen);
        }
        self.draw_frozen(&painter, view, input);
        self.draw_dragged(&painter, view, input);
    }

    /// Draws cards again over their rings, so that the marks at their corners are not covered, and flows'
    /// labels over their lines.
    fn draw_marks(
        &mut self,
        painter: &egui::Painter,
        view: &CameraView,
        input: &CanvasInput<'_>,
        cards: &[Placed],
    ) {
        if view.zoom > NEAR {
            let cards: Vec<&Placed> = cards.iter().collect();
            self.paint.draw_items(painter, view, input.project, &cards);
        }
    }

    /// Draws the dragged elements at the pointer; the map previews their target.
    fn draw_dragged(&mut self, painter: &egui::Painter, view: &CameraView, input: &CanvasInput<'_>) {
        let CanvasState::Gesture(gesture) = &self.state else { return };
        let dragged = gesture.dragged_items();
        // Over a frozen header the pointer is at another place of the page than the one beneath it.
        let at = painter.ctx().input(|input| input.pointer.latest_pos());
        let off = at.map_or(egui::Vec2::ZERO, |at| at - view.page_to_screen(gesture.pointer));
        let view =
            &if view.zone_at(at.unwrap_or_default()) == Zone::Map { *view } else { view.shifted_by(off) };
        let mut pale = painter.clone();
        pale.multiply_opacity(0.9);
        for item in &dragged {
            overlay::draw_shadow(painter, view.screen_rect(selection::body_rect(item)), input.theme());
        }
        let items: Vec<&Placed> = dragged.iter().collect();
        self.paint.draw_items(&pale, view, input.project, &items);
    }

    /// Draws the overlays, and runs the text field.
    fn draw_overlays(
        &mut self,
        ui: &mut Ui,
        response: &egui::Response,
        view: &CameraView,
        input: &CanvasInput<'_>,
    ) {
        let painter = ui.painter().clone();
        let theme = input.theme();
        match &mut self.state {
            CanvasState::Idle => {
                self.tell_feeling(ui, view, input);
                self.show_hints(ui, response, view, input);
                let at = response.hover_pos().map(|at| view.screen_to_page(at));
                let invites = !input.read_only && !input.presenting;
                let accepted = if invites { invite::show(ui, view, input, at) } else { None };
                if let Some(invite) = accepted {
                    self.accept_invite(input, invite);
                }
            }
            CanvasState::Marquee { start, end, .. } => {
                let rect = egui::Rect::from_two_pos(view.page_to_screen(*start), view.page_to_screen(*end));
                overlay::draw_marquee(&painter, rect, theme);
                if !ui.input(|input| input.pointer.primary_down()) {
                    self.state = CanvasState::Idle;
                }
            }
            CanvasState::Gesture(gesture) => {
                let at = ui.input(|input| input.pointer.latest_pos());
                let at = at.unwrap_or_else(|| view.page_to_screen(gesture.pointer));
                overlay::draw_gesture_guide(&painter, view, gesture, at, theme);
            }
            CanvasState::Edit(editor) => {
                if let Some(end) = editor.ui(ui, view, input) {
                    self.end_typing(input, end);
                    // The keyboard goes back to the map at once, so that the next key is not lost.
                    if end != EditEnd::Left && !matches!(self.state, CanvasState::Edit(_)) {
                        response.request_focus();
                    }
                    ui.request_repaint();
                }
            }
        }
    }

    fn select_elements(&mut self, input: &CanvasInput<'_>, selection: BTreeSet<Id>) {
        if *input.selection != selection {
            self.events.push(CanvasEvent::Select(selection));
        }
    }

    /// Returns a new source of ids, so that all previews of one gesture use the same ids.
    fn branch_source(&mut self) -> IdSource {
        IdSource::from_seed(self.source.next_u64())
    }
}
