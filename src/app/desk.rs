//! The context of a panel: the open project, the theme and language, and the queue of requests.

use super::refused_texts::RefusedTexts;
use super::request::AppRequest;
use super::session::Session;
use engine::edit::{Op, Transaction, command};
use engine::i18n::{Lang, Msg, title_of};
use engine::id::{Id, IdSource, Kind};
use engine::model::value::{Atom, FieldValue};
use engine::model::{Field, FieldOf, Project, title_field};
use engine::survey::import::remove_batch;
use engine::theme::Theme;

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
    pub from: Option<FieldValue>,
    /// The text so far.
    pub text: String,
    /// True if the field was drawn in this frame.
    pub drawn: bool,
}

/// The texts being typed into fields of the panels, which are not part of the document yet.
#[derive(Debug, Default)]
pub struct FieldTyping {
    /// The text of the field being typed into, if any.
    pub pending: Option<Pending>,
    /// The new element that waits for its name to be typed.
    pub naming: Option<Id>,
    /// Texts that were typed but could not be parsed.
    pub refused: RefusedTexts,
}

/// The context that a panel draws with: what it reads, and where it sends requests.
#[derive(Debug)]
pub struct EditContext<'a> {
    /// The open project.
    pub session: &'a Session,
    /// The interface language.
    pub lang: Lang,
    /// The colours of the theme.
    pub theme: &'static Theme,
    /// The source of new ids.
    pub source: &'a mut IdSource,
    /// The queue of requests, handled after the frame.
    pub requests: &'a mut Vec<AppRequest>,
    /// The texts being typed into fields.
    pub typing: &'a mut FieldTyping,
}

impl<'a> EditContext<'a> {
    /// Returns the open document.
    pub fn project(&self) -> &'a Project {
        self.session.project()
    }

    /// Returns a message in the interface language.
    pub fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    /// Returns the title of an element, or a description of one without a title.
    pub fn title_of(&self, id: impl Into<Id>) -> String {
        title_of(self.project(), id.into(), self.lang)
    }

    /// Queues a request.
    pub fn queue_request(&mut self, request: AppRequest) {
        self.requests.push(request);
    }

    /// Requests a transaction as one undo step; empty ones are ignored.
    pub fn request_commit(&mut self, transaction: Transaction) {
        if !transaction.is_empty() {
            self.queue_request(AppRequest::Commit(transaction));
        }
    }

    /// Requests that a field be set, if that changes it.
    pub fn set_field(&mut self, id: Id, field: impl Into<Field>, value: &FieldValue) {
        let transaction = command::set_field(self.project(), &[id], field, value);
        self.request_commit(transaction);
    }

    /// Like [`EditContext::set_field`], from a typed value.
    pub fn set_atom<R, T: Atom>(&mut self, id: Id, field: FieldOf<R, T>, value: &T) {
        self.set_field(id, field, &value.to_value());
    }

    /// Commits the text typed into a field if it parses; else it is kept and shown as refused.
    pub fn commit_pending(&mut self, pending: &Pending) {
        // An empty text in a lane cell deletes the cell.
        if pending.id.kind() == Kind::Cell && pending.text.trim().is_empty() {
            return self.delete_element(pending.id);
        }
        // An emptied title keeps its old text, as on the map.
        let kind = pending.id.kind();
        let is_title = title_field(kind) == Some(pending.field) && command::needs_title(kind);
        if is_title && pending.text.trim().is_empty() {
            return self.typing.refused.forget_text(pending.id, pending.field);
        }
        let Some(to) = pending.reading.parse_value(&pending.text) else {
            return self.typing.refused.keep_text(pending.clone());
        };
        let id = pending.id;
        let field = pending.field;
        self.typing.refused.forget_text(id, field);
        if !pending.also.is_empty() {
            let ids: Vec<Id> = std::iter::once(id).chain(pending.also.iter().copied()).collect();
            let transaction = command::set_field(self.project(), &ids, field, &to);
            return self.request_commit(transaction);
        }
        match &pending.from {
            // Others changed it during typing: committed as a change from the original value, so that it is
            // merged with theirs.
            Some(from) if self.current_value(id, field).as_ref() != Some(from) => {
                if *from != to {
                    self.request_commit(Transaction::new(vec![Op::Set {
                        id,
                        field,
                        from: from.clone(),
                        to,
                    }]));
                }
            }
            _ => self.set_field(id, field, &to),
        }
    }

    /// Returns the field's value when typing began, or its current value if nobody is typing in it.
    pub fn began_with(&self, id: Id, field: Field) -> Option<FieldValue> {
        let mine = self.typing.pending.as_ref().filter(|pending| pending.id == id && pending.field == field);
        mine.map_or_else(|| self.current_value(id, field), |pending| pending.from.clone())
    }

    /// Returns the text typed into a field that could not be parsed, unless the field has changed since.
    pub fn refused_text(&self, id: Id, field: Field) -> Option<&str> {
        let refused = self.typing.refused.find_text(id, field)?;
        (refused.from == self.current_value(id, field)).then_some(refused.text.as_str())
    }

    fn current_value(&self, id: Id, field: Field) -> Option<FieldValue> {
        self.project().record(id)?.get(field)
    }

    /// Requests that a new element be added and selected; `make` returns the transaction and the new id.
    pub fn create_element<I: Into<Id>>(
        &mut self,
        make: impl FnOnce(&Project, &mut IdSource) -> (Transaction, I),
    ) {
        let (transaction, id) = make(self.session.project(), self.source);
        self.queue_request(AppRequest::CommitAndSelect(transaction, id.into()));
    }

    /// Requests that an element be deleted together with its dependents.
    pub fn delete_element(&mut self, id: Id) {
        let project = self.session.project();
        let transaction = match id.to_typed() {
            Some(batch) => remove_batch(project, batch, self.source),
            None => command::delete_records(project, &[id], self.source),
        };
        self.request_commit(transaction);
    }
}

impl super::App {
    /// Returns the context for a panel; `None` if no project is open.
    pub fn edit_context(&mut self) -> Option<EditContext<'_>> {
        let lang = self.lang();
        let theme = self.theme();
        Some(EditContext {
            session: self.session.as_ref()?,
            lang,
            theme,
            source: &mut self.source,
            requests: &mut self.requests,
            typing: &mut self.workspace.typing,
        })
    }

    /// Commits the text being typed in a field if it parses; typing may continue.
    pub(crate) fn settle_typing(&mut self) {
        let fits = |pending: &mut Pending| pending.reading.parse_value(&pending.text).is_some();
        let Some(pending) = self.workspace.typing.pending.take_if(fits) else { return };
        let later = std::mem::take(&mut self.requests);
        if let Some(mut desk) = self.edit_context() {
            desk.commit_pending(&pending);
        }
        for request in std::mem::replace(&mut self.requests, later) {
            if let AppRequest::Commit(transaction) = request {
                self.commit_transaction(transaction);
            }
        }
    }

    /// Commits text being typed when its field is no longer drawn, for example because the selection changed.
    pub fn settle_pending(&mut self) {
        match &mut self.workspace.typing.pending {
            Some(pending) if pending.drawn => pending.drawn = false,
            Some(_) => {
                if let (Some(pending), Some(mut desk)) =
                    (self.workspace.typing.pending.take(), self.edit_context())
                {
                    desk.commit_pending(&pending);
                }
            }
            None => {}
        }
    }
}
