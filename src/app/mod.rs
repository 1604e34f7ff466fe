//! The program behind the window: what is open, what was asked for, and what runs in the background.
//! What is seen of it is drawn by [`crate::canvas`] and [`crate::panels`].

pub mod action;
mod after_change;
pub mod charting;
pub mod choosing;
pub mod comparing;
pub mod copies;
pub mod desk;
pub mod dialog;
mod duplicating;
mod editing;
pub mod export;
mod exporting;
pub mod files;
mod filing;
pub mod import_form;
mod importing;
pub mod keyboard;
pub mod licences;
mod logic;
pub mod menu_keys;
pub mod merging;
pub mod notice;
pub mod outcome;
pub mod pasted_lines;
pub mod pasting;
pub(crate) mod picking;
pub mod picture;
mod placing;
pub mod quote_form;
mod quoting;
pub mod reading;
pub mod reading_through;
mod recovery;
pub mod redacting;
pub mod refused;
pub mod request;
mod run;
pub mod session;
pub mod sharing;
pub mod style;
pub mod thumbnail;
pub mod typed_day;
mod unproven;
pub mod versions;
pub mod words;
pub mod work;

use crate::canvas::Order;
use crate::edit::Transaction;
use crate::i18n::{Lang, plain};
use crate::id::{BatchId, Id, Source};
use crate::scene::Scene;
use crate::store::journal::Recoverable;
use crate::store::places::MapPlaces;
use crate::store::settings::Settings;
use crate::theme::{Theme, ThemeId};
pub use run::{Window, run};

use action::Action;
use charting::Charts;
use comparing::Comparison;
use desk::Pending;
use dialog::Dialog;
use export::ExportForm;
use filing::Writing;
use notice::Notices;
use outcome::Purpose;
use refused::Refused;
use request::Request;
use session::Session;
use sharing::Sharing;
use std::sync::Arc;
use thumbnail::Gallery;
use work::{Ended, JobId, Work};

/// What the middle of the window shows.
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

/// What is shown beside the map. Looking never changes the document.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own that a person flips")]
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The start page, in front of a project that may be open.
    pub gallery: bool,
    /// What the middle shows.
    pub tab: Tab,
    /// The left panel.
    pub outline: bool,
    /// The right panel.
    pub inspector: bool,
    /// The map alone.
    pub presenting: bool,
    /// The window is too narrow for the side panels, which fold by themselves.
    pub narrow: bool,
}

/// The program.
#[derive(Debug)]
pub struct App {
    /// What the user prefers.
    pub settings: Settings,
    /// Where each map was last looked at.
    pub places: MapPlaces,
    /// Whether another project was opened whose map has not been shown yet.
    pub(crate) is_newly_open: bool,
    /// The open project.
    pub session: Option<Session>,
    /// What runs in the background.
    pub work: Work,
    /// What there is to tell.
    pub notices: Notices,
    /// What waits for an answer.
    pub dialog: Option<Dialog>,
    /// What is shown.
    pub view: View,
    /// The templates' pictures.
    pub gallery: Gallery,
    /// The charts.
    pub charts: Charts,
    /// Two versions that are compared.
    pub comparison: Option<Box<Comparison>>,
    /// The others who work on the open file.
    pub sharing: Sharing,
    /// Rises whenever another document takes the place of what was open, or it is closed.
    document: u64,
    /// What would change if a person decided for what the pointer rests on: shown, not done.
    pub(crate) peek: Option<Transaction>,
    /// What the canvas shall do.
    pub orders: Vec<Order>,
    /// Where new ids come from.
    pub source: Source,
    /// Whether the system's file dialogs are asked; the built-in one stands in where they don't answer.
    pub system_dialogs: bool,
    /// The theme egui shows where none is chosen: the system's.
    pub system_theme: ThemeId,
    requests: Vec<Request>,
    pending: Option<Pending>,
    /// What was just made and waits for its name.
    pub(crate) naming: Option<Id>,
    refused: Refused,
    waiting_for: Option<Purpose>,
    exporting: Option<ExportForm>,
    copy: Option<redacting::CopyToSave>,
    replacing: Option<BatchId>,
    reading: Option<JobId>,
    /// What background work brought back and is not taken yet.
    ended: Vec<Ended>,
    /// The save under way, where it goes, and what comes after the next one if that was asked for meanwhile.
    writing: Option<Writing>,
    /// What ended processes left unsaved, until it can be shown.
    unsaved: Vec<Recoverable>,
    quitting: bool,
}

