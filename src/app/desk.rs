//! What a panel reads from and asks at: the open project, the looks, and where wishes go.

use super::refused::Refused;
use super::request::Request;
use super::session::Session;
use crate::edit::{Op, Transaction, command};
use crate::i18n::{Lang, Msg};
use crate::id::{Id, Kind, Source};
use crate::model::value::{Atom, Value};
use crate::model::{Field, Project};
use crate::survey::import::remove_batch;
use crate::theme::Theme;

pub use super::reading::Reading;

/// Text that is being typed into a field and not yet part of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The record.
    pub id: Id,
    /// Its field.
    pub field: Field,
    /// Further records whose field gets the same.
    pub also: Vec<Id>,
    /// How the text is read.
    pub reading: Reading,
    /// What the field held when typing began; others may have changed it since.
    pub from: Option<Value>,
    /// The text so far.
    pub text: String,
    /// Whether the field was drawn in this frame.
    pub drawn: bool,
}

/// A panel's desk.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The open project.
    pub session: &'a Session,
    /// The language spoken.
    pub lang: Lang,
    /// The colours.
    pub theme: &'static Theme,
    /// Where new ids come from.
    pub source: &'a mut Source,
    /// Where wishes go.
    pub requests: &'a mut Vec<Request>,
    /// The field being typed into.
    pub pending: &'a mut Option<Pending>,
    /// What was just made and waits for its name.
    pub naming: &'a mut Option<Id>,
    /// What was typed and can't be read.
    pub refused: &'a mut Refused,
}

impl<'a> Desk<'a> {
    /// The document.
    pub fn project(&self) -> &'a Project {
        self.session.project()
    }

    /// A message in the language spoken.
    pub fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    /// Asks for something.
    pub fn ask(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Asks for one undo step.
    pub fn commit(&mut self, transaction: Transaction) {
        if !transaction.is_empty() {
            self.ask(Request::Commit(transaction));
        }
    }

    /// Asks for a field to be set, where that changes it.
    pub fn set(&mut self, id: Id, field: Field, value: &Value) {
        let transaction = command::set_field(self.project(), &[id], field, value);
        self.commit(transaction);
    }

    /// Asks for a field to be set, where that changes it.
    pub fn put(&mut self, id: Id, field: Field, value: &impl Atom) {
        self.set(id, field, &value.to_value());
    }

    /// Takes over what was typed into a field, where it is a value for it; else it is kept and shown as refused.
    pub fn take(&mut self, pending: &Pending) {
        // A text of a lane that says nothing is not there.
        if pending.id.kind() == Kind::Cell && pending.text.trim().is_empty() {
            return self.delete(pending.id);
        }
        let Some(to) = pending.reading.value(&pending.text) else {
            return self.refused.keep(pending.clone());
        };
        let (id, field) = (pending.id, pending.field);
        self.refused.forget(id, field);
        if !pending.also.is_empty() {
            let ids: Vec<Id> = std::iter::once(id).chain(pending.also.iter().copied()).collect();
            let transaction = command::set_field(self.project(), &ids, field, &to);
            return self.commit(transaction);
        }
        match &pending.from {
            // Others changed it while it was typed: as a change of what was there, it is merged with theirs.
            Some(from) if self.held(id, field).as_ref() != Some(from) => {
                if *from != to {
                    self.commit(Transaction::new(vec![Op::Set { id, field, from: from.clone(), to }]));
                }
            }
            _ => self.set(id, field, &to),
        }
    }

    /// What the field typed into held when typing began, or holds now where nobody types.
    pub fn began_with(&self, id: Id, field: Field) -> Option<Value> {
        let mine = self.pending.as_ref().filter(|pending| pending.id == id && pending.field == field);
        mine.map_or_else(|| self.held(id, field), |pending| pending.from.clone())
    }

    /// What was typed into a field and could not be read, while nothing else was put there.
    pub fn refused_text(&self, id: Id, field: Field) -> Option<&str> {
        let refused = self.refused.of(id, field)?;
        (refused.from == self.held(id, field)).then_some(refused.text.as_str())
    }

    fn held(&self, id: Id, field: Field) -> Option<Value> {
        self.project().record(id)?.get(field)
    }

    /// Asks for something new, made by a command that tells its id, to be added and selected.
    pub fn create<I: Into<Id>>(&mut self, make: impl FnOnce(&Project, &mut Source) -> (Transaction, I)) {
        let (transaction, id) = make(self.session.project(), self.source);
        self.ask(Request::CommitAndSelect(transaction, id.into()));
    }

    /// Asks for an element to be deleted with what hangs on it.
    pub fn delete(&mut self, id: Id) {
        let project = self.session.project();
        let transaction = match id.to() {
            Some(batch) => remove_batch(project, batch, self.source),
            None => command::delete(project, &[id], self.source),
        };
        self.commit(transaction);
    }
}

impl super::App {
    /// The desk for a panel, while a project is open.
    pub fn desk(&mut self) -> Option<Desk<'_>> {
        let (lang, theme) = (self.lang(), self.theme());
        Some(Desk {
            session: self.session.as_ref()?,
            lang,
            theme,
            source: &mut self.source,
            requests: &mut self.requests,
            pending: &mut self.pending,
            naming: &mut self.naming,
            refused: &mut self.refused,
        })
    }

    /// Makes what is being typed in a field part of the document, where it is a value for it; typing can go on.
    pub(crate) fn settle_typing(&mut self) {
        let fits = |pending: &mut Pending| pending.reading.value(&pending.text).is_some();
        let Some(pending) = self.pending.take_if(fits) else { return };
        let later = std::mem::take(&mut self.requests);
        if let Some(mut desk) = self.desk() {
            desk.take(&pending);
        }
        for request in std::mem::replace(&mut self.requests, later) {
            if let Request::Commit(transaction) = request {
                self.commit(transaction);
            }
        }
    }

    /// Keeps text that was being typed when its field went away, for example because something else was selected.
    pub fn settle_pending(&mut self) {
        match &mut self.pending {
            Some(pending) if pending.drawn => pending.drawn = false,
            Some(_) => {
                if let (Some(pending), Some(mut desk)) = (self.pending.take(), self.desk()) {
                    desk.take(&pending);
                }
            }
            None => {}
        }
    }
}
