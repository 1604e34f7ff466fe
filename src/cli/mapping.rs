//! How a table is read: as proposed or saved, and as the arguments say.

use super::args::{Mapping, Repeats, Unit};
use super::{Failure, complain};
use crate::i18n::{Lang, Msg};
use crate::model::Journey;
use crate::model::choice::{DateOrder, Direction, WaveSplit};
use crate::model::recipe::ColumnRole;
use crate::survey::cell::{fold, number};
use crate::survey::import::WaveChoice;
use crate::survey::profile::{ColumnProfile, Profile};
use crate::survey::propose::{Column, Doubt, Reason, one_answer_a_row, resolve};
use crate::survey::settle::{Says, open_questions};
use crate::survey::values::{Value, unknown_words};
use std::fmt::Display;

/// A mapping being changed by what the arguments say.
pub(super) struct Settings<'a> {
    pub(super) columns: &'a mut Vec<Column>,
    pub(super) look: &'a Profile,
    pub(super) journey: &'a Journey,
    pub(super) lang: Lang,
}

impl Settings<'_> {
    /// Applies all of it; returns the wave that undated answers are from, where it was named.
    pub(super) fn apply(&mut self, args: &Mapping) -> Result<Option<WaveChoice>, Failure> {
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
        self.weight(args)?;
        args.yes_no.iter().try_for_each(|name| self.yes_no(name))?;
        if let Some(repeats) = args.repeats {
            let once = repeats == Repeats::Once;
            let says = if once { Says::Once } else { Says::All };
            for column in self.columns.iter_mut().filter(|column| column.rule.role == ColumnRole::Respondent)
            {
                column.rule.once = once;
                let doubt = column.doubts.iter().copied().find(|doubt| matches!(doubt, Doubt::Repeats(_)));
                doubt.into_iter().for_each(|doubt| column.say(doubt, says, None));
            }
        }
        args.count.iter().try_for_each(|name| self.only(name, ColumnRole::Count))?;
        if let Some(unit) = args.answers {
            let shares = unit == Unit::Shares;
            self.columns.iter_mut().for_each(|column| column.read_shares(shares));
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
        let flat =
            self.columns.iter().find(|column| column.is_question() && column.rule.low >= column.rule.high);
        match flat {
            Some(column) => Err(self.failure(Msg::CliNoScale, &[("column", &column.rule.column)])),
            None => Ok(wave),
        }
    }

    fn failure(&self, message: Msg, arguments: &[(&str, &dyn Display)]) -> Failure {
        Failure::new(message, self.lang, arguments)
    }

    /// The header that a name means.
    fn header(&self, name: &str) -> Result<&ColumnProfile, Failure> {
        let columns = &self.look.columns;
        let exact = columns.iter().find(|column| column.name == name.trim());
        let found =
            exact.or_else(|| columns.iter().find(|column| fold(&column.name) == fold(name))).or_else(|| {
                columns.iter().find(|column| !column.id.is_empty() && fold(&column.id) == fold(name))
            });
        found.ok_or_else(|| {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            self.failure(Msg::CliNoColumn, &[("name", &name), ("names", &names.join(", "))])
        })
    }

    /// Changes all rules of a column.
    fn each(&mut self, name: &str, mut change: impl FnMut(&mut Column)) -> Result<(), Failure> {
        let header = self.header(name)?.name.clone();
        self.columns.iter_mut().filter(|column| column.rule.column == header).for_each(&mut change);
        Ok(())
    }

    fn role(&mut self, name: &str, role: ColumnRole) -> Result<(), Failure> {
        self.each(name, |column| {
            (column.rule.role, column.target, column.reason) = (role, None, Reason::Chosen);
            column.rule.target.clear();
        })
    }

    /// Reads a column as one of several choices in a cell.
    fn choices(&mut self, name: &str) -> Result<(), Failure> {
        let seen = self.header(name)?.clone();
        self.role(name, ColumnRole::Choices)?;
        self.each(name, |column| {
            if column.rule.separator.is_empty() {
                column.read_choices(&seen);
            }
        })
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

    /// Takes one column for the weight, or none.
    fn weight(&mut self, args: &Mapping) -> Result<(), Failure> {
        if args.no_weight || args.weight.is_some() {
            for column in self.columns.iter_mut().filter(|column| column.doubts.contains(&Doubt::Weights)) {
                column.say(Doubt::Weights, Says::NoWeight, None);
            }
        }
        if args.no_weight {
            let weights = self.columns.iter_mut().filter(|column| column.rule.role == ColumnRole::Weight);
            weights.for_each(|column| column.rule.role = ColumnRole::Ignore);
        }
        args.weight.iter().try_for_each(|name| self.only(name, ColumnRole::Weight))
    }

    /// Reads 1 as yes and 2 as no, or what else a column has of two values.
    fn yes_no(&mut self, name: &str) -> Result<(), Failure> {
        self.each(name, |column| {
            (column.rule.low, column.rule.high) = (0.0, 1.0);
            column.say(Doubt::OneTwo, Says::OneIsYes, None);
        })
    }

    /// Sets how many steps a scale of words has.
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

    /// Gives a role that only one column can have.
    fn only(&mut self, name: &str, role: ColumnRole) -> Result<(), Failure> {
        let others = self.columns.iter_mut().filter(|column| column.rule.role == role);
        others.for_each(|column| column.rule.role = ColumnRole::Ignore);
        self.role(name, role)
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
            // Who names touchpoints wants no others to be made.
            let new =
                |column: &&mut Column| column.rule.role == ColumnRole::Touchpoint && column.target.is_none();
            let unasked = self.columns.iter_mut().filter(new);
            unasked.filter(|column| column.reason.is_open()).for_each(|c| c.rule.role = ColumnRole::Ignore);
        }
        for pair in pairs {
            let (title, name) = self.pair(pair, "NAME=COLUMN", |settings, name| {
                settings.header(name).is_ok() || settings.columns.iter().any(|c| is_named(c, name))
            })?;
            let of = |role| resolve(self.journey, role, &title).map(|target| (role, Some(target)));
            let known = of(ColumnRole::Touchpoint).or_else(|| of(ColumnRole::Stage));
            let (role, target) = known.unwrap_or((ColumnRole::Touchpoint, None));
            if let Some(column) = self.columns.iter_mut().find(|column| is_named(column, &name)) {
                (column.rule.role, column.target, column.rule.target) = (role, target, title);
            } else {
                self.question(&name, role, &title, target)?;
            }
        }
        Ok(())
    }

    /// The two sides of an equals sign; of several, the one whose right side is known.
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
        let (names, profile) = (self.header(names)?.clone(), self.header(score)?.clone());
        let found = self.columns.iter().find(|column| column.rule.column == profile.name);
        let Some(mut score) = found.cloned() else { return Ok(()) };
        score.read_answers(&profile);
        one_answer_a_row(self.columns, &names, &score, self.journey);
        Ok(())
    }

    fn wave(&mut self, args: &Mapping) -> Result<Option<WaveChoice>, Failure> {
        let split = args.wave.as_deref().map(|wave| wave.parse::<WaveSplit>().map_err(|_not_a_period| wave));
        if let Some(name) = &args.date_column {
            let seen = self.header(name)?.clone();
            self.each(name, |column| column.read_dates(&seen))?;
            self.only(name, ColumnRole::Date)?;
        }
        let order = [(args.day_first, DateOrder::DayFirst), (args.month_first, DateOrder::MonthFirst)];
        if let Some((_, order)) = order.into_iter().find(|(asked, _)| *asked) {
            self.columns.iter_mut().for_each(|column| column.date_order(order));
        }
        let dated = |column: &Column| column.rule.role == ColumnRole::Date;
        match split {
            None => Ok(None),
            Some(Ok(split)) => {
                if !self.columns.iter().any(dated) {
                    let first = self.columns.iter_mut().find(|column| column.reason == Reason::Date);
                    let first = first.map(|column| column.rule.role = ColumnRole::Date);
                    first.ok_or_else(|| Failure::new(Msg::CliNoDates, self.lang, &[]))?;
                }
                self.columns.iter_mut().filter(|c| dated(c)).for_each(|column| column.rule.wave = split);
                Ok(None)
            }
            Some(Err(name)) => {
                let splits = |column: &Column| dated(column) && column.rule.wave != WaveSplit::All;
                let unused = self.columns.iter_mut().filter(|column| splits(column));
                unused.for_each(|column| column.rule.role = ColumnRole::Ignore);
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
        let holds = |column: &Column| {
            let profile = self.look.columns.iter().find(|profile| profile.name == column.rule.column);
            profile.is_some_and(|profile| profile.many || profile.values.contains_key(&fold(word)))
        };
        // What is read as this number anyway needs no word for it.
        let plain = |column: &Column| number(word) == Some(value) && column.is_answer(word);
        let asked = self.columns.iter_mut().filter(|column| column.is_question() && holds(column));
        asked.filter(|column| !plain(column)).for_each(|column| column.value(word, value.get()));
        Ok(())
    }

    fn scale(&mut self, text: &str) -> Result<(), Failure> {
        let form = "COLUMN=LOW-HIGH";
        let wrong = || self.failure(Msg::CliForm, &[("value", &text), ("form", &form)]);
        let (name, ends) = text.rsplit_once('=').ok_or_else(wrong)?;
        // The first end may be negative: the dash that parts them is not the first sign.
        let at = ends.char_indices().skip(1).find(|(_, sign)| matches!(sign, '-' | '–')).map(|(at, _)| at);
        let (low, high) = at.map(|at| ends.split_at(at)).ok_or_else(wrong)?;
        let high = high.trim_start_matches(['-', '–']);
        let ends = number(low).zip(number(high)).map(|(low, high)| (low.get(), high.get()));
        let (low, high) = ends.filter(|(low, high)| low < high).ok_or_else(wrong)?;
        self.each(name, |column| column.scale(low, high))
    }

    fn missing(&mut self, text: &str) -> Result<(), Failure> {
        let mut of_column = text.rmatch_indices('=').map(|(at, _)| (&text[..at], &text[at + 1..]));
        let of_column = of_column.find(|(name, _)| self.header(name).is_ok());
        if let Some((name, code)) = of_column {
            return self.each(name, |column| column.miss(code));
        }
        for column in self.columns.iter_mut().filter(|column| column.is_question()) {
            if !column.is_answer(text) {
                column.miss(text);
            } else if !column.rule.missing.contains(&fold(text)) {
                let told: [(&str, &dyn Display); 2] = [("column", &column.rule.column), ("code", &text)];
                complain(&Msg::CliStaysAnswer.with(self.lang, &told));
            }
        }
        Ok(())
    }
}

fn is_named(column: &Column, name: &str) -> bool {
    !column.rule.name.is_empty() && fold(&column.rule.name) == fold(name)
}

/// What a person must say before the import can go on, each with the arguments that say it.
pub(super) fn questions(columns: &[Column], look: &Profile, lang: Lang) -> Vec<String> {
    let ask = |(doubt, places): &(Doubt, Vec<usize>)| {
        let asked: Vec<&Column> = places.iter().filter_map(|place| columns.get(*place)).collect();
        let names: Vec<&str> = asked.iter().map(|column| column.rule.column.as_str()).collect();
        let unknown = if matches!(doubt, Doubt::Words(_)) { unknown(&asked, look) } else { Vec::new() };
        let listed: Vec<String> = unknown.iter().map(|value| value.message(lang)).collect();
        let told = if listed.is_empty() {
            doubt.message(lang)
        } else {
            format!("{}, {}", doubt.message(lang), listed.join(", "))
        };
        let arguments: [(&str, &dyn Display); 3] =
            [("column", &names.join(", ")), ("doubt", &told), ("flags", &flags(*doubt, &asked, &unknown))];
        Msg::CliAsk.with(lang, &arguments)
    };
    open_questions(columns, look).iter().map(ask).collect()
}

/// The words that the scale of a column does not know.
fn unknown(columns: &[&Column], look: &Profile) -> Vec<Value> {
    let Some(column) = columns.first() else { return Vec::new() };
    let seen = look.columns.iter().find(|seen| seen.name == column.rule.column);
    seen.map(|seen| unknown_words(seen, &column.rule)).unwrap_or_default()
}

/// The arguments that settle a doubt about columns.
fn flags(doubt: Doubt, columns: &[&Column], unknown: &[Value]) -> String {
    let name = columns.first().map_or("", |column| column.rule.column.as_str());
    let only = if columns.len() == 1 { format!("{name}=") } else { String::new() };
    let each = |flag: &str| {
        let flags = columns.iter().map(|column| format!("{flag} \"{}\"", column.rule.column));
        flags.collect::<Vec<_>>().join(" ")
    };
    let scales = |ends: Option<(i16, i16)>| {
        let flags = columns.iter().map(|column| {
            let (low, high) =
                ends.map_or((column.rule.low, column.rule.high), |(low, high)| (low.into(), high.into()));
            format!("--scale \"{}={low}-{high}\"", column.rule.column)
        });
        flags.collect::<Vec<_>>().join(" ")
    };
    let steps = |more: f64| {
        let flags = columns
            .iter()
            .map(|column| format!("--steps \"{}={}\"", column.rule.column, column.rule.high + more));
        flags.collect::<Vec<_>>().join(" ")
    };
    let words = |flag: &str, end: &str| {
        let flags = unknown.iter().map(|value| format!("{flag} \"{}{end}\"", value.text));
        flags.collect::<Vec<_>>().join(" ")
    };
    match doubt {
        Doubt::Zero => format!("--missing \"{only}0\" | --value \"0=0\""),
        Doubt::Past(code) => format!("--missing \"{only}{code}\" | --value \"{code}={code}\""),
        Doubt::Direction(Direction::LowIsGood) => {
            format!("{} | {}", each("--low-is-good"), each("--high-is-good"))
        }
        Doubt::Direction(Direction::HighIsGood) => {
            format!("{} | {}", each("--high-is-good"), each("--low-is-good"))
        }
        Doubt::Codes => {
            format!("{} | {} | {}", each("--high-is-good"), each("--low-is-good"), each("--ignore"))
        }
        Doubt::Ends(low, high) => format!("{} | {}", scales(None), scales(Some((low, high)))),
        Doubt::Wider(low, high) => {
            format!("{} | {} | {}", scales(Some((low, high))), scales(None), each("--ignore"))
        }
        Doubt::Middle => format!("{} | {}", steps(0.0), steps(1.0)),
        Doubt::OneTwo => {
            format!("{} | {} | {}", each("--yes-no"), scales(Some((1, 5))), each("--ignore"))
        }
        Doubt::Weights => {
            let mut candidates = columns.to_vec();
            candidates.sort_by_key(|column| column.rule.role != ColumnRole::Weight);
            let weights = candidates.iter().map(|column| format!("--weight \"{}\"", column.rule.column));
            weights.chain(["--no-weight".to_owned()]).collect::<Vec<_>>().join(" | ")
        }
        Doubt::Repeats(_) => "--repeats once | --repeats all".to_owned(),
        Doubt::Turn(_) => format!("--scale \"{name}=1-10\" | --ignore \"{name}\""),
        Doubt::Unit => "--answers counts | --answers shares".to_owned(),
        Doubt::Order => "--day-first | --month-first".to_owned(),
        Doubt::Renamed => {
            let target = columns.first().map_or("", |column| column.rule.target.as_str());
            format!("--touchpoint \"{target}={name}\" | --ignore \"{name}\"")
        }
        Doubt::Words(_) => {
            format!("{} | {} | {}", words("--missing", ""), words("--value", "=NUMBER"), each("--ignore"))
        }
        Doubt::OffScale(_) | Doubt::Impossible(..) | Doubt::Future(..) | Doubt::Fractions(_) => String::new(),
    }
}
