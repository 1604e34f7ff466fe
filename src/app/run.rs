//! The native window: starts, hands each frame on, ends.

use super::App;
use super::style;
use crate::canvas::{Canvas, Place, SystemClipboard, fonts};
use crate::id::Source;
use crate::panels::window;
use crate::store::settings::Settings;
use crate::theme::unpack_ahead;
use std::path::PathBuf;

/// The program in its window.
pub struct Window {
    /// What is open and under way.
    pub app: App,
    canvas: Canvas,
    title: String,
}

impl Window {
    /// The program on a fresh context, with a file to open where one is named.
    pub fn new(ctx: &egui::Context, settings: Settings, path: Option<PathBuf>) -> Self {
        fonts::install(ctx);
        style::install(ctx);
        style::prefer(ctx, settings.theme);
        let mut app = App::new(ctx, settings);
        if let Some(path) = path {
            app.open(path);
        }
        app.look_for_unsaved();
        Self { app, canvas: Canvas::new(Source::random()), title: String::new() }
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
        let place = self.dropped_at(ctx);
        self.app.listen(ctx, place);
        self.settle(ctx);
        self.app.turn(ctx);
        let title = self.app.window_title();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        window::show(ui, &mut self.app, &mut self.canvas);
        if self.app.is_asked() {
            ui.ctx().request_repaint();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When the system gives no window to draw in.
pub fn run(path: Option<PathBuf>) -> eframe::Result {
    unpack_ahead();
    let settings = Settings::load();
    let viewport = egui::ViewportBuilder::default()
        .with_title("Desireline")
        .with_app_id("desireline")
        .with_inner_size([1440.0, 900.0])
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
