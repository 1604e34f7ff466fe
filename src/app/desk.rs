//! The context of a panel: the open project, the theme and language, and the queue of requests.

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

/// Text being typed into a field that is not yet part of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The record edited.
    pub id: Id,
    /// The field of that record.
    pub field: Field,
    /// Further records whose field gets the same value.
    pub also: Vec<Id>,
    /// The parser for the text.
    pub reading: Reading,
    /// The field's value when typing began; remote changes may have replaced it since.
    pub from: Option<Value>,
    /// The text so far.
    pub text: String,
    /// True if the field was drawn in this frame.
    pub drawn: bool,
}

/// The context that a panel draws with: what it reads, and where it sends requests.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The open project.
    pub session: &'a Session,
    /// The interface language.
    pub lang: Lang,
    /// The colours of the theme.
    pub theme: &'static Theme,
    /// The source of new ids.
    pub source: &'a mut Source,
    /// The queue of requests, handled after the frame.
    pub requests: &'a mut Vec<Request>,
    /// The field being typed into, if any.
    pub pending: &'a mut Option<Pending>,
    /// The new element that waits for its name to be typed.
    pub naming: &'a mut Option<Id>,
    /// Texts that were typed but could not be parsed.
    pub refused: &'a mut Refused,
}

impl<'a> Desk<'a> {
    /// Returns the open document.
    pub fn project(&self) -> &'a Project {
        self.session.project()
    }

    /// Returns a message in the interface language.
    pub fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    /// Queues a request.
    pub fn ask(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Requests a transaction as one undo step; empty ones are ignored.
    pub fn commit(&mut self, transaction: Transaction) {
        if !transaction.is_empty() {
            self.ask(Request::Commit(transaction));
        }
    }

    /// Requests that a field be set, if that changes it.
    pub fn set(&mut self, id: Id, field: Field, value: &Value) {
        let transaction = command::set_field(self.project(), &[id], field, value);
        self.commit(transaction);
    }

    /// Like [`Desk::set`], from a typed value.
    pub fn put(&mut self, id: Id, field: Field, value: &impl Atom) {
        self.set(id, field, &value.to_value());
    }

    /// Commits the text typed into a field if it parses; else it is kept and shown as refused.
    pub fn take(&mut self, pending: &Pending) {
        // An empty text in a lane cell deletes the cell.
        if pending.id.kind() == Kind::Cell && pending.text.trim().is_empty() {
            return self.delete(pending.id);
        }
        // An emptied title keeps its old text, as on the map.
        let kind = pending.id.kind();
        let is_title = command::title_field(kind) == Some(pending.field) && command::needs_title(kind);
        if is_title && pending.text.trim().is_empty() {
            return self.refused.forget(pending.id, pending.field);
        }
        let Some(to) = pending.reading.value(&pending.text) else {
            return self.refused.keep(pending.clone());
        };
        let id = pending.id;
        let field = pending.field;
        self.refused.forget(id, field);
        if !pending.also.is_empty() {
            let ids: Vec<Id> = std::iter::once(id).chain(pending.also.iter().copied()).collect();
            let transaction = command::set_field(self.project(), &ids, field, &to);
            return self.commit(transaction);
        }
        match &pending.from {
            // Others changed it during typing: committed as a change from the original value, so that it is
            // merged with theirs.
            Some(from) if self.held(id, field).as_ref() != Some(from) => {
                if *from != to {
                    self.commit(Transaction::new(vec![Op::Set { id, field, from: from.clone(), to }]));
                }
            }
            _ => self.set(id, field, &to),
        }
    }

    /// Returns the field's value when typing began, or its current value if nobody is typing in it.
    pub fn began_with(&self, id: Id, field: Field) -> Option<Value> {
        let mine = self.pending.as_ref().filter(|pending| pending.id == id && pending.field == field);
        mine.map_or_else(|| self.held(id, field), |pending| pending.from.clone())
    }

    /// Returns the text typed into a field that could not be parsed, unless the field has changed since.
    pub fn refused_text(&self, id: Id, field: Field) -> Option<&str> {
        let refused = self.refused.of(id, field)?;
        (refused.from == self.held(id, field)).then_some(refused.text.as_str())
    }

    fn held(&self, id: Id, field: Field) -> Option<Value> {
        self.project().record(id)?.get(field)
    }

    /// Requests that a new element be added and selected; `make` returns the transaction and the new id.
    pub fn create<I: Into<Id>>(&mut self, make: impl FnOnce(&Project, &mut Source) -> (Transaction, I)) {
        let (transaction, id) = make(self.session.project(), self.source);
        self.ask(Request::CommitAndSelect(transaction, id.into()));
    }

    /// Requests that an element be deleted together with its dependents.
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
    /// Returns the context for a panel; `None` if no project is open.
    pub fn desk(&mut self) -> Option<Desk<'_>> {
        let lang = self.lang();
        let theme = self.theme();
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

    /// Commits the text being typed in a field if it parses; typing may continue.
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

    /// Commits text being typed when its field is no longer drawn, for example because the selection changed.
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
