//! Changes the proposed or saved mapping of a table by the arguments.

use super::args::{AnswerUnit, MappingArgs as Arguments, RepeatedIds};
use super::{Failure, print_message};
use engine::i18n::{Lang, Msg};
use engine::model::Journey;
use engine::model::choice::{DateOrder, Direction, WaveSplit};
use engine::model::recipe::ColumnRole;
use engine::survey::cell::{fold_text, parse_number};
use engine::survey::import::WaveChoice;
use engine::survey::mapping::Mapping;
use engine::survey::profile::ColumnProfile;
use engine::survey::propose::{ColumnReason, OpenQuestion, ProposedColumn, find_element};
use engine::survey::resolve::Says;
use std::fmt::Display;
use std::sync::Arc;

/// A mapping that is changed by the arguments.
pub(super) struct MappingEditor<'a> {
    pub(super) mapping: &'a mut Mapping,
    pub(super) journey: &'a Journey,
    pub(super) lang: Lang,
}

impl MappingEditor<'_> {
    /// Applies all arguments; returns the wave of undated answers, if it was named.
    pub(super) fn apply_arguments(&mut self, args: &Arguments) -> Result<Option<WaveChoice>, Failure> {
        if let Some((names, score)) = args.touchpoint_column.as_ref().zip(args.score_column.as_ref()) {
            self.read_long_table(names, score)?;
        }
        self.set_touchpoints(&args.touchpoint)?;
        for name in &args.outcome {
            let target = Some(self.journey.info().id.into());
            let title = self.journey.info().title.clone();
            self.set_question(name, ColumnRole::Journey, &title, target)?;
        }
        for (names, role) in [(&args.segment, ColumnRole::Segment), (&args.ignore, ColumnRole::Ignore)] {
            names.iter().try_for_each(|name| self.set_role(name, role))?;
        }
        args.choices.iter().try_for_each(|name| self.read_choices(name))?;
        args.cross.iter().try_for_each(|pair| self.cross_columns(pair))?;
        args.weight.iter().try_for_each(|name| self.set_role(name, ColumnRole::Weight))?;
        if args.no_weight {
            self.mapping.set_unweighted();
        }
        self.row_rules(args)?;
        args.yes_no.iter().try_for_each(|name| self.yes_no(name))?;
        if let Some(repeats) = args.repeats {
            self.set_repeats(repeats);
        }
        args.count.iter().try_for_each(|name| self.set_role(name, ColumnRole::Count))?;
        if let Some(unit) = args.answers {
            if !self.mapping.is_aggregated() {
                return Err(self.make_failure(Msg::CliNotAggregated, &[]));
            }
            self.mapping.read_shares(unit == AnswerUnit::Shares);
        }
        let wave = self.set_wave(args)?;
        args.value.iter().try_for_each(|value| self.set_value(value))?;
        args.scale.iter().try_for_each(|scale| self.set_scale(scale))?;
        args.steps.iter().try_for_each(|steps| self.set_steps(steps))?;
        args.missing.iter().try_for_each(|code| self.set_missing(code))?;
        let ends = [(&args.low_is_good, Direction::LowIsGood), (&args.high_is_good, Direction::HighIsGood)];
        for (names, direction) in ends {
            for name in names {
                self.change_column(name, |column| column.set_good_end(direction))?;
            }
        }
        match self.mapping.column_without_scale() {
            Some(column) => Err(self.make_failure(Msg::CliNoScale, &[("column", &column.rule.column)])),
            None => Ok(wave),
        }
    }

    /// Leaves out rows, or counts rows that are proposed to be left out.
    fn row_rules(&mut self, args: &Arguments) -> Result<(), Failure> {
        for (rules, leave_out) in [(&args.leave_out, true), (&args.keep_rows, false)] {
            for rule in rules {
                let sides = rule.match_indices('=').map(|(at, _)| (&rule[..at], &rule[at + 1..]));
                let known = sides.into_iter().find(|(name, _)| self.find_column(name).is_ok());
                let (name, text) = known.ok_or_else(|| {
                    self.make_failure(Msg::CliForm, &[("value", rule), ("form", &"COLUMN=TEXT")])
                })?;
                let header = self.find_column(name)?.name.clone();
                self.mapping.set_row_rule(&header, text, leave_out);
            }
        }
        Ok(())
    }

    /// Counts each id once, or all rows.
    fn set_repeats(&mut self, repeats: RepeatedIds) {
        let once = repeats == RepeatedIds::Once;
        let says = if once { Says::Once } else { Says::All };
        self.change_all(|column| {
            let of_rows =
                |doubt: &OpenQuestion| matches!(doubt, OpenQuestion::Repeats(_) | OpenQuestion::SameRows(_));
            let doubt = column.doubts.iter().copied().find(of_rows);
            if column.rule.role == ColumnRole::Respondent {
                column.rule.once = once;
            }
            if let Some(doubt) = doubt {
                column.apply_answer(doubt, says, None);
            }
        });
    }

    fn make_failure(&self, message: Msg, arguments: &[(&str, &dyn Display)]) -> Failure {
        Failure::new(message, self.lang, arguments)
    }

    /// Returns the column of the table with this name.
    fn find_column(&self, name: &str) -> Result<&ColumnProfile, Failure> {
        self.mapping.find_column(name).ok_or_else(|| {
            let names: Vec<&str> =
                self.mapping.profile().columns.iter().map(|column| column.name.as_str()).collect();
            self.make_failure(Msg::CliNoColumn, &[("name", &name), ("names", &names.join(", "))])
        })
    }

    /// Changes all rules of a column.
    fn change_column(&mut self, name: &str, change: impl FnMut(&mut ProposedColumn)) -> Result<(), Failure> {
        let places = self.find_places(name)?;
        self.mapping.edit_columns(&places, change);
        Ok(())
    }

    fn find_places(&self, name: &str) -> Result<Vec<usize>, Failure> {
        Ok(self.mapping.rule_indices_of(&self.find_column(name)?.name))
    }

    /// Changes the rules of all columns.
    fn change_all(&mut self, change: impl FnMut(&mut ProposedColumn)) {
        let places: Vec<usize> = (0..self.mapping.columns().len()).collect();
        self.mapping.edit_columns(&places, change);
    }

    fn set_role(&mut self, name: &str, role: ColumnRole) -> Result<(), Failure> {
        for place in self.find_places(name)? {
            self.mapping.set_role(place, role, self.journey);
        }
        Ok(())
    }

    /// Reads a column as one of several choices in a cell.
    fn read_choices(&mut self, name: &str) -> Result<(), Failure> {
        self.set_role(name, ColumnRole::Choices)
    }

    /// Crosses the groups of two columns.
    fn cross_columns(&mut self, pair: &str) -> Result<(), Failure> {
        let sides = pair.match_indices(',').map(|(at, _)| (&pair[..at], &pair[at + 1..]));
        let known = |(a, b): &(&str, &str)| self.find_column(a).is_ok() && self.find_column(b).is_ok();
        let (a, b) = sides.clone().find(known).or_else(|| sides.clone().next()).ok_or_else(|| {
            self.make_failure(Msg::CliForm, &[("value", &pair), ("form", &"COLUMN,COLUMN")])
        })?;
        let other = self.find_column(b)?.name.clone();
        self.set_role(a, ColumnRole::Segment)?;
        self.set_role(b, ColumnRole::Segment)?;
        self.change_column(a, |column| {
            column.rule.crossed.insert(other.clone());
        })
    }

    /// Reads 1 as yes and 2 as no, or the column's other pair of values.
    fn yes_no(&mut self, name: &str) -> Result<(), Failure> {
        self.change_column(name, |column| {
            (column.rule.low, column.rule.high) = (0.0, 1.0);
            column.apply_answer(OpenQuestion::OneTwo, Says::OneIsYes, None);
        })
    }

    /// Sets the number of steps of a scale of words.
    fn set_steps(&mut self, text: &str) -> Result<(), Failure> {
        let sides = text.rsplit_once('=').map(|(name, steps)| (name, parse_number(steps)));
        let Some((name, Some(steps))) = sides else {
            return Err(self.make_failure(Msg::CliForm, &[("value", &text), ("form", &"COLUMN=NUMBER")]));
        };
        self.change_column(name, |column| {
            let says = if steps.get() > column.rule.high { Says::Other } else { Says::Keep };
            column.apply_answer(OpenQuestion::Middle, says, None);
        })
    }

    fn set_question(
        &mut self,
        name: &str,
        role: ColumnRole,
        title: &str,
        target: Option<engine::id::Id>,
    ) -> Result<(), Failure> {
        let profile = self.find_column(name)?.clone();
        self.change_column(name, |column| {
            column.read_answers(&profile);
            (column.rule.role, column.target, column.reason) = (role, target, ColumnReason::Chosen);
            title.clone_into(&mut column.rule.target);
            column.doubts.retain(|doubt| *doubt != OpenQuestion::Renamed);
        })
    }

    fn set_touchpoints(&mut self, pairs: &[String]) -> Result<(), Failure> {
        if !pairs.is_empty() {
            // If touchpoints are named, no others are created.
            self.change_all(|column| {
                let new = column.rule.role == ColumnRole::Touchpoint && column.target.is_none();
                if new && column.reason.is_open() {
                    column.rule.role = ColumnRole::Ignore;
                }
            });
        }
        for pair in pairs {
            let (title, name) = self.split_pair(pair, "NAME=COLUMN", |settings, name| {
                settings.find_column(name).is_ok()
                    || settings.mapping.columns().iter().any(|c| is_named(c, name))
            })?;
            let of = |role| find_element(self.journey, role, &title).map(|target| (role, Some(target)));
            let known = of(ColumnRole::Touchpoint).or_else(|| of(ColumnRole::Stage));
            let (role, target) = known.unwrap_or((ColumnRole::Touchpoint, None));
            let named = self.mapping.columns().iter().position(|column| is_named(column, &name));
            if let Some(place) = named {
                self.mapping.edit_columns(&[place], |column| {
                    (column.rule.role, column.target) = (role, target);
                    title.clone_into(&mut column.rule.target);
                });
            } else {
                self.set_question(&name, role, &title, target)?;
            }
        }
        Ok(())
    }

    /// Splits at an equals sign; of several, at the one whose right side is known.
    fn split_pair(
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
            Some(name) => self.find_column(name).map(|column| (String::new(), column.name.clone())),
            None => Err(self.make_failure(Msg::CliForm, &[("value", &text), ("form", &form)])),
        }
    }

    fn read_long_table(&mut self, names: &str, score: &str) -> Result<(), Failure> {
        let names = self.find_column(names)?.name.clone();
        let score = self.find_column(score)?.name.clone();
        self.mapping.read_by_names(&names, &score, self.journey);
        Ok(())
    }

    fn set_wave(&mut self, args: &Arguments) -> Result<Option<WaveChoice>, Failure> {
        let split = args.wave.as_deref().map(|wave| wave.parse::<WaveSplit>().map_err(|_not_a_period| wave));
        if let Some(name) = &args.date_column {
            self.set_role(name, ColumnRole::Date)?;
            self.change_column(name, |column| column.rule.wave = WaveSplit::Month)?;
        }
        let order = [(args.day_first, DateOrder::DayFirst), (args.month_first, DateOrder::MonthFirst)];
        if let Some((_, order)) = order.into_iter().find(|(asked, _)| *asked) {
            self.change_all(|column| column.set_date_order(order));
        }
        let dated = |column: &ProposedColumn| column.rule.role == ColumnRole::Date;
        match split {
            None => Ok(None),
            Some(Ok(split)) => {
                if !self.mapping.columns().iter().any(dated) {
                    let first =
                        self.mapping.columns().iter().position(|column| column.reason == ColumnReason::Date);
                    let first = first.ok_or_else(|| Failure::new(Msg::CliNoDates, self.lang, &[]))?;
                    self.mapping.set_role(first, ColumnRole::Date, self.journey);
                }
                self.change_all(|column| {
                    if dated(column) {
                        column.rule.wave = split;
                    }
                });
                Ok(None)
            }
            Some(Err(name)) => {
                self.change_all(|column| {
                    if dated(column) && column.rule.wave != WaveSplit::All {
                        column.rule.role = ColumnRole::Ignore;
                    }
                });
                Ok(Some(WaveChoice::Named(name.to_owned())))
            }
        }
    }

    fn set_value(&mut self, text: &str) -> Result<(), Failure> {
        let form = "TEXT=NUMBER";
        let sides = text.rsplit_once('=').map(|(word, value)| (word.trim(), parse_number(value)));
        let Some((word, Some(value))) = sides.filter(|(word, _)| !word.is_empty()) else {
            return Err(self.make_failure(Msg::CliForm, &[("value", &text), ("form", &form)]));
        };
        let profile = Arc::clone(self.mapping.profile());
        let holds = |column: &ProposedColumn| {
            let seen = profile.column_named(&column.rule.column);
            seen.is_some_and(|seen| seen.many || seen.values.contains_key(&fold_text(word)))
        };
        self.change_all(|column| {
            // A word that is read as this number anyway needs no entry.
            let plain = parse_number(word) == Some(value) && column.is_answer(word);
            if column.is_question() && holds(column) && !plain {
                column.map_text(word, value.get());
            }
        });
        Ok(())
    }

    fn set_scale(&mut self, text: &str) -> Result<(), Failure> {
        let form = "COLUMN=LOW-HIGH";
        let wrong = || self.make_failure(Msg::CliForm, &[("value", &text), ("form", &form)]);
        let (name, ends) = text.rsplit_once('=').ok_or_else(wrong)?;
        // The first end may be negative: the dash between them is not the first character.
        let at = ends.char_indices().skip(1).find(|(_, sign)| matches!(sign, '-' | '–')).map(|(at, _)| at);
        let (low, high) = at.map(|at| ends.split_at(at)).ok_or_else(wrong)?;
        let high = high.trim_start_matches(['-', '–']);
        let ends = parse_number(low).zip(parse_number(high)).map(|(low, high)| (low.get(), high.get()));
        let (low, high) = ends.filter(|(low, high)| low < high).ok_or_else(wrong)?;
        for place in self.find_places(name)? {
            self.mapping.set_scale(place, low, high);
        }
        Ok(())
    }

    fn set_missing(&mut self, text: &str) -> Result<(), Failure> {
        let mut of_column = text.rmatch_indices('=').map(|(at, _)| (&text[..at], &text[at + 1..]));
        let of_column = of_column.find(|(name, _)| self.find_column(name).is_ok());
        if let Some((name, code)) = of_column {
            return self.change_column(name, |column| column.set_no_answer(code));
        }
        let lang = self.lang;
        self.change_all(|column| {
            if !column.is_question() {
            } else if !column.is_answer(text) {
                column.set_no_answer(text);
            } else if !column.rule.missing.contains(&fold_text(text)) {
                let told: [(&str, &dyn Display); 2] = [("column", &column.rule.column), ("code", &text)];
                print_message(&Msg::CliStaysAnswer.text_with(lang, &told));
            }
        });
        Ok(())
    }
}

fn is_named(column: &ProposedColumn, name: &str) -> bool {
    !column.rule.name.is_empty() && fold_text(&column.rule.name) == fold_text(name)
}
