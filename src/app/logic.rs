//! Runs the turns between frames: finished jobs first, then the requests.

use super::action::{Action, Needs, consume_shortcut};
use super::dialog::{DialogSlot, Modal};
use super::jobs::Jobs;
use super::notice::NoticeLevel;
use super::request::AppRequest;
use super::{App, Tab};
use crate::canvas::{CanvasOrder, PicturePlace};
use crate::features::compare;
use crate::features::filing;
use crate::features::filing::step::NextStep;
use crate::features::pictures;
use crate::features::recovery;
use crate::features::sharing;
use engine::id::Id;
use engine::theme::ThemeId;
use std::collections::BTreeSet;

impl App {
    /// Collects finished jobs, shortcuts and dropped files as requests, which [`App::run_turn`] then handles.
    /// A dropped picture goes to `place`, or to the selection.
    pub(super) fn collect_events(&mut self, ctx: &egui::Context, place: Option<PicturePlace>) {
        self.jobs.collect_finished();
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        for file in dropped {
            pictures::drop_file(self, file.path().to_owned(), place);
        }
        if self.dialog.as_modal().is_none_or(Modal::yields_to_actions) {
            self.requests.extend(consume_shortcut(ctx).map(AppRequest::Do));
        }
    }

    /// Runs one turn before a frame is drawn: finished jobs first, then all requests.
    pub(crate) fn run_turn(&mut self, ctx: &egui::Context) {
        self.system_theme = match ctx.theme() {
            egui::Theme::Dark => ThemeId::Dark,
            egui::Theme::Light => ThemeId::Light,
        };
        if self.jobs.has_next_document() {
            self.commit_first();
        }
        Jobs::finish_collected(self);
        sharing::handle_file_events(self);
        filing::tell_trouble(self);
        recovery::offer_unsaved(self);
        while !self.requests.is_empty() {
            for request in std::mem::take(&mut self.requests) {
                self.handle_request(request);
            }
        }
        compare::follow_comparison(self);
        // Orders for the map are carried out where the user can see them.
        if !self.workspace.orders.is_empty() && self.current_tab() != Tab::Changes {
            self.view.tab = Tab::Map;
        }
        if let Some(left) = self.notices.remove_expired() {
            ctx.request_repaint_after(left);
        }
        self.close_window(ctx);
    }

    /// Performs the queued changes of the open document before another document replaces it.
    fn commit_first(&mut self) {
        let (changes, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.requests).into_iter().partition(AppRequest::is_change);
        self.requests = others;
        for change in changes {
            self.handle_request(change);
        }
    }

    /// Keeps the window open while changes are unsaved, and closes it once they are saved or given up.
    fn close_window(&mut self, ctx: &egui::Context) {
        let wanted = ctx.input(|input| input.viewport().close_requested());
        if wanted && !self.quitting {
            if self.session.as_ref().is_some_and(|session| session.document.is_dirty()) {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                filing::leave_project(self, NextStep::Quit);
            } else {
                filing::close_journal(self);
            }
        } else if self.quitting && !wanted {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn handle_request(&mut self, request: AppRequest) {
        match request {
            AppRequest::Do(action) => self.run_action(action),
            AppRequest::Commit(transaction) => self.commit_transaction(transaction),
            AppRequest::CommitAndSelect(transaction, id) => {
                self.commit_transaction(transaction);
                self.select_elements(vec![id]);
                self.open_name(id);
            }
            AppRequest::CommitAndName(transaction, id) => {
                self.commit_transaction(transaction);
                self.workspace.typing.naming = Some(id);
                self.session.iter_mut().for_each(|session| session.document.wait_for_name(id));
            }
            AppRequest::Select(ids) => self.select_elements(ids),
            AppRequest::Reveal(id) => self.reveal_element(id),
            AppRequest::Order(order) => self.send_order(order),
            AppRequest::Show(journey) => self.with_session(|session| session.show_journey(journey)),
            AppRequest::Open(path) => filing::leave_project(self, NextStep::Open(path)),
            AppRequest::Template(name) => filing::leave_project(self, NextStep::Template(name)),
            AppRequest::CloseDialog => DialogSlot::close(self),
            AppRequest::Call(call) => call.run(self),
        }
    }

    /// Runs an action if it is available, by the handler in its row of the table.
    fn run_action(&mut self, action: Action) {
        if !self.can_run(action) {
            return;
        }
        if self.dialog.as_modal().is_some_and(Modal::yields_to_actions) {
            self.dialog.clear();
        }
        if action.entry().needs != Needs::Pain {
            self.with_session(|session| session.set_fresh_pain(None));
        }
        (action.entry().handler)(self);
    }

    /// Shows an error notice.
    pub fn show_error(&mut self, text: String) {
        self.notices.add_notice(NoticeLevel::Error, text);
    }

    pub(crate) fn with_session(&mut self, change: impl FnOnce(&mut super::session::Session)) {
        if let Some(session) = &mut self.session {
            change(session);
        }
    }

    fn select_elements(&mut self, ids: Vec<Id>) {
        self.with_session(|session| session.set_selection(ids.into_iter().collect::<BTreeSet<_>>()));
    }

    fn reveal_element(&mut self, id: Id) {
        self.select_elements(vec![id]);
        if self.current_tab() == Tab::Map {
            self.send_order(CanvasOrder::Reveal(id));
        }
    }

    /// Quits the program in the next turn.
    pub(crate) fn quit_program(&mut self) {
        filing::close_journal(self);
        self.quitting = true;
    }
}
