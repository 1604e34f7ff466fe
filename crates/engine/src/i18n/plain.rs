//! Text from other people or files, shown outside the document: characters that would move a terminal's
//! cursor, reverse a line or be invisible are written out, so that a name is seen as it is.

use std::fmt::Write as _;
use std::path::Path;

/// Returns a text with its invisible and control characters written out, as `\u{202e}`. Line ends and tabs
/// stay, and so do the joiners and marks that scripts and emoji need.
pub fn escape_invisible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let ends_line = sign == '\r' && signs.peek() == Some(&'\n');
        if is_invisible(sign) && !ends_line {
            let written = write!(out, "{}", sign.escape_unicode());
            debug_assert!(written.is_ok(), "a string takes all that is written to it");
        } else {
            out.push(sign);
        }
    }
    out
}

/// The most characters of a message, or of a line of one.
const MOST: usize = 2000;
/// Of these, the number shown from the end, where flags and paths are.
const END: usize = 600;

/// Shortens each long line of a text to its beginning and end.
pub fn shorten_lines(text: &str) -> String {
    text.split('\n').map(brief_line).collect::<Vec<String>>().join("\n")
}

fn brief_line(line: &str) -> String {
    let length = line.chars().count();
    if length <= MOST {
        return line.to_owned();
    }
    let begin: String = line.chars().take(MOST - END - 3).collect();
    let end: String = line.chars().skip(length - END).collect();
    format!("{begin} … {end}")
}

/// Shortens a text to at most `most` characters, the last one an ellipsis if something was cut.
pub fn shorten_text(text: &str, most: usize) -> String {
    match text.chars().nth(most) {
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

/// Returns the last part of a path on one line.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    escape_invisible(&name).replace('\n', "\\n").replace('\t', "\\t")
}

/// True for a character that acts or hides: controls such as escape; the marks that change the direction of
/// text; blanks without a width, and line ends that only some programs know.
fn is_invisible(sign: char) -> bool {
    (sign.is_control() && !matches!(sign, '\n' | '\t'))
        || matches!(sign, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_written_out_and_what_scripts_need_stays() {
        assert_eq!(escape_invisible("a\u{1b}[31mb\u{9b}2J\r"), "a\\u{1b}[31mb\\u{9b}2J\\u{d}");
        assert_eq!(
            escape_invisible("x\u{202e}nor.exe\u{2069}\u{200b}\u{feff}"),
            "x\\u{202e}nor.exe\\u{2069}\\u{200b}\\u{feff}"
        );
        for text in ["one\n\ttwo\r\n", "👩\u{200d}💻 می\u{200c}خواهم \u{200f}עברית", "旅程 – “Reise”"]
        {
            assert_eq!(escape_invisible(text), text);
        }
        assert_eq!(shorten_lines("旅程\n two"), "旅程\n two");
        let long = format!("a{}z\nshort", "旅".repeat(4000));
        let told = shorten_lines(&long);
        let first = told.lines().next().unwrap();
        assert_eq!(first.chars().count(), MOST);
        assert!(first.starts_with("a旅") && first.contains(" … ") && told.ends_with("z\nshort"));
        assert_eq!(file_name(Path::new("/x/a\nb\u{1b}.ron")), "a\\nb\\u{1b}.ron");
    }
}
