//! Handles requests and finished jobs; each arm is one call.

use super::action::{Action, Needs, consume_shortcut};
use super::dialog::Dialog;
use super::notice::NoticeLevel;
use super::outcome::{Arriving, JobOutcome, NextStep};
use super::request::AppRequest;
use super::work::FinishedJob;
use super::{App, Tab};
use crate::canvas::{CanvasOrder, PicturePlace};
use crate::i18n::Msg;
use crate::id::Id;
use crate::theme::ThemeId;
use std::collections::BTreeSet;

impl App {
    /// Collects finished jobs, shortcuts and dropped files as requests, which [`App::run_turn`] then handles.
    /// A dropped picture goes to `place`, or to the selection.
    pub(super) fn collect_events(&mut self, ctx: &egui::Context, place: Option<PicturePlace>) {
        self.ended.extend(self.work.take_finished());
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        for file in dropped {
            self.drop_file(file.path().to_owned(), place);
        }
        if matches!(self.dialog, None | Some(Dialog::Palette(_))) {
            self.requests.extend(consume_shortcut(ctx).map(AppRequest::Do));
        }
    }

    /// Runs one turn before a frame is drawn: finished jobs first, then all requests.
    pub(super) fn run_turn(&mut self, ctx: &egui::Context) {
        self.system_theme = match ctx.theme() {
            egui::Theme::Dark => ThemeId::Dark,
            egui::Theme::Light => ThemeId::Light,
        };
        if self.ended.iter().any(|ended| ended.outcome.replaces_document()) {
            self.commit_first();
        }
        while !self.ended.is_empty() {
            let FinishedJob { outcome, parted } = self.ended.remove(0);
            if parted { self.on_finished_stale(ctx, outcome) } else { self.on_finished(ctx, outcome) }
        }
        self.handle_file_events();
        self.tell_trouble();
        self.offer_unsaved();
        while !self.requests.is_empty() {
            for request in std::mem::take(&mut self.requests) {
                self.handle_request(request);
            }
        }
        self.follow_comparison();
        // Orders for the map are carried out where the user can see them.
        if !self.orders.is_empty() && self.current_tab() != Tab::Changes {
            self.view.tab = Tab::Map;
        }
        if let Some(left) = self.notices.remove_expired() {
            ctx.request_repaint_after(left);
        }
        self.close_window(ctx);
    }

