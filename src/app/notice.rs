//! What the program has to tell: shown until dismissed when it matters, for a few seconds when it doesn't.

use super::request::Request;
use crate::i18n::{Msg, brief, plain};
use std::time::{Duration, Instant};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Something went as wanted.
    Info,
    /// Something should be looked at.
    Warning,
    /// Something did not happen.
    Error,
}

/// One message.
#[derive(Debug, Clone)]
pub struct Notice {
    /// How much it matters.
    pub weight: Weight,
    /// What it says.
    pub text: String,
    /// What can be done about it at once: the words of the link, and what it asks for.
    pub offer: Option<(Msg, Request)>,
    born: Instant,
}

/// How long a message that needs no answer stays.
const LIFE: Duration = Duration::from_secs(5);
/// How long one stays that offers something: it must be read, and the pointer must get there.
const OFFER_LIFE: Duration = Duration::from_secs(20);

impl Notice {
    /// How long it still stays; none where it waits to be dismissed.
    fn left(&self) -> Option<Duration> {
        let life = if self.offer.is_some() { OFFER_LIFE } else { LIFE };
        (self.weight == Weight::Info).then(|| life.saturating_sub(self.born.elapsed()))
    }
}

/// The messages shown, oldest first.
#[derive(Debug, Default)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// Shows a message; the same one is shown once.
    pub fn add(&mut self, weight: Weight, text: impl Into<String>) {
        self.put(weight, &text.into(), None);
    }

    /// Shows a message with what can be done about it.
    pub fn offer(&mut self, weight: Weight, text: impl Into<String>, words: Msg, request: Request) {
        self.put(weight, &text.into(), Some((words, request)));
    }

    fn put(&mut self, weight: Weight, text: &str, offer: Option<(Msg, Request)>) {
        // A message that fills the window says less, not more.
        let text = plain(&brief(text));
        self.0.retain(|notice| notice.text != text);
        self.0.push(Notice { weight, text, offer, born: Instant::now() });
    }

    /// The messages, oldest first.
    pub fn list(&self) -> &[Notice] {
        &self.0
    }

    /// Takes one away.
    pub fn dismiss(&mut self, place: usize) {
        if place < self.0.len() {
            self.0.remove(place);
        }
    }

    /// Drops messages that offer to do something to the document that was open.
    pub(super) fn withdraw_offers(&mut self) {
        self.0.retain(|notice| notice.offer.is_none());
    }

    /// Drops what has been shown long enough; says when to look again.
    pub fn age(&mut self) -> Option<Duration> {
        self.0.retain(|notice| notice.left().is_none_or(|left| left > Duration::ZERO));
        self.0.iter().filter_map(Notice::left).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stay_until_dismissed_and_are_never_doubled() {
        let mut notices = Notices::default();
        notices.add(Weight::Error, "disk full");
        notices.add(Weight::Error, "disk full");
        assert_eq!(notices.list().len(), 1);
        assert_eq!(notices.age(), None);
        notices.add(Weight::Info, "saved");
        assert!(notices.age().is_some_and(|left| left <= LIFE));
        let mut offers = Notices::default();
        offers.offer(Weight::Info, "pasted", Msg::Undo, Request::CloseDialog);
        assert!(offers.age().is_some_and(|left| left > LIFE && left <= OFFER_LIFE));
        notices.dismiss(7);
        notices.dismiss(0);
        assert_eq!(notices.list()[0].text, "saved");
    }
}
