//! Reads the lines of a diagram by mermaid's own grammar; lines that mermaid rejects are left out and
//! reported. Only semicolons between statements are accepted in addition, because people write them.

use super::entity::entity_length;
use super::{Diagram, DiagramTask, UNSCORED};
use crate::exchange::{ExchangeError, MAX_LINES, Unread, UnreadReason};

/// Reads a diagram, and reports the lines that are left out.
///
/// # Errors
/// Where it does not begin as a journey.
pub fn parse_diagram(text: &str) -> Result<(Diagram, Vec<Unread>), ExchangeError> {
    let mut reader = MermaidReader::default();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        reader.number = index + 1;
        reader.read_line(line)?;
    }
    reader.finish()
}

/// The part of the text that the reader is in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum ParseState {
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
struct MermaidReader {
    state: ParseState,
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

impl MermaidReader {
    fn read_line(&mut self, line: &str) -> Result<(), ExchangeError> {
        let plain = line.trim();
        match self.state {
            ParseState::Start if plain == "---" => self.state = ParseState::Front,
            ParseState::Front => self.read_front_matter(plain),
            ParseState::Description => {
                if let Some(rest) = self.read_description(line) {
                    return self.read_statements(rest);
                }
            }
            ParseState::Directive { body } => self.read_directive(plain, body),
            _ if plain.starts_with("%%{") => {
                self.leave_out(plain, UnreadReason::Looks);
                self.read_directive(plain, self.state == ParseState::Body);
            }
            _ if plain.is_empty() || plain.starts_with("%%") => {}
            ParseState::Start | ParseState::Before => return self.read_diagram_keyword(line),
            ParseState::Body => return self.read_statements(line),
        }
        Ok(())
    }

    fn leave_out(&mut self, text: &str, reason: UnreadReason) {
        self.unread.push(Unread::new(self.number, text, reason));
    }

    /// Reads the front matter: its title is kept, the rest is about drawing.
    fn read_front_matter(&mut self, line: &str) {
        if line == "---" {
            self.state = ParseState::Before;
        } else if let Some(title) = line.strip_prefix("title:") {
            let title = title.trim().trim_matches(['"', '\'']);
            self.lines[1] = self.number;
            self.diagram.front_title = Some(title.to_owned()).filter(|title| !title.is_empty());
        } else if !line.is_empty() {
            self.leave_out(line, UnreadReason::Looks);
        }
    }

    fn read_directive(&mut self, line: &str, body: bool) {
        self.state = match (line.contains("}%%"), body) {
            (false, _) => ParseState::Directive { body },
            (true, true) => ParseState::Body,
            (true, false) => ParseState::Before,
        };
    }

    /// Reads the keyword that every diagram begins with.
    fn read_diagram_keyword(&mut self, line: &str) -> Result<(), ExchangeError> {
        let start = line.trim_start();
        let word = "journey";
        let begins = start.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
        let rest = start.get(word.len()..).unwrap_or_default();
        if !begins || rest.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_' || sign == '-') {
            let found = Unread::new(self.number, line, UnreadReason::Task).text;
            return Err(ExchangeError::NotMermaid { found: Some((self.number, found)) });
        }
        self.state = ParseState::Body;
        self.read_statements(rest)
    }

    /// Reads the statements of a line. Mermaid requires a line for each; people also put semicolons between
    /// them.
    fn read_statements(&mut self, line: &str) -> Result<(), ExchangeError> {
        let mut rest = Some(line);
        let mut is_first = true;
        while let Some(line) = rest {
            self.count += 1;
            if self.count > MAX_LINES {
                return Err(ExchangeError::TooManyLines { lines: self.count });
            }
            rest = self.read_statement(line, is_first);
            is_first = false;
        }
        Ok(())
    }

