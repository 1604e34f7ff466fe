//! Notices: important ones are shown until dismissed, others for a few seconds.

use super::request::Request;
use crate::i18n::{Msg, brief, plain};
use std::time::{Duration, Instant};

/// The importance of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Something succeeded.
    Info,
    /// Something deserves a look.
    Warning,
    /// Something failed.
    Error,
}

/// A message to the user.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The importance of the message.
    pub weight: Weight,
    /// The text shown.
    pub text: String,
    /// An action offered with the message: the link's label, and the request it sends.
    pub offer: Option<(Msg, Request)>,
    /// The number of the undo step that the message is about.
    step: Option<u64>,
    born: Instant,
}

/// Lifetime of an info notice without an offer.
const LIFE: Duration = Duration::from_secs(5);
/// Lifetime of an info notice with an offer, which takes longer to read and to reach.
const OFFER_LIFE: Duration = Duration::from_secs(20);

impl Notice {
    /// Returns the remaining lifetime; `None` if the notice stays until dismissed.
    fn left(&self) -> Option<Duration> {
        let life = if self.offer.is_some() { OFFER_LIFE } else { LIFE };
        (self.weight == Weight::Info).then(|| life.saturating_sub(self.born.elapsed()))
    }
}

/// The notices shown, oldest first.
#[derive(Debug, Default)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// Shows a message; an equal one that is shown already is replaced.
    pub fn add(&mut self, weight: Weight, text: impl Into<String>) {
        self.put(weight, &text.into(), None);
    }

    /// Shows a message with an action to choose.
    pub fn offer(&mut self, weight: Weight, text: impl Into<String>, words: Msg, request: Request) {
        self.put(weight, &text.into(), Some((words, request)));
    }

    fn put(&mut self, weight: Weight, text: &str, offer: Option<(Msg, Request)>) {
        // Long texts are shortened, since nobody reads a message that fills the window.
        let text = plain(&brief(text));
        self.0.retain(|notice| notice.text != text);
        self.0.push(Notice { weight, text, offer, step: None, born: Instant::now() });
    }

    /// Returns the notices, oldest first.
    pub fn list(&self) -> &[Notice] {
        &self.0
    }

    /// Removes the notice at this index.
    pub fn dismiss(&mut self, place: usize) {
        if place < self.0.len() {
            self.0.remove(place);
        }
    }

    /// Removes notices with an offer, which was meant for the document that was open.
    pub(super) fn withdraw_offers(&mut self) {
        self.0.retain(|notice| notice.offer.is_none());
    }

    /// Ties the last notice to an undo step.
    pub(super) fn tie_last(&mut self, step: Option<u64>) {
        if let Some(last) = self.0.last_mut() {
            last.step = step;
        }
    }

    /// Removes the notices about steps that are no longer done.
    pub(super) fn withdraw_undone(&mut self, is_done: impl Fn(u64) -> bool) {
        self.0.retain(|notice| notice.step.is_none_or(&is_done));
    }

    /// Removes expired notices; returns the time until the next one expires.
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
        offers.tie_last(Some(3));
        offers.withdraw_undone(|step| step == 3);
        assert_eq!(offers.list().len(), 1);
        offers.withdraw_undone(|_| false);
        assert!(offers.list().is_empty(), "it went with its step");
        notices.dismiss(7);
        notices.dismiss(0);
        assert_eq!(notices.list()[0].text, "saved");
    }
}
