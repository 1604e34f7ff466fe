//! Handles requests and finished jobs; each arm is one call.

use super::action::{Action, Needs, pressed};
use super::dialog::{Dialog, Search};
use super::export::ExportForm;
use super::notice::Weight;
use super::outcome::{Arriving, Next, Outcome, Purpose};
use super::recovery::UnsavedSearch;
use super::request::Request;
use super::work::Ended;
use super::{App, Tab};
use crate::canvas::{Order, Place};
use crate::feedback::overlay::OverlayChoice;
use crate::i18n::{Lang, Msg};
use crate::id::Id;
use crate::model::ordered;
use crate::panels::licences_dialog::LicencesForm;
use crate::panels::panes;
use crate::theme::ThemeId;
use std::collections::BTreeSet;

impl App {
    /// Collects finished jobs, shortcuts and dropped files as requests, which [`App::turn`] then handles. A
    /// dropped picture goes to `place`, or to the selection.
    pub(super) fn listen(&mut self, ctx: &egui::Context, place: Option<Place>) {
        self.ended.extend(self.work.finished());
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        for file in dropped {
            self.drop_file(file.path().to_owned(), place);
        }
        if matches!(self.dialog, None | Some(Dialog::Palette(_))) {
            self.requests.extend(pressed(ctx).map(Request::Do));
        }
    }

    /// Runs one turn before a frame is drawn: finished jobs first, then all requests.
    pub(super) fn turn(&mut self, ctx: &egui::Context) {
        self.system_theme = match ctx.theme() {
            egui::Theme::Dark => ThemeId::Dark,
            egui::Theme::Light => ThemeId::Light,
        };
        if self.ended.iter().any(|ended| ended.outcome.replaces()) {
            self.commit_first(ctx);
        }
        while !self.ended.is_empty() {
            let Ended { outcome, parted } = self.ended.remove(0);
            if parted { self.take_late(ctx, outcome) } else { self.take(ctx, outcome) }
        }
        self.heed();
        self.tell_trouble();
        self.offer_unsaved();
        while !self.requests.is_empty() {
            for request in std::mem::take(&mut self.requests) {
                self.perform(ctx, request);
            }
        }
        self.follow_comparison();
        // Orders for the map are carried out where the user can see them.
        if !self.orders.is_empty() && self.tab() != Tab::Changes {
            self.view.tab = Tab::Map;
        }
        if let Some(left) = self.notices.age() {
            ctx.request_repaint_after(left);
        }
        self.close_window(ctx);
    }

    /// Performs the queued changes of the open document before another document replaces it.
    fn commit_first(&mut self, ctx: &egui::Context) {
        let is_change = |request: &Request| {
            matches!(request, Request::Commit(_) | Request::CommitAndSelect(..) | Request::CommitAndName(..))
        };
        let (changes, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.requests).into_iter().partition(is_change);
        self.requests = others;
        for change in changes {
            self.perform(ctx, change);
        }
    }

