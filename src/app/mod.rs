//! The application behind the window: the open project, queued requests and background jobs.
//! [`crate::canvas`] and [`crate::panels`] draw it.

pub mod action;
mod after_change;
pub mod desk;
pub mod dialog;
mod editing;
mod glow;
pub mod jobs;
pub mod keyboard;
mod logic;
pub mod menu_keys;
pub mod notice;
pub mod picture;
pub mod reading;
pub mod refused_texts;
pub mod request;
mod run;
pub mod session;
pub mod style;
pub mod thumbnail;
pub mod typed_day;
mod viewing;
pub mod words;
mod workspace;

use crate::canvas::CanvasOrder;
use crate::features::paths::PathPicker;
use crate::features::sharing::Sharing;
use engine::i18n::{Lang, escape_invisible};
use engine::id::IdSource;
use engine::scene::Scene;
use engine::store::journal::Recoverable;
use engine::store::places::MapPlaces;
use engine::store::settings::Settings;
use engine::theme::{Theme, ThemeId};
pub use run::{Window, run_window};

use action::Action;
use dialog::DialogSlot;
use jobs::Jobs;
use notice::Notices;
use request::AppRequest;
use session::Session;
use std::sync::Arc;
use thumbnail::Gallery;
pub use workspace::Workspace;

/// The content of the middle of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The map.
    #[default]
    Map,
    /// Charts of the scores.
    Scores,
    /// Two versions compared.
    Changes,
}

/// The visible parts of the window. Changing them never changes the document.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own that a person flips")]
#[derive(Debug, Clone, PartialEq)]
pub struct MainView {
    /// True to show the start page, even in front of an open project.
    pub gallery: bool,
    /// The requested content of the middle; see [`App::current_tab`].
    pub tab: Tab,
    /// True to show the outline on the left.
    pub outline: bool,
    /// True to show the inspector on the right.
    pub inspector: bool,
    /// True to present the map alone.
    pub presenting: bool,
    /// True if the window is too narrow for the side panels, which then collapse.
    pub narrow: bool,
}

/// The application state.
#[derive(Debug)]
pub struct App {
    /// The user's settings.
    pub settings: Settings,
    /// The last view position on each map.
    pub places: MapPlaces,
    /// The open project.
    pub session: Option<Session>,
    /// The state of the window that belongs to the open project.
    pub workspace: Workspace,
    /// The background jobs.
    pub jobs: Jobs,
    /// The notices shown to the user.
    pub notices: Notices,
    /// The dialog that waits for an answer.
    pub dialog: DialogSlot,
    /// The visible parts of the window.
    pub view: MainView,
    /// The templates' thumbnails.
    pub gallery: Gallery,
    /// The other users of the open file.
    pub sharing: Sharing,
    /// The window's context, for actions that concern the window itself.
    pub(crate) ctx: egui::Context,
    /// The source of new ids.
    pub source: IdSource,
    /// The questions for paths.
    pub picker: PathPicker,
    /// The system's theme, used unless the user has chosen one.
    pub system_theme: ThemeId,
    requests: Vec<AppRequest>,
    /// Unsaved work of ended processes, until it can be shown.
    pub(crate) unsaved: Vec<Recoverable>,
    pub(crate) quitting: bool,
}

impl App {
    /// Returns the application with no project open.
    pub fn new(ctx: &egui::Context, settings: Settings) -> Self {
        Self {
            places: MapPlaces::in_state(settings.state.as_deref()),
            settings,
            session: None,
            workspace: Workspace::default(),
            jobs: Jobs::new(ctx.clone()),
            notices: Notices::default(),
            dialog: DialogSlot::default(),
            view: MainView {
                gallery: false,
                tab: Tab::Map,
                outline: true,
                inspector: true,
                presenting: false,
                narrow: false,
            },
            gallery: Gallery::default(),
            sharing: Sharing::default(),
            ctx: ctx.clone(),
            source: IdSource::from_entropy(),
            picker: PathPicker::default(),
            system_theme: ThemeId::Light,
            requests: Vec::new(),
            unsaved: Vec::new(),
            quitting: false,
        }
    }

    /// Queues a request, handled before the next frame.
    pub fn queue_request(&mut self, request: AppRequest) {
        self.requests.push(request);
    }

    /// Queues the step of a dialog or flow.
    pub(crate) fn queue_call(&mut self, step: impl FnOnce(&mut Self) + Send + 'static) {
        self.queue_request(AppRequest::call_step(step));
    }

