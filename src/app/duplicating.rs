//! Copies under new ids: of the whole project as another one, or of the journey shown as its to-be version.

use super::App;
use super::files;
use super::notice::Weight;
use super::outcome::{Next, Outcome};
use super::request::Request;
use super::session::{File, Session};
use crate::canvas::Order;
use crate::edit::command;
use crate::i18n::{Msg, file_name};
use crate::id::Source;
use crate::store::respondents::KnownRespondents;
use std::path::PathBuf;

impl App {
    /// Writes the whole project, in its current state, into a file as another project.
    pub(super) fn duplicate_project(&mut self, path: PathBuf) {
        let lang = self.lang();
        let Some(session) = &self.session else { return };
        let project = session.project().clone();
        let given_up = Some(session.state());
        let file = session.file.as_ref().map(|file| file.path.clone());
        let originals: Vec<PathBuf> = file.into_iter().chain(session.damaged.clone()).collect();
        let mut source = Source::seeded(self.source.next_u64());
        let known = self.settings.state.as_deref().map(KnownRespondents::in_state);
        self.work.start(Msg::Saving, move |_| {
            let spared = files::spare(&originals, &path, Msg::DuplicateKeepsOriginal, lang);
            let result = spared.and_then(|()| {
                let copy = command::with_fresh_ids(&project, &mut source);
                if let Some(known) = &known {
                    known.carry_over(&project, &copy);
                }
                let saved = files::save(path.clone(), None, &copy, None, lang, None);
                saved.map_err(|failure| failure.error.message(lang))
            });
            Outcome::Duplicated { path, given_up, result }
        });
    }

    /// Opens the duplicate if no unsaved work would be lost, else offers to open it.
    pub(super) fn duplicated(
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
                let weight = if doubt.is_empty() { Weight::Info } else { Weight::Warning };
                let is_as_copied =
                    |session: &Session| !session.is_dirty() && given_up == Some(session.state());
                if self.session.as_ref().is_some_and(is_as_copied) {
                    self.leave(Next::Open(path));
                    let text = Msg::DuplicateOpened.with(lang, &[("file", &name)]);
                    self.notices.add(weight, format!("{text}{doubt}"));
                } else {
                    let text = Msg::DuplicateSaved.with(lang, &[("file", &name)]);
                    let open = Request::Open(path);
                    self.notices.offer(Weight::Warning, format!("{text}{doubt}"), Msg::OpenNow, open);
                }
            }
            Err(problem) => {
                let what = Msg::CannotSave.with(lang, &[("file", &name)]);
                self.fail(format!("{what}\n{problem}"));
            }
        }
    }

    /// Copies the journey shown as its to-be version, shows the copy, and starts editing its title.
    pub(super) fn duplicate_journey(&mut self) {
        let lang = self.lang();
        let Some(session) = &self.session else { return };
        let title = Msg::ToBeTitle.with(lang, &[("title", &session.title(lang))]);
        let project = session.project();
        let id = session.journey_id();
        let copied = command::duplicate_journey(project, id, &title, &mut self.source);
        let Some((transaction, copy)) = copied else { return };
        self.commit(transaction);
        if let Some(session) = &mut self.session {
            session.show(copy);
        }
        self.orders.push(Order::EditTitle(copy.into()));
    }
}