    /// Keeps the window open while changes are unsaved, and closes it once they are saved or given up.
    fn close_window(&mut self, ctx: &egui::Context) {
        let wanted = ctx.input(|input| input.viewport().close_requested());
        if wanted && !self.quitting {
            if self.session.as_ref().is_some_and(super::session::Session::is_dirty) {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.leave(Next::Quit);
            } else {
                self.close_journal();
            }
        } else if self.quitting && !wanted {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn perform(&mut self, ctx: &egui::Context, request: Request) {
        match request {
            Request::Do(action) => self.run(ctx, action),
            Request::Commit(transaction) => self.commit(transaction),
            Request::CommitAndSelect(transaction, id) => {
                self.commit(transaction);
                self.select(vec![id]);
                self.open_name(id);
            }
            Request::CommitAndName(transaction, id) => {
                self.commit(transaction);
                self.naming = Some(id);
                self.session.iter_mut().for_each(|session| session.wait_for_name(id));
            }
            Request::Select(ids) => self.select(ids),
            Request::SetFreshPain(id) => self.with_session(|session| session.set_fresh_pain(Some(id))),
            Request::Reveal(id) => self.reveal(id),
            Request::Choose(value) => self.choose(&value),
            Request::Order(order) => self.orders.push(order),
            Request::PlacePixels(image) => self.place_pixels(image),
            Request::TakePasted(pasted) => self.take_pasted(pasted),
            Request::ReadLines(lines) => self.read_lines(lines, None),
            Request::ReadAnswersInstead(form, state) => self.read_answers_instead(form, state),
            Request::ShowImport(form) => self.dialog = Some(Dialog::Import(form)),
            Request::Show(journey) => self.with_session(|session| session.show(journey)),
            Request::ShowCompared(journey) => self.show_compared(journey),
            Request::RevealChange(id) => self.reveal_change(id),
            Request::Overlay(choice) => self.with_session(|session| session.choose(choice)),
            Request::Open(path) => self.leave(Next::Open(path)),
            Request::Template(name) => self.leave(Next::Template(name)),
            Request::Chosen(purpose, path) => self.chosen(purpose, path),
            Request::List(folder) => self.list(folder),
            Request::BuiltIn => self.ask_built_in_instead(),
            Request::Unsaved { save } => self.answer_unsaved(save),
            Request::Decide { place, other } => self.decide(place, other),
            Request::DecideAll => self.with_session(super::session::Session::decide_all),
            Request::MergeCopies(paths) => self.merge_copies(paths),
            Request::CompareWith(kept) => self.compare_with_kept(kept),
            Request::Restore(kept) => self.restore(kept),
            Request::Recover(place) => self.recover(place),
            Request::DiscardLeft(place) => self.discard_left(place),
            Request::SaveOver => self.save_over(),
            Request::AskReplaced(path, base) => self.ask_replaced(path, base, None),
            Request::MergeReplaced => self.merge_replaced(),
            Request::MakeCopy => self.make_copy(),
            Request::SaveCopy => self.pick_for_copy(),
            Request::OpenRepaired => self.open_repaired(),
            Request::Export(form) => self.export(form),
            Request::Import(form) => self.import_as(form),
            Request::LookAgain(input) => match self.dialog {
                Some(Dialog::Quotes(_)) => self.look_again_for_quotes(input),
                _ => self.look_at(input),
            },
            Request::ReplaceImport(batch) => self.ask_for_answers(Some(batch)),
            Request::ReadComments => self.read_comments(),
            Request::KeepQuotes => self.keep_quotes(),
            Request::CloseDialog => self.close_dialog(),
            Request::Dismiss(place) => self.notices.dismiss(place),
        }
    }

    fn run(&mut self, ctx: &egui::Context, action: Action) {
        if !self.can(action) {
            return;
        }
        if matches!(self.dialog, Some(Dialog::Palette(_))) {
            self.dialog = None;
        }
        if action.entry().needs != Needs::Pain {
            self.with_session(|session| session.set_fresh_pain(None));
        }
        match action {
            Action::New => self.view.gallery = true,
            Action::NewFromOutline => self.pick(Purpose::Outline),
            Action::Open => self.leave(Next::ChooseFile),
            Action::Save => self.save(Next::Stay),
            Action::SaveAs => self.save_as(Next::Stay),
            Action::DuplicateProject => self.pick(Purpose::Duplicate),
            Action::Versions => self.look_for_versions(),
            Action::RecoverUnsaved => self.search_unsaved(UnsavedSearch::Asked),
            Action::SaveRedacted => self.ask_redacted(),
            Action::Import => self.ask_for_answers(None),
            Action::QuotesFromComments => self.pick(Purpose::Quotes),
            Action::Export if self.tab() == Tab::Changes => self.ask_export_changes(),
            Action::Export => {
                self.dialog = Some(Dialog::Export(ExportForm::new(self.theme_id(), self.lang())));
            }
            Action::Close => self.leave(Next::Close),
            Action::Quit => self.leave(Next::Quit),
            Action::Cut => ctx.send_viewport_cmd(egui::ViewportCommand::RequestCut),
            Action::Copy => ctx.send_viewport_cmd(egui::ViewportCommand::RequestCopy),
            Action::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Action::Palette => self.dialog = Some(Dialog::Palette(Search::default())),
            Action::ThemeSystem => self.set_theme(ctx, None),
            Action::ThemeLight => self.set_theme(ctx, Some(ThemeId::Light)),
            Action::ThemeDark => self.set_theme(ctx, Some(ThemeId::Dark)),
            Action::LanguageEnglish => self.set_lang(Lang::En),
            Action::LanguageChinese => self.set_lang(Lang::ZhCn),
            Action::NextPane => panes::step(ctx, 1),
            Action::PreviousPane => panes::step(ctx, -1),
            Action::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            Action::Licences => self.dialog = Some(Dialog::Licences(Box::new(LicencesForm::new()))),
            Action::About => self.dialog = Some(Dialog::About),
            _ => self.run_view(action),
        }
    }

    fn run_view(&mut self, action: Action) {
        match action {
            Action::ZoomIn => self.orders.push(Order::ZoomIn),
            Action::ZoomOut => self.orders.push(Order::ZoomOut),
            Action::ZoomReset => self.orders.push(Order::ZoomActual),
            Action::Fit => self.orders.push(Order::Fit),
            Action::FitSelection => self.orders.push(Order::FitSelection),
            Action::NextJourney => self.next_journey(),
            Action::ToggleOutline => self.view.outline = !self.view.outline,
            Action::ToggleInspector => self.view.inspector = !self.view.inspector,
            Action::ToggleMinimap => {
                self.settings.minimap = !self.settings.minimap;
                self.keep_settings();
            }
            Action::Present => self.present(),
            Action::PreviousWave => self.step_wave(-1),
            Action::NextWave => self.step_wave(1),
            Action::ViewMap => self.view.tab = Tab::Map,
            Action::ViewScores => self.view.tab = Tab::Scores,
            Action::ExportChart => self.ask_export_chart(),
            Action::CompareVersions => self.pick(Purpose::Compare),
            Action::CompareJourneys => self.compare_journeys(),
            Action::ViewChanges => self.view.tab = Tab::Changes,
            Action::CloseComparison => self.end_comparison(),
            _ => self.edit(action),
        }
    }

    /// Handles the result of a job whose document was closed since; it never changes the open one.
    fn take_late(&mut self, ctx: &egui::Context, outcome: Outcome) {
        match outcome {
            Outcome::Saved { result, .. } => self.saved_late(result),
            // The state given up belonged to the closed document; the open one was not asked about.
            Outcome::Opened { path, asked, result } => {
                self.opened(path.as_deref(), Arriving { given_up: None, ..asked }, result);
            }
            Outcome::Outlined { path, asked, result } => {
                self.outlined(&path, Arriving { given_up: None, ..asked }, result);
            }
            Outcome::Duplicated { path, result, .. } => self.duplicated(path, None, result),
            outcome if outcome.is_of_document() => {}
            outcome => self.take(ctx, outcome),
        }
    }

    fn take(&mut self, ctx: &egui::Context, outcome: Outcome) {
        match outcome {
            Outcome::Broke => self.fail(Msg::ErrorTitle.text(self.lang()).to_owned()),
            Outcome::Opened { path, asked, result } => self.opened(path.as_deref(), asked, result),
            Outcome::Saved { saving, next, result } => self.saved(saving, next, result),
            Outcome::Left(search, found) => self.left(search, *found),
            Outcome::Recovered(result) => self.recovered(result),
            Outcome::Absorbed { ours, seen, absorbed, next } => self.absorbed(ours, seen, absorbed, next),
            Outcome::Seen { seen, next } => self.absorb(seen, Some(next)),
            Outcome::Unproven { seen, next } => self.tell_unproven(&seen, next),
            Outcome::Foreign { failure, found, next } => self.foreign(failure, found, next),
            Outcome::KeptBeside { path, found, kept, next } => self.kept_beside(path, found, kept, next),
            Outcome::Picked { purpose, path, absent } => self.picked(purpose, path, absent),
            Outcome::Folder { folder, result } => self.listed(folder, result),
            Outcome::Outlined { path, asked, result } => self.outlined(&path, asked, result),
            Outcome::Pictured { path, place, result } => self.pictured(&path, place, result),
            Outcome::Exported { path, result } => self.exported(&path, result),
            Outcome::Looked { input, pasted, result } => self.looked(input, pasted, result),
            Outcome::NotPasted(why) => self.not_pasted(&why),
            Outcome::Counted { form, result, overlap } => self.counted(form, result, overlap),
            Outcome::LookedForQuotes { input, result } => self.looked_for_quotes(input, result),
            Outcome::Commented { wanted, result } => self.commented(&wanted, result),
            Outcome::Redacted(what, found) => self.redacted(&what, found),
            Outcome::CopySaved { path, result } => self.copy_saved(&path, result),
            Outcome::Compared { path, result } => self.compared(path.as_deref(), result),
            Outcome::Duplicated { path, given_up, result } => self.duplicated(path, given_up, result),
            Outcome::Kept(problem) => self.kept(problem),
            Outcome::Thumbnail(thumbnail) => self.picture_made(ctx, thumbnail),
            Outcome::Copies(paths) => self.tell_copies(paths),
            Outcome::CopiesMerged(done) => self.copies_merged(done),
            Outcome::EarlierRead { name, result } => self.earlier_read(name, result),
            Outcome::Versions(kept) => self.list_versions(kept),
            Outcome::Restored(result) => self.restored(result),
        }
    }

    /// Shows an error notice.
    pub fn fail(&mut self, text: String) {
        self.notices.add(Weight::Error, text);
    }

    pub(super) fn with_session(&mut self, change: impl FnOnce(&mut super::session::Session)) {
        if let Some(session) = &mut self.session {
            change(session);
        }
    }

    fn select(&mut self, ids: Vec<Id>) {
        self.with_session(|session| session.select(ids.into_iter().collect::<BTreeSet<_>>()));
    }

    fn reveal(&mut self, id: Id) {
        self.select(vec![id]);
        if self.tab() == Tab::Map {
            self.orders.push(Order::Reveal(id));
        }
    }

    fn next_journey(&mut self) {
        self.with_session(|session| {
            let journeys = session.project().journeys_in_order();
            let ids: Vec<_> = journeys.iter().map(|journey| journey.info().id).collect();
            let place = ids.iter().position(|id| *id == session.journey_id()).unwrap_or(0);
            if let Some(next) = ids.get((place + 1) % ids.len().max(1)) {
                session.show(*next);
            }
        });
    }

    /// Shows the scores of another wave, cycling through all waves together and each wave.
    fn step_wave(&mut self, by: isize) {
        self.with_session(|session| {
            let waves: Vec<_> = ordered(session.project().waves()).into_iter().map(|wave| wave.id).collect();
            let places = waves.len().cast_signed() + 1;
            let place = session.choice().wave.and_then(|wave| waves.iter().position(|known| *known == wave));
            // Index 0 means all waves together.
            let next = (place.map_or(0, |place| place.cast_signed() + 1) + by).rem_euclid(places);
            let wave = usize::try_from(next - 1).ok().and_then(|place| waves.get(place)).copied();
            session.choose(OverlayChoice { wave, ..session.choice().clone() });
        });
    }

    /// Toggles the presentation of the map alone; on entering, shows a hint how to leave.
    fn present(&mut self) {
        self.view.presenting = !self.view.presenting;
        if self.view.presenting {
            self.notices.add(Weight::Info, Msg::PresentHint.text(self.lang()));
        }
    }

    fn set_theme(&mut self, ctx: &egui::Context, theme: Option<ThemeId>) {
        self.settings.theme = theme;
        super::style::prefer(ctx, theme);
        self.keep_settings();
    }

    fn set_lang(&mut self, lang: Lang) {
        self.settings.lang = lang;
        self.keep_settings();
    }

    /// Quits the program in the next turn.
    pub(super) fn quit(&mut self) {
        self.close_journal();
        self.quitting = true;
    }
}