    /// True if requests are queued.
    pub(crate) fn is_asked(&self) -> bool {
        !self.requests.is_empty()
    }

    /// True if a pending request or finished job needs open text edits committed first. Requests of the map
    /// itself, such as adding the stage just typed, never do.
    pub(crate) fn must_settle(&self) -> bool {
        self.requests.iter().any(AppRequest::needs_document) || self.jobs.has_next_document()
    }

    /// True if only saving needs open text edits committed, so that typing can continue afterwards.
    pub(crate) fn only_saves(&self) -> bool {
        let saves = |request: &AppRequest| matches!(request, AppRequest::Do(Action::Save));
        let mut others = self.requests.iter().filter(|request| !saves(request));
        let is_stored = self.session.as_ref().is_some_and(|session| session.document.file().is_some());
        is_stored && !self.jobs.has_next_document() && !others.any(AppRequest::needs_document)
    }

    /// Sends an order to the map, carried out in the next frame.
    pub(crate) fn send_order(&mut self, order: CanvasOrder) {
        self.workspace.orders.push(order);
    }

    /// Queues an action.
    pub fn queue_action(&mut self, action: Action) {
        self.queue_request(AppRequest::Do(action));
    }

    /// Tells of a setting that excludes others if it is in force; `None` for other actions.
    pub(crate) fn is_in_force(&self, action: Action) -> Option<bool> {
        let theme = self.settings.theme;
        let lang = self.lang();
        match action {
            Action::ThemeSystem => Some(theme.is_none()),
            Action::ThemeLight => Some(theme == Some(ThemeId::Light)),
            Action::ThemeDark => Some(theme == Some(ThemeId::Dark)),
            Action::LanguageEnglish => Some(lang == Lang::En),
            Action::LanguageChinese => Some(lang == Lang::ZhCn),
            _ => None,
        }
    }

    /// Returns the interface language.
    pub fn lang(&self) -> Lang {
        self.settings.lang
    }

    /// Returns the theme shown: the chosen one, or the system's.
    pub fn theme_id(&self) -> ThemeId {
        self.settings.theme.unwrap_or(self.system_theme)
    }

    /// Returns the colours of the theme shown.
    pub fn theme(&self) -> &'static Theme {
        self.theme_id().theme()
    }

    /// Returns the drawing of the journey shown.
    pub fn current_scene(&mut self) -> Option<Arc<Scene>> {
        let theme = self.theme_id();
        let lang = self.lang();
        self.session.as_mut().map(|session| session.current_scene(theme, lang))
    }

    /// True if the start page is shown.
    pub fn at_start(&self) -> bool {
        self.session.is_none() || self.view.gallery
    }

    /// Returns the content of the middle; falls back to the map if the requested tab has nothing to show.
    pub fn current_tab(&self) -> Tab {
        match self.view.tab {
            Tab::Scores if self.can_run(Action::ViewScores) => Tab::Scores,
            Tab::Changes if self.workspace.comparison.is_some() => Tab::Changes,
            Tab::Map | Tab::Scores | Tab::Changes => Tab::Map,
        }
    }

    /// True if the action is available now.
    pub fn can_run(&self, action: Action) -> bool {
        let entry = action.entry();
        let comparing = self.view.tab == Tab::Changes && self.workspace.comparison.is_some();
        // A comparison is read-only, except for undo and redo.
        let changes = matches!(entry.menu, action::Menu::Edit | action::Menu::Insert);
        let undoes = matches!(entry.needs, action::Needs::Undo | action::Needs::Redo);
        if (comparing && changes && !undoes)
            || (entry.needs == action::Needs::Comparison && self.workspace.comparison.is_none())
        {
            return false;
        }
        let session = if self.view.gallery { None } else { self.session.as_ref() };
        session.map_or(entry.needs == action::Needs::Nothing, |session| session.meets_condition(entry.needs))
    }

    /// Returns the window's title, with a mark for unsaved changes.
    pub fn window_title(&self) -> String {
        let Some(session) = &self.session else { return "Desireline".to_owned() };
        let name = session.file_name().unwrap_or_else(|| session.title(self.lang()));
        let mark = if session.document.is_dirty() { "• " } else { "" };
        format!("{mark}{} – Desireline", escape_invisible(&name))
    }
}
