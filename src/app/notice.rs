//! Notices: important ones are shown until dismissed, others for a few seconds.

use super::request::AppRequest;
use engine::i18n::{Msg, escape_invisible, shorten_lines};
use std::time::{Duration, Instant};

/// The importance of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeLevel {
    /// Something succeeded.
    Info,
    /// Something deserves a look.
    Warning,
    /// Something failed.
    Error,
}

/// Identifies a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeId(u64);

/// A message to the user.
#[derive(Debug)]
pub struct Notice {
    /// Identifies the notice.
    pub id: NoticeId,
    /// The importance of the message.
    pub weight: NoticeLevel,
    /// The text shown.
    pub text: String,
    /// An action offered with the message: the link's label, and the request it sends.
    pub offer: Option<(Msg, AppRequest)>,
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
    fn remaining_life(&self) -> Option<Duration> {
        let life = if self.offer.is_some() { OFFER_LIFE } else { LIFE };
        (self.weight == NoticeLevel::Info).then(|| life.saturating_sub(self.born.elapsed()))
    }
}

/// The notices shown, oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    shown: Vec<Notice>,
    last: u64,
}

impl Notices {
    /// Shows a message; an equal one that is shown already is replaced.
    pub fn add_notice(&mut self, weight: NoticeLevel, text: impl Into<String>) {
        self.push_notice(weight, &text.into(), None);
    }

    /// Shows a message with an action to choose.
    pub fn add_offer(
        &mut self,
        weight: NoticeLevel,
        text: impl Into<String>,
        words: Msg,
        request: AppRequest,
    ) {
        self.push_notice(weight, &text.into(), Some((words, request)));
    }

    fn push_notice(&mut self, weight: NoticeLevel, text: &str, offer: Option<(Msg, AppRequest)>) {
        // Long texts are shortened, since nobody reads a message that fills the window.
        let text = escape_invisible(&shorten_lines(text));
        self.shown.retain(|notice| notice.text != text);
        self.last += 1;
        let id = NoticeId(self.last);
        self.shown.push(Notice { id, weight, text, offer, step: None, born: Instant::now() });
    }

    /// Returns the notices, oldest first.
    pub fn as_slice(&self) -> &[Notice] {
        &self.shown
    }

    /// Removes a notice; returns its offer.
    pub fn dismiss_notice(&mut self, id: NoticeId) -> Option<AppRequest> {
        let place = self.shown.iter().position(|notice| notice.id == id)?;
        self.shown.remove(place).offer.map(|(_, request)| request)
    }

    /// Removes notices with an offer, which was meant for the document that was open.
    pub(crate) fn withdraw_offers(&mut self) {
        self.shown.retain(|notice| notice.offer.is_none());
    }

    /// Ties the last notice to an undo step.
    pub(super) fn tie_last(&mut self, step: Option<u64>) {
        if let Some(last) = self.shown.last_mut() {
            last.step = step;
        }
    }

    /// Removes the notices about steps that are no longer done.
    pub(super) fn withdraw_undone(&mut self, is_done: impl Fn(u64) -> bool) {
        self.shown.retain(|notice| notice.step.is_none_or(&is_done));
    }

    /// Removes expired notices; returns the time until the next one expires.
    pub fn remove_expired(&mut self) -> Option<Duration> {
        self.shown.retain(|notice| notice.remaining_life().is_none_or(|left| left > Duration::ZERO));
        self.shown.iter().filter_map(Notice::remaining_life).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stay_until_dismissed_and_are_never_doubled() {
        let mut notices = Notices::default();
        notices.add_notice(NoticeLevel::Error, "disk full");
        notices.add_notice(NoticeLevel::Error, "disk full");
        assert_eq!(notices.as_slice().len(), 1);
        assert_eq!(notices.remove_expired(), None);
        notices.add_notice(NoticeLevel::Info, "saved");
        assert!(notices.remove_expired().is_some_and(|left| left <= LIFE));
        let mut offers = Notices::default();
        offers.add_offer(NoticeLevel::Info, "pasted", Msg::Undo, AppRequest::CloseDialog);
        assert!(offers.remove_expired().is_some_and(|left| left > LIFE && left <= OFFER_LIFE));
        offers.tie_last(Some(3));
        offers.withdraw_undone(|step| step == 3);
        assert_eq!(offers.as_slice().len(), 1);
        offers.withdraw_undone(|_| false);
        assert!(offers.as_slice().is_empty(), "it went with its step");
        let error = notices.as_slice()[0].id;
        assert!(notices.dismiss_notice(error).is_none() && notices.dismiss_notice(error).is_none());
        assert_eq!(notices.as_slice()[0].text, "saved");
    }
}
