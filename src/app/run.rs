//! The native window: opens it, runs the frames, and closes it.

use super::App;
use super::keyboard::{self, Keyboard};
use super::style;
use crate::canvas::{Canvas, PicturePlace, SystemClipboard, fonts};
use crate::features::filing;
use crate::features::recovery;
use crate::features::recovery::UnsavedSearch;
use crate::features::sharing;
use crate::panels::window;
use egui::{Vec2, vec2};
use engine::id::IdSource;
use engine::store::settings::Settings;
use engine::store::watch::take_signs_away_on_end;
use engine::theme::unpack_ahead;
use std::path::PathBuf;

/// The default size of the window, in points.
const USUAL: Vec2 = vec2(1440.0, 900.0);
/// The most space that the system's bars and the window's frame take from a screen, in points.
const BARS: Vec2 = vec2(16.0, 112.0);
/// Number of frames after which a pending name is given up if no panel shows a field for it.
const MOST_UNNAMED: u32 = 10;

/// The application in its window.
pub struct Window {
    /// The application state.
    pub app: App,
    canvas: Canvas,
    title: String,
    /// True once the window has been fitted into its screen.
    is_fitted: bool,
    /// The document number that canvas and interface state belong to.
    document: u64,
    /// The number of frames for which a new element has waited for a field for its name.
    unnamed_frames: u32,
}

impl Window {
    /// Returns the application in a fresh context; opens a file if a path is given.
    pub fn new(ctx: &egui::Context, settings: Settings, path: Option<PathBuf>) -> Self {
        Keyboard::install_plugin(ctx);
        fonts::install_fonts(ctx);
        style::install_styles(ctx);
        style::set_theme_preference(ctx, settings.theme);
        let mut app = App::new(ctx, settings);
        if let Some(path) = path {
            filing::open_file(&mut app, path);
        }
        filing::tell_unread_settings(&mut app);
        recovery::search_unsaved(&mut app, UnsavedSearch::AtStart);
        Self {
            app,
            canvas: Canvas::new(IdSource::from_entropy()),
            title: String::new(),
            document: 0,
            unnamed_frames: 0,
            is_fitted: false,
        }
    }

    /// Maximizes the window, once the screen size is known, if the default window and the system's bars don't
    /// fit together. Only the system knows the exact work area.
    fn fit_into_screen(&mut self, ctx: &egui::Context) {
        let screen = ctx.input(|input| input.viewport().monitor_size);
        if let Some(screen) = screen
            && !self.is_fitted
        {
            self.is_fitted = true;
            if !has_room(screen) {
                ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
            }
        }
    }

    /// Resets the interface state if another document was opened: camera, scroll positions, fields and
    /// unfinished typing, even if both documents hold the same ids.
    fn forget_former_document(&mut self, ctx: &egui::Context) {
        if self.document != self.app.workspace.document {
            self.document = self.app.workspace.document;
            self.canvas.begin_document();
            ctx.data_mut(egui::util::IdTypeMap::clear);
            if let Some(field) = ctx.memory(egui::Memory::focused) {
                ctx.memory_mut(|memory| memory.surrender_focus(field));
            }
        }
    }

    /// Returns the place on the map where a file was dropped, if the pointer position is known.
    fn dropped_at(&mut self, ctx: &egui::Context) -> Option<PicturePlace> {
        let dropped = ctx.input(|input| !input.raw.dropped_files.is_empty());
        if !dropped {
            return None;
        }
        let at = ctx.input(|input| input.pointer.latest_pos())?;
        if self.app.at_start() {
            return None;
        }
        let scene = self.app.current_scene()?;
        self.canvas.picture_place_at(&scene, at)
    }

    /// Commits text being typed before pending requests are handled.
    fn commit_typing(&mut self, ctx: &egui::Context) {
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
        if let Some(transaction) = self.canvas.finish_edit() {
            self.app.commit_transaction(transaction);
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        sharing::leave_shared_file(&mut self.app);
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.fit_into_screen(ctx);
        let place = self.dropped_at(ctx);
        self.app.collect_events(ctx, place);
        self.commit_typing(ctx);
        self.app.run_turn(ctx);
        self.forget_former_document(ctx);
        let title = self.app.window_title();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        window::show(ui, &mut self.app, &mut self.canvas);
        self.unnamed_frames =
            if self.app.workspace.typing.naming.is_some() { self.unnamed_frames + 1 } else { 0 };
        if self.unnamed_frames > MOST_UNNAMED {
            self.app.workspace.typing.naming = None;
        }
        if self.app.is_asked() || self.app.workspace.typing.naming.is_some() || self.canvas.is_opening() {
            keyboard::hold_keys(ui.ctx());
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// True if the screen has room for the default window and the system's bars.
fn has_room(screen: Vec2) -> bool {
    let needed = USUAL + BARS;
    needed.x <= screen.x && needed.y <= screen.y
}

/// Opens the window, never larger than the screen, and returns when it is closed.
///
/// # Errors
/// If the system provides no window to draw in.
pub fn run_window(path: Option<PathBuf>) -> eframe::Result {
    unpack_ahead();
    take_signs_away_on_end();
    let settings = Settings::load_or_default();
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
        // Under Wayland our own clipboard would be that of the X server, which not every desktop has.
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
