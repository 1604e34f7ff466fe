//! Reads the lines of a diagram by mermaid's own grammar; lines that mermaid rejects are left out and
//! reported. Only semicolons between statements are accepted in addition, because people write them.

use super::entity::entity;
use super::{Diagram, Task, UNSCORED};
use crate::exchange::{MAX_LINES, Reason, Refused, Unread};

/// Reads a diagram, and reports the lines that are left out.
///
/// # Errors
/// Where it does not begin as a journey.
pub fn parse(text: &str) -> Result<(Diagram, Vec<Unread>), Refused> {
    let mut reader = Reader::default();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        reader.number = index + 1;
        reader.line(line)?;
    }
    reader.finish()
}

/// The part of the text that the reader is in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first line with content.
    #[default]
    Start,
    /// In the front matter, between two lines of dashes.
    Front,
    /// After the front matter, before the diagram.
    Before,
    /// In the diagram.
    Body,
    /// In a description in braces.
    Description,
    /// In an unclosed directive.
    Directive {
        /// True if the diagram continues behind it.
        body: bool,
    },
}

#[derive(Default)]
struct Reader {
    state: State,
    number: usize,
    diagram: Diagram,
    /// Number of statements.
    count: usize,
    /// The lines of the description in braces.
    description: Vec<String>,
    /// The lines of the title, of the title above the diagram, and of the title for screen readers.
    lines: [usize; 3],
    unread: Vec<Unread>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), Refused> {
        let plain = line.trim();
        match self.state {
            State::Start if plain == "---" => self.state = State::Front,
            State::Front => self.front(plain),
            State::Description => {
                if let Some(rest) = self.description(line) {
                    return self.statements(rest);
                }
            }
            State::Directive { body } => self.directive(plain, body),
            _ if plain.starts_with("%%{") => {
                self.leave_out(plain, Reason::Looks);
                self.directive(plain, self.state == State::Body);
            }
            _ if plain.is_empty() || plain.starts_with("%%") => {}
            State::Start | State::Before => return self.begin(line),
            State::Body => return self.statements(line),
        }
        Ok(())
    }

    fn leave_out(&mut self, text: &str, reason: Reason) {
        self.unread.push(Unread::new(self.number, text, reason));
    }

    /// Reads the front matter: its title is kept, the rest is about drawing.
    fn front(&mut self, line: &str) {
        if line == "---" {
            self.state = State::Before;
        } else if let Some(title) = line.strip_prefix("title:") {
            let title = title.trim().trim_matches(['"', '\'']);
            self.lines[1] = self.number;
            self.diagram.front_title = Some(title.to_owned()).filter(|title| !title.is_empty());
        } else if !line.is_empty() {
            self.leave_out(line, Reason::Looks);
        }
    }

    fn directive(&mut self, line: &str, body: bool) {
        self.state = match (line.contains("}%%"), body) {
            (false, _) => State::Directive { body },
            (true, true) => State::Body,
            (true, false) => State::Before,
        };
    }

    /// Reads the keyword that every diagram begins with.
    fn begin(&mut self, line: &str) -> Result<(), Refused> {
        let start = line.trim_start();
        let word = "journey";
        let begins = start.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
        let rest = start.get(word.len()..).unwrap_or_default();
        if !begins || rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_' || sign == '-') {
            let found = Unread::new(self.number, line, Reason::Task).text;
            return Err(Refused::NotMermaid { found: Some((self.number, found)) });
        }
        self.state = State::Body;
        self.statements(rest)
    }

    /// Reads the statements of a line. Mermaid requires a line for each; people also put semicolons between
    /// them.
    fn statements(&mut self, line: &str) -> Result<(), Refused> {
        let mut rest = Some(line);
        let mut is_first = true;
        while let Some(line) = rest {
            self.count += 1;
            if self.count > MAX_LINES {
                return Err(Refused::TooManyLines { lines: self.count });
            }
            rest = self.statement(line, is_first);
            is_first = false;
        }
        Ok(())
    }

    /// Reads a statement; returns the rest of the line.
    fn statement<'a>(&mut self, line: &'a str, is_first: bool) -> Option<&'a str> {
        let start = line.trim_start();
        if start.starts_with("%%") {
            return None;
        }
        if let Some(text) = accessible(start, "acctitle", ':') {
            self.lines[2] = self.number;
            self.diagram.acc_title = Some(text.trim().to_owned());
        } else if let Some(text) = accessible(start, "accdescr", ':') {
            self.diagram.acc_descr = Some(text.trim().to_owned());
        } else if let Some(text) = accessible(start, "accdescr", '{') {
            self.state = State::Description;
            self.description.clear();
            return self.description(text);
        } else {
            return self.named(line, is_first);
        }
        None
    }

    /// Reads a title, section or task, without a comment behind it. Returns the rest of the line behind a
    /// semicolon.
    fn named<'a>(&mut self, whole: &'a str, is_first: bool) -> Option<&'a str> {
        let (line, behind) = whole.split_at(end(whole));
        let next = behind.strip_prefix(';');
        let comment = if next.is_some() { "" } else { behind };
        let unscored = comment.strip_prefix('#').is_some_and(|text| text.trim() == UNSCORED);
        let start = line.trim_start();
        if start.is_empty() {
            // The line is a comment, or a lone semicolon.
            return next;
        }
        if let Some(title) = keyword(start, "title") {
            self.title(title);
        } else if let Some(section) = keyword(start, "section") {
            self.section(section);
        } else if !self.task(line, unscored) {
            if is_first {
                // A name may contain a semicolon: such a line is not guessed at.
                self.leave_out(whole, Reason::Task);
                return None;
            }
            self.leave_out(if next.is_some() { line } else { whole }, Reason::Rest);
            return next;
        }
        if !unscored && !comment.trim().is_empty() {
            self.leave_out(comment, Reason::Rest);
        }
        next
    }

    fn title(&mut self, title: &str) {
        if let Some(before) = self.diagram.title.replace(title.to_owned()) {
            self.unread.push(Unread::new(self.lines[0], &before, Reason::SecondTitle));
        }
        self.lines[0] = self.number;
    }

    fn section(&mut self, text: &str) {
        let (section, rest) = text.split_once(':').map_or((text, None), |(text, rest)| (text, Some(rest)));
        self.diagram.sections.push(section.to_owned());
        if let Some(rest) = rest {
            self.leave_out(rest, Reason::Rest);
        }
    }

    /// Reads a task; false if the line is none.
    fn task(&mut self, line: &str, unscored: bool) -> bool {
        let Some((name, data)) = line.split_once(':').filter(|(name, _)| !name.trim().is_empty()) else {
            return false;
        };
        let mut pieces = data.split(':');
        let score = pieces.next().map_or(f64::NAN, number);
        let people = pieces.next().map(|names| names.split(',').map(|name| name.trim().to_owned()).collect());
        if let Some(rest) = pieces.next() {
            self.leave_out(rest, Reason::Rest);
        }
        self.diagram.tasks.push(Task {
            line: self.number,
            section: self.diagram.sections.len(),
            name: name.to_owned(),
            score,
            people: people.unwrap_or_default(),
            unscored,
        });
        true
    }

    /// Reads a line of the description in braces; returns the rest of the line behind its end.
    fn description<'a>(&mut self, line: &'a str) -> Option<&'a str> {
        let (text, rest) = line.split_once('}').map_or((line, None), |(text, rest)| (text, Some(rest)));
        self.description.push(text.trim().to_owned());
        if rest.is_some() {
            self.state = State::Body;
            self.diagram.acc_descr = Some(self.description.join("\n").trim().to_owned());
        }
        rest
    }

    fn finish(mut self) -> Result<(Diagram, Vec<Unread>), Refused> {
        match self.state {
            State::Description => {
                self.diagram.acc_descr = Some(self.description.join("\n").trim().to_owned());
            }
            State::Body | State::Directive { body: true } => {}
            _ => return Err(Refused::NotMermaid { found: None }),
        }
        self.other_titles();
        Ok((self.diagram, self.unread))
    }

    /// Reports the titles other than the one that the journey gets.
    fn other_titles(&mut self) {
        let titles = self.diagram.titles().zip(self.lines);
        let mut titles = titles.filter_map(|(title, line)| Some((title.as_deref()?, line)));
        let Some((chosen, _)) = titles.next() else { return };
        let others = titles.filter(|(other, _)| *other != chosen);
        let others = others.map(|(other, line)| Unread::new(line, other, Reason::SecondTitle));
        self.unread.extend(others);
    }
}

