//! Copies under new ids: of the whole project as another one, or of the journey shown as its to-be version.

use super::App;
use super::files;
use super::notice::NoticeLevel;
use super::outcome::{JobOutcome, NextStep};
use super::request::AppRequest;
use super::session::{File, Session};
use crate::canvas::CanvasOrder;
use crate::edit::command;
use crate::i18n::{Explain, Msg, file_name};
use crate::id::IdSource;
use crate::store::respondents::KnownRespondents;
use std::path::PathBuf;

impl App {
    /// Writes the whole project, in its current state, into a file as another project.
    pub(super) fn duplicate_project(&mut self, path: PathBuf) {
        let lang = self.lang();
        let Some(session) = &self.session else { return };
        let project = session.project().clone();
        let given_up = Some(session.state_number());
        let file = session.file.as_ref().map(|file| file.path.clone());
        let originals: Vec<PathBuf> = file.into_iter().chain(session.damaged.clone()).collect();
        let mut source = IdSource::from_seed(self.source.next_u64());
        let known = self.settings.state.as_deref().map(KnownRespondents::in_state);
        self.work.start(Msg::Saving, move |_| {
            let spared = files::ensure_not_original(&originals, &path, Msg::DuplicateKeepsOriginal, lang);
            let result = spared.and_then(|()| {
                let copy = command::with_fresh_ids(&project, &mut source);
                if let Some(known) = &known {
                    known.carry_over(&project, &copy);
                }
                let saved = files::save_to_path(path.clone(), None, &copy, None, lang, None);
                saved.map_err(|failure| failure.error.explain(lang))
            });
            JobOutcome::Duplicated { path, given_up, result }
        });
    }

    /// Opens the duplicate if no unsaved work would be lost, else offers to open it.
    pub(super) fn on_duplicated(
        &mut self,
        path: PathBuf,
        given_up: Option<u64>,
        result: Result<(File, Option<String>), String>,
    ) {
        let lang = self.lang();
        let name = file_name(&path);
        match result {
            Ok((_, doubt)) => {
                let doubt = doubt.map(|doubt| format!("\n{doubt}")).unwrap_or_default();
                let weight = if doubt.is_empty() { NoticeLevel::Info } else { NoticeLevel::Warning };
                let is_as_copied =
                    |session: &Session| !session.is_dirty() && given_up == Some(session.state_number());
                if self.session.as_ref().is_some_and(is_as_copied) {
                    self.leave_project(NextStep::Open(path));
                    let text = Msg::DuplicateOpened.text_with(lang, &[("file", &name)]);
                    self.notices.add_notice(weight, format!("{text}{doubt}"));
                } else {
                    let text = Msg::DuplicateSaved.text_with(lang, &[("file", &name)]);
                    let open = AppRequest::Open(path);
                    self.notices.add_offer(
                        NoticeLevel::Warning,
                        format!("{text}{doubt}"),
                        Msg::OpenNow,
                        open,
                    );
                }
            }
            Err(problem) => {
                let what = Msg::CannotSave.text_with(lang, &[("file", &name)]);
                self.show_error(format!("{what}\n{problem}"));
            }
        }
    }

    /// Copies the journey shown as its to-be version, shows the copy, and starts editing its title.
    pub(super) fn duplicate_journey(&mut self) {
        let lang = self.lang();
        let Some(session) = &self.session else { return };
        let title = Msg::ToBeTitle.text_with(lang, &[("title", &session.title(lang))]);
        let project = session.project();
        let id = session.journey_id();
        let copied = command::duplicate_journey(project, id, &title, &mut self.source);
        let Some((transaction, copy)) = copied else { return };
        self.commit_transaction(transaction);
        if let Some(session) = &mut self.session {
            session.show_journey(copy);
        }
        self.orders.push(CanvasOrder::EditTitle(copy.into()));
    }
}