    /// Reads a statement; returns the rest of the line.
    fn read_statement<'a>(&mut self, line: &'a str, is_first: bool) -> Option<&'a str> {
        let start = line.trim_start();
        if start.starts_with("%%") {
            return None;
        }
        if let Some(text) = strip_accessibility_keyword(start, "acctitle", ':') {
            self.lines[2] = self.number;
            self.diagram.acc_title = Some(text.trim().to_owned());
        } else if let Some(text) = strip_accessibility_keyword(start, "accdescr", ':') {
            self.diagram.acc_descr = Some(text.trim().to_owned());
        } else if let Some(text) = strip_accessibility_keyword(start, "accdescr", '{') {
            self.state = ParseState::Description;
            self.description.clear();
            return self.read_description(text);
        } else {
            return self.read_plain_statement(line, is_first);
        }
        None
    }

    /// Reads a title, section or task, without a comment behind it. Returns the rest of the line behind a
    /// semicolon.
    fn read_plain_statement<'a>(&mut self, whole: &'a str, is_first: bool) -> Option<&'a str> {
        let (line, behind) = whole.split_at(statement_end(whole));
        let next = behind.strip_prefix(';');
        let comment = if next.is_some() { "" } else { behind };
        let unscored = comment.strip_prefix('#').is_some_and(|text| text.trim() == UNSCORED);
        let start = line.trim_start();
        if start.is_empty() {
            // The line is a comment, or a lone semicolon.
            return next;
        }
        if let Some(title) = strip_keyword(start, "title") {
            self.set_title(title);
        } else if let Some(section) = strip_keyword(start, "section") {
            self.add_section(section);
        } else if !self.read_task(line, unscored) {
            if is_first {
                // A name may contain a semicolon: such a line is not guessed at.
                self.leave_out(whole, UnreadReason::Task);
                return None;
            }
            self.leave_out(if next.is_some() { line } else { whole }, UnreadReason::Rest);
            return next;
        }
        if !unscored && !comment.trim().is_empty() {
            self.leave_out(comment, UnreadReason::Rest);
        }
        next
    }

    fn set_title(&mut self, title: &str) {
        if let Some(before) = self.diagram.title.replace(title.to_owned()) {
            self.unread.push(Unread::new(self.lines[0], &before, UnreadReason::SecondTitle));
        }
        self.lines[0] = self.number;
    }

    fn add_section(&mut self, text: &str) {
        let (section, rest) = text.split_once(':').map_or((text, None), |(text, rest)| (text, Some(rest)));
        self.diagram.sections.push(section.to_owned());
        if let Some(rest) = rest {
            self.leave_out(rest, UnreadReason::Rest);
        }
    }

    /// Reads a task; false if the line is none.
    fn read_task(&mut self, line: &str, unscored: bool) -> bool {
        let Some((name, data)) = line.split_once(':').filter(|(name, _)| !name.trim().is_empty()) else {
            return false;
        };
        let mut pieces = data.split(':');
        let score = pieces.next().map_or(f64::NAN, parse_number);
        let people = pieces.next().map(|names| names.split(',').map(|name| name.trim().to_owned()).collect());
        if let Some(rest) = pieces.next() {
            self.leave_out(rest, UnreadReason::Rest);
        }
        self.diagram.tasks.push(DiagramTask {
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
    fn read_description<'a>(&mut self, line: &'a str) -> Option<&'a str> {
        let (text, rest) = line.split_once('}').map_or((line, None), |(text, rest)| (text, Some(rest)));
        self.description.push(text.trim().to_owned());
        if rest.is_some() {
            self.state = ParseState::Body;
            self.diagram.acc_descr = Some(self.description.join("\n").trim().to_owned());
        }
        rest
    }

    fn finish(mut self) -> Result<(Diagram, Vec<Unread>), ExchangeError> {
        match self.state {
            ParseState::Description => {
                self.diagram.acc_descr = Some(self.description.join("\n").trim().to_owned());
            }
            ParseState::Body | ParseState::Directive { body: true } => {}
            _ => return Err(ExchangeError::NotMermaid { found: None }),
        }
        self.other_titles();
        Ok((self.diagram, self.unread))
    }

    /// Reports the titles other than the one that the journey gets.
    fn other_titles(&mut self) {
        let titles = self.diagram.all_titles().zip(self.lines);
        let mut titles = titles.filter_map(|(title, line)| Some((title.as_deref()?, line)));
        let Some((chosen, _)) = titles.next() else { return };
        let others = titles.filter(|(other, _)| *other != chosen);
        let others = others.map(|(other, line)| Unread::new(line, other, UnreadReason::SecondTitle));
        self.unread.extend(others);
    }
}

/// Returns the end of a statement: at a comment or semicolon that is not part of an entity.
fn statement_end(line: &str) -> usize {
    let mut place = 0;
    while let Some(next) = line.get(place..).and_then(|rest| rest.find(['#', ';'])) {
        place += next;
        match entity_length(&line[place..]) {
            Some(length) => place += length,
            None => return place,
        }
    }
    line.len()
}

/// Returns the text behind a word and a character, with or without blanks between them.
fn strip_accessibility_keyword<'a>(text: &'a str, word: &str, sign: char) -> Option<&'a str> {
    let begins = text.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
    if begins { text.get(word.len()..)?.trim_start().strip_prefix(sign) } else { None }
}

/// Returns the text behind a word and one blank, if there is any.
fn strip_keyword<'a>(text: &'a str, word: &str) -> Option<&'a str> {
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
fn parse_number(text: &str) -> f64 {
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
        let (diagram, unread) = parse_diagram(text).unwrap();
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
            assert_eq!(parse_diagram(text).unwrap().0.title.as_deref().map(str::trim), Some("T"), "{text}");
        }
        assert_eq!(tasks("journey\nWait #59; go: 2")[0].0, "Wait #59; go");
    }

    #[test]
    fn what_is_no_statement_between_semicolons_is_named() {
        let text = "journey; a: 4: Ann; Bob; b: 3\nwhat; x: 1\nc: 1 # why; d: 2";
        let (diagram, unread) = parse_diagram(text).unwrap();
        let names: Vec<&str> = diagram.tasks.iter().map(|task| task.name.trim()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let told: Vec<(usize, &str, UnreadReason)> =
            unread.iter().map(|unread| (unread.line, unread.text.as_str(), unread.reason)).collect();
        let expected = [
            (1, "Bob", UnreadReason::Rest),
            (2, "what; x: 1", UnreadReason::Task),
            (3, "# why; d: 2", UnreadReason::Rest),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_line_of_endless_statements_is_refused() {
        for part in ["a:1;", ";", "accDescr{}"] {
            let refused = parse_diagram(&format!("journey {}", part.repeat(800_000)));
            assert!(matches!(refused, Err(ExchangeError::TooManyLines { .. })), "{part}");
        }
    }
}
