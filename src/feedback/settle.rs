//! What a person says about a column settles its doubts.

use super::cell::{fold, number};
use super::profile::ColumnProfile;
use super::propose::{Column, Doubt};
use super::scale::guess;
use crate::model::choice::{DateOrder, Direction};
use crate::model::counts::Answer;
use crate::model::recipe::ColumnRole;

impl Column {
    /// Reads a code as no answer; where it is the scale's 0, the scale begins at 1.
    pub fn miss(&mut self, code: &str) {
        self.rule.missing.insert(fold(code));
        let code = number(code);
        let rule = &mut self.rule;
        if code.is_some() && code == Answer::new(0.0) && Answer::new(rule.low) == code && rule.high > 1.0 {
            rule.low = 1.0;
        }
        self.settle(|doubt| code.is_some() && doubt_about(doubt) == code);
    }

    /// Whether a code is one of the column's possible answers, and nobody doubts it.
    pub fn is_answer(&self, code: &str) -> bool {
        let on_scale = |code: Answer| (self.rule.low..=self.rule.high).contains(&code.get());
        let doubted = |code: Answer| self.doubts.iter().any(|doubt| doubt_about(*doubt) == Some(code));
        number(code).is_some_and(|code| on_scale(code) && !doubted(code))
            || self.rule.words.contains_key(&fold(code))
    }

    /// Reads a text as a number. Words alone make the scale; beside numbers they widen it.
    pub fn value(&mut self, text: &str, value: f64) {
        let rule = &mut self.rule;
        rule.words.insert(fold(text), value);
        rule.missing.remove(&fold(text));
        if rule.low >= rule.high {
            let values = || rule.words.values().copied();
            rule.low = values().fold(f64::INFINITY, f64::min);
            rule.high = values().fold(f64::NEG_INFINITY, f64::max);
        }
        (rule.low, rule.high) = (rule.low.min(value), rule.high.max(value));
        let code = number(text);
        self.settle(|doubt| code.is_some() && doubt_about(doubt) == code);
    }

    /// Sets the ends of the scale.
    pub fn scale(&mut self, low: f64, high: f64) {
        (self.rule.low, self.rule.high) = (low, high);
        self.settle(|doubt| match doubt {
            Doubt::Turn(_) => true,
            Doubt::Zero => low > 0.0,
            Doubt::Past(code) => high >= f64::from(code),
            _ => false,
        });
    }

    /// Sets which end is good.
    pub fn good_end(&mut self, direction: Direction) {
        self.rule.direction = direction;
        self.settle(|doubt| doubt == Doubt::Direction);
    }

    /// Sets what comes first in dates.
    pub fn date_order(&mut self, order: DateOrder) {
        self.rule.order = order;
        self.settle(|doubt| doubt == Doubt::Order);
    }

    /// Says whether a column of one answer in an aggregated table holds shares, or counts.
    pub fn read_shares(&mut self, shares: bool) {
        if matches!(self.rule.role, ColumnRole::AnswerCount | ColumnRole::AnswerShare) {
            self.rule.role = if shares { ColumnRole::AnswerShare } else { ColumnRole::AnswerCount };
            self.settle(|doubt| doubt == Doubt::Unit);
        }
    }

    /// Makes the column one of answers: with the scale its cells suggest where it had none. False where they suggest none:
    /// its two ends are then the same until words or a scale are given.
    pub fn read_answers(&mut self, profile: &ColumnProfile) -> bool {
        if self.reason.has_scale() {
            return true;
        }
        let scale = guess(profile, false);
        (self.rule.low, self.rule.high) = scale.as_ref().map_or((0.0, 0.0), |scale| (scale.low, scale.high));
        self.rule.missing = scale.as_ref().map(|scale| scale.missing.clone()).unwrap_or_default();
        scale.is_some()
    }

    fn settle(&mut self, settled: impl Fn(Doubt) -> bool) {
        self.doubts.retain(|doubt| !settled(*doubt));
    }
}

/// The number a doubt is about.
fn doubt_about(doubt: Doubt) -> Option<Answer> {
    match doubt {
        Doubt::Zero => Answer::new(0.0),
        Doubt::Past(code) => Answer::new(f64::from(code)),
        _ => None,
    }
}
