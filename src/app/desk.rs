//! What a panel reads from and asks at: the open project, the looks, and where wishes go.

use super::request::Request;
use super::session::Session;
use crate::edit::{Op, Transaction, command};
use crate::i18n::{Lang, Msg, figure};
use crate::id::{Id, Kind, Source};
use crate::model::value::{Atom, Value};
use crate::model::{Field, Project};
use crate::survey::import::remove_batch;
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// How typed text becomes a field's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// As it is.
    Text,
    /// A number in a range, or none.
    Number(f64, f64),
    /// A whole number from 0 on, or none.
    Whole,
    /// A date such as 2026-11-22, or none.
    Date,
    /// A set of short texts, separated by commas.
    Codes,
    /// A set of texts, one a line.
    Lines,
    /// Words with their numbers, such as `yes = 1`, one a line.
    Words,
}

impl Reading {
    /// The value typed; none where it can't be one, and the field stays as it is.
    pub fn value(self, text: &str) -> Option<Value> {
        match self {
            Self::Text => return Some(Value::Text(text.to_owned())),
            Self::Codes => return Some(set(text.split([',', '，', ';']))),
            Self::Lines => return Some(set(text.lines())),
            Self::Words => return words(text),
            Self::Number(..) | Self::Whole | Self::Date => {}
        }
        let plain = text.trim().replace('\u{2212}', "-").replace(',', ".");
        if plain.is_empty() {
            return Some(Value::Nothing);
        }
        match self {
            Self::Text | Self::Codes | Self::Lines | Self::Words => None,
            Self::Number(low, high) => {
                let number = plain.parse::<f64>().ok().filter(|number| (low..=high).contains(number));
                number.map(|number| number.to_value())
            }
            Self::Whole => plain.parse::<u64>().ok().map(|number| number.to_value()),
            Self::Date => plain.parse::<jiff::civil::Date>().ok().map(|date| date.to_value()),
        }
    }

    /// What can be typed, in a language; nothing where everything can.
    pub fn expects(self, lang: Lang) -> String {
        match self {
            Self::Text | Self::Codes | Self::Lines => String::new(),
            Self::Number(low, high) if high < 1e6 => {
                let (low, high) = (figure(low, 3), figure(high, 3));
                Msg::ExpectsNumber.with(lang, &[("low", &low), ("high", &high)])
            }
            Self::Number(..) | Self::Whole => Msg::ExpectsAmount.text(lang).to_owned(),
            Self::Date => Msg::ExpectsDate.text(lang).to_owned(),
            Self::Words => Msg::ExpectsWords.text(lang).to_owned(),
        }
    }
}

fn set<'a>(parts: impl Iterator<Item = &'a str>) -> Value {
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect::<BTreeSet<String>>().to_value()
}

fn words(text: &str) -> Option<Value> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let word = |line: &str| {
        let (word, number) = line.rsplit_once(['=', '＝'])?;
        let number: f64 = number.trim().replace(',', ".").parse().ok()?;
        Some((word.trim().to_owned(), number)).filter(|(word, number)| !word.is_empty() && number.is_finite())
    };
    Some(lines.map(word).collect::<Option<BTreeMap<String, f64>>>()?.to_value())
}

/// Text that is being typed into a field and not yet part of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The record.
    pub id: Id,
    /// Its field.
    pub field: Field,
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

    /// Takes over what was typed into a field, where it is a value for it.
    pub fn take(&mut self, pending: &Pending) {
        // A text of a lane that says nothing is not there.
        if pending.id.kind() == Kind::Cell && pending.text.trim().is_empty() {
            return self.delete(pending.id);
        }
        let Some(to) = pending.reading.value(&pending.text) else { return };
        let (id, field) = (pending.id, pending.field);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_value_or_is_refused() {
        let number = Reading::Number(-2.0, 2.0);
        assert_eq!(number.value(" \u{2212}1,5 "), Some(Value::Number(-1.5)));
        assert_eq!(number.value(""), Some(Value::Nothing));
        assert_eq!((number.value("3"), number.value("much"), number.value("NaN")), (None, None, None));
        assert_eq!(Reading::Whole.value("214"), Some(Value::Number(214.0)));
        assert_eq!(Reading::Date.value("2026-02-30"), None);
        let codes = ["9", "x"].map(|code| Value::Text(code.to_owned()));
        assert_eq!(Reading::Codes.value(" 9， x,,"), Some(Value::Set(codes.into())));
        let good = [(Value::Text("很好".to_owned()), Value::Number(5.0))];
        assert_eq!(Reading::Words.value("很好 = 5\n\n"), Some(Value::Map(good.into())));
        assert_eq!((Reading::Words.value("good"), Reading::Words.value("= 1")), (None, None));
        assert_eq!(Reading::Text.value(" a "), Some(Value::Text(" a ".to_owned())));
    }
}