impl App {
    /// The program with nothing open.
    pub fn new(ctx: &egui::Context, settings: Settings) -> Self {
        Self {
            places: MapPlaces::in_state(settings.state.as_deref()),
            is_newly_open: false,
            settings,
            session: None,
            work: Work::new(ctx.clone()),
            notices: Notices::default(),
            dialog: None,
            view: View {
                gallery: false,
                tab: Tab::Map,
                outline: true,
                inspector: true,
                presenting: false,
                narrow: false,
            },
            gallery: Gallery::default(),
            charts: Charts::default(),
            comparison: None,
            sharing: Sharing::default(),
            document: 0,
            peek: None,
            orders: Vec::new(),
            source: Source::random(),
            system_dialogs: true,
            system_theme: ThemeId::Light,
            requests: Vec::new(),
            pending: None,
            naming: None,
            refused: Refused::default(),
            waiting_for: None,
            exporting: None,
            copy: None,
            replacing: None,
            reading: None,
            ended: Vec::new(),
            writing: None,
            unsaved: Vec::new(),
            quitting: false,
        }
    }

    /// Asks for something; it is done before the next frame.
    pub fn ask(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Whether something was asked for and is not done yet.
    pub(crate) fn is_asked(&self) -> bool {
        !self.requests.is_empty()
    }

    /// Whether what was asked for, or has come, needs the whole document, so that typing under way becomes part of it.
    /// What the map itself asks for, such as the stage just typed, never does.
    pub(crate) fn must_settle(&self) -> bool {
        self.requests.iter().any(needs_document) || self.ended.iter().any(|ended| ended.outcome.replaces())
    }

    /// True if all that needs the whole document is saving, after which typing goes on.
    pub(crate) fn only_saves(&self) -> bool {
        let saves = |request: &Request| matches!(request, Request::Do(Action::Save));
        let mut others = self.requests.iter().filter(|request| !saves(request));
        let is_stored = self.session.as_ref().is_some_and(|session| session.file.is_some());
        is_stored && !self.ended.iter().any(|ended| ended.outcome.replaces()) && !others.any(needs_document)
    }

    /// Asks for an action.
    pub fn act(&mut self, action: Action) {
        self.ask(Request::Do(action));
    }

    /// The language spoken.
    pub fn lang(&self) -> Lang {
        self.settings.lang
    }

    /// Which theme is shown: the chosen one, or the system's.
    pub fn theme_id(&self) -> ThemeId {
        self.settings.theme.unwrap_or(self.system_theme)
    }

    /// The theme shown.
    pub fn theme(&self) -> &'static Theme {
        self.theme_id().theme()
    }

    /// The drawing of the journey shown.
    pub fn scene(&mut self) -> Option<Arc<Scene>> {
        let (theme, lang) = (self.theme_id(), self.lang());
        self.session.as_mut().map(|session| session.scene(theme, lang))
    }

    /// Whether the start page is shown.
    pub fn at_start(&self) -> bool {
        self.session.is_none() || self.view.gallery
    }

    /// What the middle shows: the map, where there is nothing else to show.
    pub fn tab(&self) -> Tab {
        match self.view.tab {
            Tab::Scores if self.can(Action::ViewScores) => Tab::Scores,
            Tab::Changes if self.comparison.is_some() => Tab::Changes,
            Tab::Map | Tab::Scores | Tab::Changes => Tab::Map,
        }
    }

    /// Whether an action would do something now.
    pub fn can(&self, action: Action) -> bool {
        let entry = action.entry();
        let comparing = self.view.tab == Tab::Changes && self.comparison.is_some();
        // Two versions are only looked at; a step may still be taken back.
        let changes = matches!(entry.menu, action::Menu::Edit | action::Menu::Insert);
        let undoes = matches!(entry.needs, action::Needs::Undo | action::Needs::Redo);
        if (comparing && changes && !undoes)
            || (entry.needs == action::Needs::Comparison && self.comparison.is_none())
        {
            return false;
        }
        let session = self.session.as_ref().filter(|_| !self.view.gallery);
        session.map_or(entry.needs == action::Needs::Nothing, |session| session.meets(entry.needs))
    }

    /// The window's title, with a mark for changes that are not saved.
    pub fn window_title(&self) -> String {
        let Some(session) = &self.session else { return "Desireline".to_owned() };
        let name = session.file_name().unwrap_or_else(|| session.title(self.lang()));
        let mark = if session.is_dirty() { "• " } else { "" };
        format!("{mark}{} – Desireline", plain(&name))
    }
}

/// True for a request that needs the whole document, with what is being typed.
fn needs_document(request: &Request) -> bool {
    match request {
        Request::Do(action) => action.settles(),
        Request::Open(_) | Request::Template(_) | Request::Show(_) => true,
        _ => false,
    }
}
