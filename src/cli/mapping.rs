//! Changes the proposed or saved mapping of a table by the arguments.

use super::args::{Mapping as Arguments, Repeats, Unit};
use super::{Failure, complain};
use crate::i18n::{Lang, Msg};
use crate::model::Journey;
use crate::model::choice::{DateOrder, Direction, WaveSplit};
use crate::model::recipe::ColumnRole;
use crate::survey::cell::{fold, number};
use crate::survey::import::WaveChoice;
use crate::survey::mapping::Mapping;
use crate::survey::profile::ColumnProfile;
use crate::survey::propose::{Column, Doubt, Reason, resolve};
use crate::survey::settle::Says;
use std::fmt::Display;
use std::sync::Arc;

/// A mapping that is changed by the arguments.
pub(super) struct Settings<'a> {
    pub(super) mapping: &'a mut Mapping,
    pub(super) journey: &'a Journey,
    pub(super) lang: Lang,
}

impl Settings<'_> {
    /// Applies all arguments; returns the wave of undated answers, if it was named.
    pub(super) fn apply(&mut self, args: &Arguments) -> Result<Option<WaveChoice>, Failure> {
        if let Some((names, score)) = args.touchpoint_column.as_ref().zip(args.score_column.as_ref()) {
            self.long(names, score)?;
        }
        self.touchpoints(&args.touchpoint)?;
        for name in &args.outcome {
            let target = Some(self.journey.info().id.into());
            let title = self.journey.info().title.clone();
            self.question(name, ColumnRole::Journey, &title, target)?;
        }
        for (names, role) in [(&args.segment, ColumnRole::Segment), (&args.ignore, ColumnRole::Ignore)] {
            names.iter().try_for_each(|name| self.role(name, role))?;
        }
        args.choices.iter().try_for_each(|name| self.choices(name))?;
        args.cross.iter().try_for_each(|pair| self.cross(pair))?;
        args.weight.iter().try_for_each(|name| self.role(name, ColumnRole::Weight))?;
        if args.no_weight {
            self.mapping.set_unweighted();
        }
        self.row_rules(args)?;
        args.yes_no.iter().try_for_each(|name| self.yes_no(name))?;
        if let Some(repeats) = args.repeats {
            self.repeats(repeats);
        }
        args.count.iter().try_for_each(|name| self.role(name, ColumnRole::Count))?;
        if let Some(unit) = args.answers {
            let shares = unit == Unit::Shares;
            self.mapping.read_shares(shares);
        }
        let wave = self.wave(args)?;
        args.value.iter().try_for_each(|value| self.value(value))?;
        args.scale.iter().try_for_each(|scale| self.scale(scale))?;
        args.steps.iter().try_for_each(|steps| self.steps(steps))?;
        args.missing.iter().try_for_each(|code| self.missing(code))?;
        let ends = [(&args.low_is_good, Direction::LowIsGood), (&args.high_is_good, Direction::HighIsGood)];
        for (names, direction) in ends {
            for name in names {
                self.each(name, |column| column.good_end(direction))?;
            }
        }
        match self.mapping.column_without_scale() {
            Some(column) => Err(self.failure(Msg::CliNoScale, &[("column", &column.rule.column)])),
            None => Ok(wave),
        }
    }

    /// Leaves out rows, or counts rows that are proposed to be left out.
    fn row_rules(&mut self, args: &Arguments) -> Result<(), Failure> {
        for (rules, leave_out) in [(&args.leave_out, true), (&args.keep_rows, false)] {
            for rule in rules {
                let sides = rule.match_indices('=').map(|(at, _)| (&rule[..at], &rule[at + 1..]));
                let known = sides.into_iter().find(|(name, _)| self.header(name).is_ok());
                let (name, text) = known.ok_or_else(|| {
                    self.failure(Msg::CliForm, &[("value", rule), ("form", &"COLUMN=TEXT")])
                })?;
                let header = self.header(name)?.name.clone();
                self.mapping.set_row_rule(&header, text, leave_out);
            }
        }
        Ok(())
    }

    /// Counts each id once, or all rows.
    fn repeats(&mut self, repeats: Repeats) {
        let once = repeats == Repeats::Once;
        let says = if once { Says::Once } else { Says::All };
        self.all(|column| {
            let of_rows = |doubt: &Doubt| matches!(doubt, Doubt::Repeats(_) | Doubt::SameRows(_));
            let doubt = column.doubts.iter().copied().find(of_rows);
            if column.rule.role == ColumnRole::Respondent {
                column.rule.once = once;
            }
            if let Some(doubt) = doubt {
                column.say(doubt, says, None);
            }
        });
    }

    fn failure(&self, message: Msg, arguments: &[(&str, &dyn Display)]) -> Failure {
        Failure::new(message, self.lang, arguments)
    }

    /// Returns the column of the table with this name.
    fn header(&self, name: &str) -> Result<&ColumnProfile, Failure> {
        self.mapping.find_column(name).ok_or_else(|| {
            let names: Vec<&str> =
                self.mapping.profile().columns.iter().map(|column| column.name.as_str()).collect();
            self.failure(Msg::CliNoColumn, &[("name", &name), ("names", &names.join(", "))])
        })
    }

    /// Changes all rules of a column.
    fn each(&mut self, name: &str, change: impl FnMut(&mut Column)) -> Result<(), Failure> {
        let places = self.places(name)?;
        self.mapping.change(&places, change);
        Ok(())
    }

    fn places(&self, name: &str) -> Result<Vec<usize>, Failure> {
        Ok(self.mapping.places_of(&self.header(name)?.name))
    }

    /// Changes the rules of all columns.
    fn all(&mut self, change: impl FnMut(&mut Column)) {
        let places: Vec<usize> = (0..self.mapping.columns().len()).collect();
        self.mapping.change(&places, change);
    }

    fn role(&mut self, name: &str, role: ColumnRole) -> Result<(), Failure> {
        for place in self.places(name)? {
            self.mapping.set_role(place, role, self.journey);
        }
        Ok(())
    }

    /// Reads a column as one of several choices in a cell.
    fn choices(&mut self, name: &str) -> Result<(), Failure> {
        self.role(name, ColumnRole::Choices)
    }

    /// Crosses the groups of two columns.
    fn cross(&mut self, pair: &str) -> Result<(), Failure> {
        let sides = pair.match_indices(',').map(|(at, _)| (&pair[..at], &pair[at + 1..]));
        let known = |(a, b): &(&str, &str)| self.header(a).is_ok() && self.header(b).is_ok();
        let (a, b) = sides
            .clone()
            .find(known)
            .or_else(|| sides.clone().next())
            .ok_or_else(|| self.failure(Msg::CliForm, &[("value", &pair), ("form", &"COLUMN,COLUMN")]))?;
        let other = self.header(b)?.name.clone();
        self.role(a, ColumnRole::Segment)?;
        self.role(b, ColumnRole::Segment)?;
        self.each(a, |column| {
            column.rule.crossed.insert(other.clone());
        })
    }

    /// Reads 1 as yes and 2 as no, or the column's other pair of values.
    fn yes_no(&mut self, name: &str) -> Result<(), Failure> {
        self.each(name, |column| {
            (column.rule.low, column.rule.high) = (0.0, 1.0);
            column.say(Doubt::OneTwo, Says::OneIsYes, None);
        })
    }

    /// Sets the number of steps of a scale of words.
    fn steps(&mut self, text: &str) -> Result<(), Failure> {
        let sides = text.rsplit_once('=').map(|(name, steps)| (name, number(steps)));
        let Some((name, Some(steps))) = sides else {
            return Err(self.failure(Msg::CliForm, &[("value", &text), ("form", &"COLUMN=NUMBER")]));
        };
        self.each(name, |column| {
            let says = if steps.get() > column.rule.high { Says::Other } else { Says::Keep };
            column.say(Doubt::Middle, says, None);
        })
    }

    fn question(
        &mut self,
        name: &str,
        role: ColumnRole,
        title: &str,
        target: Option<crate::id::Id>,
    ) -> Result<(), Failure> {
        let profile = self.header(name)?.clone();
        self.each(name, |column| {
            column.read_answers(&profile);
            (column.rule.role, column.target, column.reason) = (role, target, Reason::Chosen);
            title.clone_into(&mut column.rule.target);
            column.doubts.retain(|doubt| *doubt != Doubt::Renamed);
        })
    }

    fn touchpoints(&mut self, pairs: &[String]) -> Result<(), Failure> {
        if !pairs.is_empty() {
            // If touchpoints are named, no others are created.
            self.all(|column| {
                let new = column.rule.role == ColumnRole::Touchpoint && column.target.is_none();
                if new && column.reason.is_open() {
                    column.rule.role = ColumnRole::Ignore;
                }
            });
        }
        for pair in pairs {
            let (title, name) = self.pair(pair, "NAME=COLUMN", |settings, name| {
                settings.header(name).is_ok() || settings.mapping.columns().iter().any(|c| is_named(c, name))
            })?;
            let of = |role| resolve(self.journey, role, &title).map(|target| (role, Some(target)));
            let known = of(ColumnRole::Touchpoint).or_else(|| of(ColumnRole::Stage));
            let (role, target) = known.unwrap_or((ColumnRole::Touchpoint, None));
            let named = self.mapping.columns().iter().position(|column| is_named(column, &name));
            if let Some(place) = named {
                self.mapping.change(&[place], |column| {
                    (column.rule.role, column.target) = (role, target);
                    title.clone_into(&mut column.rule.target);
                });
            } else {
                self.question(&name, role, &title, target)?;
            }
        }
        Ok(())
    }

    /// Splits at an equals sign; of several, at the one whose right side is known.
    fn pair(
        &self,
        text: &str,
        form: &str,
        known: impl Fn(&Self, &str) -> bool,
    ) -> Result<(String, String), Failure> {
        let sides = text.match_indices('=').map(|(at, _)| (text[..at].trim(), text[at + 1..].trim()));
        let mut last = None;
        for (left, right) in sides.filter(|(left, right)| !left.is_empty() && !right.is_empty()) {
            if known(self, right) {
                return Ok((left.to_owned(), right.to_owned()));
            }
            last = Some(right);
        }
        match last {
            Some(name) => self.header(name).map(|column| (String::new(), column.name.clone())),
            None => Err(self.failure(Msg::CliForm, &[("value", &text), ("form", &form)])),
        }
    }

    fn long(&mut self, names: &str, score: &str) -> Result<(), Failure> {
        let names = self.header(names)?.name.clone();
        let score = self.header(score)?.name.clone();
        self.mapping.read_by_names(&names, &score, self.journey);
        Ok(())
    }

    fn wave(&mut self, args: &Arguments) -> Result<Option<WaveChoice>, Failure> {
        let split = args.wave.as_deref().map(|wave| wave.parse::<WaveSplit>().map_err(|_not_a_period| wave));
        if let Some(name) = &args.date_column {
            self.role(name, ColumnRole::Date)?;
            self.each(name, |column| column.rule.wave = WaveSplit::Month)?;
        }
        let order = [(args.day_first, DateOrder::DayFirst), (args.month_first, DateOrder::MonthFirst)];
        if let Some((_, order)) = order.into_iter().find(|(asked, _)| *asked) {
            self.all(|column| column.date_order(order));
        }
        let dated = |column: &Column| column.rule.role == ColumnRole::Date;
        match split {
            None => Ok(None),
            Some(Ok(split)) => {
                if !self.mapping.columns().iter().any(dated) {
                    let first =
                        self.mapping.columns().iter().position(|column| column.reason == Reason::Date);
                    let first = first.ok_or_else(|| Failure::new(Msg::CliNoDates, self.lang, &[]))?;
                    self.mapping.set_role(first, ColumnRole::Date, self.journey);
                }
                self.all(|column| {
                    if dated(column) {
                        column.rule.wave = split;
                    }
                });
                Ok(None)
            }
            Some(Err(name)) => {
                self.all(|column| {
                    if dated(column) && column.rule.wave != WaveSplit::All {
                        column.rule.role = ColumnRole::Ignore;
                    }
                });
                Ok(Some(WaveChoice::Named(name.to_owned())))
            }
        }
    }

    fn value(&mut self, text: &str) -> Result<(), Failure> {
        let form = "TEXT=NUMBER";
        let sides = text.rsplit_once('=').map(|(word, value)| (word.trim(), number(value)));
        let Some((word, Some(value))) = sides.filter(|(word, _)| !word.is_empty()) else {
            return Err(self.failure(Msg::CliForm, &[("value", &text), ("form", &form)]));
        };
        let profile = Arc::clone(self.mapping.profile());
        let holds = |column: &Column| {
            let seen = profile.column(&column.rule.column);
            seen.is_some_and(|seen| seen.many || seen.values.contains_key(&fold(word)))
        };
        self.all(|column| {
            // A word that is read as this number anyway needs no entry.
            let plain = number(word) == Some(value) && column.is_answer(word);
            if column.is_question() && holds(column) && !plain {
                column.value(word, value.get());
            }
        });
        Ok(())
    }

    fn scale(&mut self, text: &str) -> Result<(), Failure> {
        let form = "COLUMN=LOW-HIGH";
        let wrong = || self.failure(Msg::CliForm, &[("value", &text), ("form", &form)]);
        let (name, ends) = text.rsplit_once('=').ok_or_else(wrong)?;
        // The first end may be negative: the dash between them is not the first character.
        let at = ends.char_indices().skip(1).find(|(_, sign)| matches!(sign, '-' | '–')).map(|(at, _)| at);
        let (low, high) = at.map(|at| ends.split_at(at)).ok_or_else(wrong)?;
        let high = high.trim_start_matches(['-', '–']);
        let ends = number(low).zip(number(high)).map(|(low, high)| (low.get(), high.get()));
        let (low, high) = ends.filter(|(low, high)| low < high).ok_or_else(wrong)?;
        for place in self.places(name)? {
            self.mapping.set_scale(place, low, high);
        }
        Ok(())
    }

    fn missing(&mut self, text: &str) -> Result<(), Failure> {
        let mut of_column = text.rmatch_indices('=').map(|(at, _)| (&text[..at], &text[at + 1..]));
        let of_column = of_column.find(|(name, _)| self.header(name).is_ok());
        if let Some((name, code)) = of_column {
            return self.each(name, |column| column.miss(code));
        }
        let lang = self.lang;
        self.all(|column| {
            if !column.is_question() {
            } else if !column.is_answer(text) {
                column.miss(text);
            } else if !column.rule.missing.contains(&fold(text)) {
                let told: [(&str, &dyn Display); 2] = [("column", &column.rule.column), ("code", &text)];
                complain(&Msg::CliStaysAnswer.with(lang, &told));
            }
        });
        Ok(())
    }
}

fn is_named(column: &Column, name: &str) -> bool {
    !column.rule.name.is_empty() && fold(&column.rule.name) == fold(name)
}