    /// Performs the queued changes of the open document before another document replaces it.
    fn commit_first(&mut self) {
        let is_change = |request: &AppRequest| {
            matches!(
                request,
                AppRequest::Commit(_) | AppRequest::CommitAndSelect(..) | AppRequest::CommitAndName(..)
            )
        };
        let (changes, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.requests).into_iter().partition(is_change);
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
                self.leave_project(NextStep::Quit);
            } else {
                self.close_journal();
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
                self.naming = Some(id);
                self.session.iter_mut().for_each(|session| session.document.wait_for_name(id));
            }
            AppRequest::Select(ids) => self.select_elements(ids),
            AppRequest::SetFreshPain(id) => self.with_session(|session| session.set_fresh_pain(Some(id))),
            AppRequest::Reveal(id) => self.reveal_element(id),
            AppRequest::Choose(value) => self.apply_choice(&value),
            AppRequest::Order(order) => self.orders.push(order),
            AppRequest::PlacePixels(image) => self.place_pixels(image),
            AppRequest::TakePasted(pasted) => self.take_pasted(pasted),
            AppRequest::ReadLines(lines) => self.read_lines(lines, None),
            AppRequest::ReadAnswersInstead(form, state) => self.read_answers_instead(form, state),
            AppRequest::ShowImport(form) => self.dialog = Some(Dialog::Import(form)),
            AppRequest::Show(journey) => self.with_session(|session| session.show_journey(journey)),
            AppRequest::ShowCompared(journey) => self.show_compared(journey),
            AppRequest::RevealChange(id) => self.reveal_change(id),
            AppRequest::Overlay(choice) => self.with_session(|session| session.set_overlay_choice(choice)),
            AppRequest::Open(path) => self.leave_project(NextStep::Open(path)),
            AppRequest::Template(name) => self.leave_project(NextStep::Template(name)),
            AppRequest::Chosen(purpose, path) => self.continue_with_path(purpose, path),
            AppRequest::List(folder) => self.list_folder(folder),
            AppRequest::BuiltIn => self.ask_built_in_instead(),
            AppRequest::Unsaved { save } => self.answer_unsaved(save),
            AppRequest::Decide { place, other } => self.decide_conflict(place, other),
            AppRequest::DecideAll => self.with_session(|session| session.document.decide_all()),
            AppRequest::MergeCopies(paths) => self.merge_copies(paths),
            AppRequest::CompareWith(kept) => self.compare_with_kept(kept),
            AppRequest::Restore(kept) => self.restore_version(kept),
            AppRequest::Recover(place) => self.recover_unsaved(place),
            AppRequest::DiscardLeft(place) => self.discard_left(place),
            AppRequest::SaveOver => self.save_over(),
            AppRequest::AskReplaced(path, base) => self.ask_replaced(path, base, None),
            AppRequest::MergeReplaced => self.merge_replaced(),
            AppRequest::MakeCopy => self.make_copy(),
            AppRequest::SaveCopy => self.pick_for_copy(),
            AppRequest::OpenRepaired => self.open_repaired(),
            AppRequest::Export(form) => self.ask_export_path(form),
            AppRequest::Import(form) => self.import_as(form),
            AppRequest::LookAgain(input) => match self.dialog {
                Some(Dialog::Quotes(_)) => self.look_again_for_quotes(input),
                _ => self.look_at(input),
            },
            AppRequest::ReplaceImport(batch) => self.ask_for_answers(Some(batch)),
            AppRequest::ReadComments => self.read_comments(),
            AppRequest::KeepQuotes => self.keep_quotes(),
            AppRequest::CloseDialog => self.close_dialog(),
            AppRequest::Dismiss(place) => self.notices.dismiss_notice(place),
        }
    }

    /// Runs an action if it is available, by the handler in its row of the table.
    fn run_action(&mut self, action: Action) {
        if !self.can_run(action) {
            return;
        }
        if matches!(self.dialog, Some(Dialog::Palette(_))) {
            self.dialog = None;
        }
        if action.entry().needs != Needs::Pain {
            self.with_session(|session| session.set_fresh_pain(None));
        }
        (action.entry().handler)(self);
    }

    /// Handles the result of a job whose document was closed since; it never changes the open one.
    fn on_finished_stale(&mut self, ctx: &egui::Context, outcome: JobOutcome) {
        match outcome {
            JobOutcome::Saved { result, .. } => self.on_saved_stale(result),
            // The state given up belonged to the closed document; the open one was not asked about.
            JobOutcome::Opened { path, asked, result } => {
                self.on_opened(path.as_deref(), Arriving { given_up: None, ..asked }, result);
            }
            JobOutcome::Outlined { path, asked, result } => {
                self.on_outlined(&path, Arriving { given_up: None, ..asked }, result);
            }
            JobOutcome::Duplicated { path, result, .. } => self.on_duplicated(path, None, result),
            outcome if outcome.is_of_document() => {}
            outcome => self.on_finished(ctx, outcome),
        }
    }

    fn on_finished(&mut self, ctx: &egui::Context, outcome: JobOutcome) {
        match outcome {
            JobOutcome::Broke => self.show_error(Msg::ErrorTitle.text(self.lang()).to_owned()),
            JobOutcome::Opened { path, asked, result } => self.on_opened(path.as_deref(), asked, result),
            JobOutcome::Saved { saving, next, result } => self.on_saved(saving, next, result),
            JobOutcome::Left(search, found) => self.on_unsaved_found(search, *found),
            JobOutcome::Recovered(result) => self.on_recovered(result),
            JobOutcome::Absorbed { merge, next } => self.on_absorbed(*merge, next),
            JobOutcome::Unproven { path, found, next } => self.tell_unproven(path, found, next),
            JobOutcome::Foreign { failure, found, next } => self.ask_foreign_file(failure, found, next),
            JobOutcome::KeptBeside { path, found, kept, next } => {
                self.on_kept_beside(path, found, kept, next);
            }
            JobOutcome::Picked { purpose, path, absent } => self.on_picked(purpose, path, absent),
            JobOutcome::Folder { folder, result } => self.on_folder_listed(folder, result),
            JobOutcome::Outlined { path, asked, result } => self.on_outlined(&path, asked, result),
            JobOutcome::Pictured { path, place, result } => self.on_picture_read(&path, place, result),
            JobOutcome::Exported { path, result } => self.on_exported(&path, result),
            JobOutcome::Looked { input, pasted, result } => self.on_profiled(input, pasted, result),
            JobOutcome::NotPasted(why) => self.not_pasted(&why),
            JobOutcome::Counted { form, result, overlap } => self.on_counted(form, result, overlap),
            JobOutcome::LookedForQuotes { input, result } => self.on_quotes_profiled(input, result),
            JobOutcome::Commented { wanted, result } => self.on_comments_read(&wanted, result),
            JobOutcome::Redacted(what, found) => self.on_redacted(&what, found),
            JobOutcome::CopySaved { path, result } => self.on_copy_saved(&path, result),
            JobOutcome::Compared { path, result } => self.on_compared(path.as_deref(), result),
            JobOutcome::Duplicated { path, given_up, result } => self.on_duplicated(path, given_up, result),
            JobOutcome::Kept(problem) => self.on_settings_saved(problem),
            JobOutcome::Thumbnail(thumbnail) => self.on_thumbnail_drawn(ctx, thumbnail),
            JobOutcome::Copies(paths) => self.tell_copies(paths),
            JobOutcome::CopiesMerged(done) => self.on_copies_merged(done),
            JobOutcome::EarlierRead { name, result } => self.on_earlier_read(name, result),
            JobOutcome::Versions(kept) => self.on_versions_listed(kept),
            JobOutcome::Restored(result) => self.on_restored(result),
        }
    }

    /// Shows an error notice.
    pub fn show_error(&mut self, text: String) {
        self.notices.add_notice(NoticeLevel::Error, text);
    }

    pub(super) fn with_session(&mut self, change: impl FnOnce(&mut super::session::Session)) {
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
            self.orders.push(CanvasOrder::Reveal(id));
        }
    }

    /// Quits the program in the next turn.
    pub(super) fn quit_program(&mut self) {
        self.close_journal();
        self.quitting = true;
    }
}
