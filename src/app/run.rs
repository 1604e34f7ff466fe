//! The native window: starts, hands each frame on, ends.

use super::App;
use super::keyboard::{self, Keyboard};
use super::recovery::UnsavedSearch;
use super::style;
use crate::canvas::{Canvas, Place, SystemClipboard, fonts};
use crate::id::Source;
use crate::panels::window;
use crate::store::settings::Settings;
use crate::store::watch::take_signs_away_on_end;
use crate::theme::unpack_ahead;
use egui::{Vec2, vec2};
use std::path::PathBuf;

/// The size of the window where the screen has room for it, in points.
const USUAL: Vec2 = vec2(1440.0, 900.0);
/// What a system's own bars and the window's frame take of a screen at most, in points.
const BARS: Vec2 = vec2(16.0, 112.0);
/// Frames after which a name that no panel asks for is given up.
const MOST_UNNAMED: u32 = 10;

/// The program in its window.
pub struct Window {
    /// What is open and under way.
    pub app: App,
    canvas: Canvas,
    title: String,
    /// Whether the window has been fitted into its screen.
    is_fitted: bool,
    /// The document that canvas and interface were last used for.
    document: u64,
    /// The number of frames in which a new element has waited for a field for its name.
    unnamed_frames: u32,
}

impl Window {
    /// The program on a fresh context, with a file to open where one is named.
    pub fn new(ctx: &egui::Context, settings: Settings, path: Option<PathBuf>) -> Self {
        Keyboard::install(ctx);
        fonts::install(ctx);
        style::install(ctx);
        style::prefer(ctx, settings.theme);
        let mut app = App::new(ctx, settings);
        if let Some(path) = path {
            app.open(path);
        }
        app.tell_unread_settings();
        app.search_unsaved(UnsavedSearch::AtStart);
        Self {
            app,
            canvas: Canvas::new(Source::random()),
            title: String::new(),
            document: 0,
            unnamed_frames: 0,
            is_fitted: false,
        }
    }

    /// Once the screen is known: where the usual window and the system's bars don't fit it together, the system is
    /// asked to fill its work area, which only it knows.
    fn fit_into_screen(&mut self, ctx: &egui::Context) {
        let screen = ctx.input(|input| input.viewport().monitor_size);
        if let Some(screen) = screen.filter(|_| !self.is_fitted) {
            self.is_fitted = true;
            if !has_room(screen) {
                ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
            }
        }
    }

    /// Begins anew where another document has taken the place of the one shown: its camera, scroll positions, fields
    /// and unfinished typing go with it, even where both documents hold the same ids.
    fn forget_former_document(&mut self, ctx: &egui::Context) {
        if self.document != self.app.document {
            self.document = self.app.document;
            self.canvas.begin_document();
            ctx.data_mut(egui::util::IdTypeMap::clear);
            if let Some(field) = ctx.memory(egui::Memory::focused) {
                ctx.memory_mut(|memory| memory.surrender_focus(field));
            }
        }
    }

    /// The place on the map where a file was dropped, where the pointer tells it.
    fn dropped_at(&mut self, ctx: &egui::Context) -> Option<Place> {
        let dropped = ctx.input(|input| !input.raw.dropped_files.is_empty());
        let at = ctx.input(|input| input.pointer.latest_pos()).filter(|_| dropped)?;
        let scene = self.app.scene().filter(|_| !self.app.at_start())?;
        self.canvas.place(&scene, at)
    }

    /// What is being typed becomes part of the document before anything that was asked for is done.
    fn settle(&mut self, ctx: &egui::Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        if !closing && !self.app.must_settle() {
            return;
        }
        self.app.settle_typing();
        if !closing && self.app.only_saves() {
            if let Some((transaction, element)) = self.canvas.take_typed() {
                self.app.commit_unfinished(transaction, element);
            }
            return;
        }
        if let Some(transaction) = self.canvas.finish() {
            self.app.commit(transaction);
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.app.leave_shared_file();
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.fit_into_screen(ctx);
        let place = self.dropped_at(ctx);
        self.app.listen(ctx, place);
        self.settle(ctx);
        self.app.turn(ctx);
        self.forget_former_document(ctx);
        let title = self.app.window_title();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        window::show(ui, &mut self.app, &mut self.canvas);
        self.unnamed_frames = if self.app.naming.is_some() { self.unnamed_frames + 1 } else { 0 };
        if self.unnamed_frames > MOST_UNNAMED {
            self.app.naming = None;
        }
        if self.app.is_asked() || self.app.naming.is_some() || self.canvas.is_opening() {
            keyboard::hold(ui.ctx());
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// Whether a screen holds the usual window beside the system's own bars.
fn has_room(screen: Vec2) -> bool {
    let needed = USUAL + BARS;
    needed.x <= screen.x && needed.y <= screen.y
}

/// Opens the window, never larger than the screen, and returns when it is closed.
///
/// # Errors
/// When the system gives no window to draw in.
pub fn run(path: Option<PathBuf>) -> eframe::Result {
    unpack_ahead();
    take_signs_away_on_end();
    let settings = Settings::load();
    let viewport = egui::ViewportBuilder::default()
        .with_title("Desireline")
        .with_app_id("desireline")
        .with_inner_size(USUAL)
        .with_clamp_size_to_monitor_size(true)
        .with_min_inner_size([640.0, 420.0]);
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    let start = |cc: &eframe::CreationContext<'_>| {
        let mut window = Window::new(&cc.egui_ctx, settings, path);
        // Under Wayland a clipboard of our own would be that of the X server, which not every desktop has.
        if std::env::var_os("WAYLAND_DISPLAY").is_none() {
            window.canvas.use_clipboard(Box::<SystemClipboard>::default());
        }
        fonts::use_system(&cc.egui_ctx);
        Ok(Box::new(window) as Box<dyn eframe::App>)
    };
    eframe::run_native("Desireline", options, Box::new(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_fills_the_work_area_of_screens_without_room_for_it() {
        for screen in [vec2(1920.0, 1080.0), vec2(2560.0, 1440.0), vec2(1680.0, 1050.0)] {
            assert!(has_room(screen), "{screen}");
        }
        for screen in [vec2(1280.0, 800.0), vec2(1366.0, 768.0), vec2(1440.0, 900.0), vec2(1600.0, 900.0)] {
            assert!(!has_room(screen), "{screen}");
        }
    }
}
