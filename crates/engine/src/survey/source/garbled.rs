//! Detects garbled texts: UTF-8 that another program read in a wrong encoding and saved again, such as `Ã¼`
//! for `ü`.

use super::warning::FileWarning;

/// The most rows with non-ASCII characters that are checked.
const ROWS: u64 = 1000;
/// At least one row in this many must be garbled; a comment may quote a garbled word.
const SHARE: u64 = 5;

/// Counts the rows with garbled words.
#[derive(Debug, Default)]
pub(super) struct GarbledCheck {
    rows: u64,
    garbled: u64,
    first: Option<(u64, String)>,
}

impl GarbledCheck {
    pub(super) fn check_row(&mut self, text: &str, line: u64) {
        if self.rows >= ROWS || text.is_ascii() {
            return;
        }
        self.rows += 1;
        if let Some(word) = garbled_word(text) {
            self.garbled += 1;
            self.first.get_or_insert_with(|| (line, word.to_owned()));
        }
    }

    /// Adds rows that were checked elsewhere.
    pub(super) fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.garbled += other.garbled;
        self.first = [self.first.take(), other.first].into_iter().flatten().min();
    }

    pub(super) fn to_warning(&self) -> Option<FileWarning> {
        let (line, example) = self.first.clone()?;
        (self.garbled * SHARE >= self.rows).then_some(FileWarning::Garbled { line, example })
    }
}

/// Finds the first word that becomes UTF-8 once it is encoded in the wrongly assumed encoding.
fn garbled_word(text: &str) -> Option<&str> {
    let parts = |sign: char| sign.is_ascii_whitespace() || sign.is_ascii_punctuation();
    text.split(parts).filter(|word| !word.is_ascii()).find(|word| {
        let runs = word.split(|sign: char| sign.is_ascii()).filter(|run| !run.is_empty());
        runs.into_iter().any(|run| is_western(run) || is_chinese(run))
    })
}

/// True for UTF-8 that was read as code page 1252, in which bytes without a character may be lost.
fn is_western(run: &str) -> bool {
    let (bytes, _, is_lossy) = encoding_rs::WINDOWS_1252.encode(run);
    let original: String = bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
    if is_lossy || original.len() * 3 < bytes.len() * 2 {
        return false;
    }
    // A capital before a closing quote is UTF-8 by chance, but of a letter that is unusual on its own.
    let is_plain =
        |sign: char| matches!(sign, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{2122}' | '\u{3000}'..='\u{9fff}');
    original.chars().any(is_plain) || original.chars().count() > 1
}

/// True for Chinese in UTF-8 that was read as GB 18030.
fn is_chinese(run: &str) -> bool {
    if run.chars().count() < 3 {
        return false;
    }
    let (bytes, _, is_lossy) = encoding_rs::GB18030.encode(run);
    let is_common = |sign: char| matches!(sign, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    !is_lossy && std::str::from_utf8(&bytes).is_ok_and(|original| original.chars().all(is_common))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_words_are_found() {
        for text in ["sehr gut, fÃ¼r mich", "itâ€™s fine", "æ»¡æ„\u{8f}", "éžå¸¸æ»¡æ„\u{8f}", "Ð¾Ñ‡ÐµÐ½ÑŒ"]
        {
            assert!(garbled_word(text).is_some(), "{text}");
        }
        let (chinese, ..) = encoding_rs::GB18030.decode("非常满意".as_bytes());
        assert!(garbled_word(&chinese).is_some(), "{chinese}");
        for text in [
            "für mich, „Spaß“",
            "très bon – déjà",
            "非常满意",
            "очень хорошо",
            "São João",
            "5 €",
            "Å",
            "满意度调查问卷",
        ] {
            assert_eq!(garbled_word(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_that_is_quoted_in_a_comment_is_none_of_the_file() {
        let mut check = GarbledCheck::default();
        (2..20).for_each(|line| check.check_row("schöne Räume", line));
        check.check_row("I saw fÃ¼r", 20);
        assert_eq!(check.to_warning(), None);
        (21..40).for_each(|line| check.check_row("schÃ¶n", line));
        assert_eq!(check.to_warning(), Some(FileWarning::Garbled { line: 20, example: "fÃ¼r".to_owned() }));
    }
}