/// Returns the end of a statement: at a comment or semicolon that is not part of an entity.
fn end(line: &str) -> usize {
    let mut place = 0;
    while let Some(next) = line.get(place..).and_then(|rest| rest.find(['#', ';'])) {
        place += next;
        match entity(&line[place..]) {
            Some(length) => place += length,
            None => return place,
        }
    }
    line.len()
}

/// Returns the text behind a word and a character, with or without blanks between them.
fn accessible<'a>(text: &'a str, word: &str, sign: char) -> Option<&'a str> {
    let begins = text.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
    if begins { text.get(word.len()..)?.trim_start().strip_prefix(sign) } else { None }
}

/// Returns the text behind a word and one blank, if there is any.
fn keyword<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let begins = text.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
    if !begins {
        return None;
    }
    let rest = text.get(word.len()..)?;
    let mut signs = rest.chars();
    signs.next().filter(|sign| sign.is_whitespace())?;
    Some(signs.as_str()).filter(|text| !text.is_empty())
}

/// Parses a number as JavaScript does: an empty text is zero.
fn number(text: &str) -> f64 {
    let text = text.trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    if text.is_empty() {
        0.0
    } else if plain {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks(text: &str) -> Vec<(String, f64, usize)> {
        let (diagram, unread) = parse(text).unwrap();
        assert!(unread.is_empty(), "{unread:?}");
        diagram.tasks.iter().map(|task| (task.name.trim().to_owned(), task.score, task.section)).collect()
    }

    #[test]
    fn semicolons_end_statements() {
        let expected = tasks("journey\ntitle T\nsection S\na: 4: x\nb: 3: y\n");
        assert_eq!(expected.len(), 2);
        for text in [
            "journey; title T; section S; a: 4: x; b: 3: y",
            "journey;\ntitle T;\nsection S;\na: 4: x;\nb: 3: y;\n",
            "journey title T;;section S; a: 4: x;\n; b: 3: y; %% the end; c: 1",
            "journey\naccDescr { why } title T; section S; accDescr {\nso } a: 4: x; b: 3: y",
        ] {
            assert_eq!(tasks(text), expected, "{text}");
            assert_eq!(parse(text).unwrap().0.title.as_deref().map(str::trim), Some("T"), "{text}");
        }
        assert_eq!(tasks("journey\nWait #59; go: 2")[0].0, "Wait #59; go");
    }

    #[test]
    fn what_is_no_statement_between_semicolons_is_named() {
        let text = "journey; a: 4: Ann; Bob; b: 3\nwhat; x: 1\nc: 1 # why; d: 2";
        let (diagram, unread) = parse(text).unwrap();
        let names: Vec<&str> = diagram.tasks.iter().map(|task| task.name.trim()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let told: Vec<(usize, &str, Reason)> =
            unread.iter().map(|unread| (unread.line, unread.text.as_str(), unread.reason)).collect();
        let expected =
            [(1, "Bob", Reason::Rest), (2, "what; x: 1", Reason::Task), (3, "# why; d: 2", Reason::Rest)];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_line_of_endless_statements_is_refused() {
        for part in ["a:1;", ";", "accDescr{}"] {
            let refused = parse(&format!("journey {}", part.repeat(800_000)));
            assert!(matches!(refused, Err(Refused::TooManyLines { .. })), "{part}");
        }
    }
}
