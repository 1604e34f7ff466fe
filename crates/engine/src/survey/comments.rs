//! Comments of respondents, read from one column so that a person can choose quotes. Reading stores nothing.

use super::mask::{MaskWords, mask_text};
use super::names::{ALIKE, ComparableName, Weights};
use super::profile::{ColumnProfile, Profile};
use super::propose::{ColumnReason, ProposedColumn};
use super::source::{Input, ReadProgress, SurveyTable, TableError, open};
use crate::id::Id;
use crate::model::{Journey, sort_records};
use std::sync::Arc;

/// The most comments that are held; a search of the file finds those beyond.
pub const MOST: usize = 5000;
/// The most characters of a comment that are held; a longer one ends with an ellipsis.
pub const LONGEST: usize = 1000;
/// The most characters of the answer shown beside a comment.
const ANSWER: usize = 40;
/// Average length of texts, in bytes, above which a column that seems to hold personal data is taken for
/// comments that mention it.
const COMMENT: u64 = 40;

/// The selection of comments to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentRequest {
    /// Index of the column of comments.
    pub column: usize,
    /// Index of a column whose answers are shown beside them, if any.
    pub score: Option<usize>,
    /// Words that a comment must all contain, in any place; empty for all comments.
    pub words: String,
}

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The line where its row begins, from 1; in a workbook the number of the row.
    pub line: u64,
    /// The answer beside it, as written; empty if there is none.
    pub answer: String,
    /// The text in one line.
    pub text: String,
    /// The same text with personal names and contact details masked.
    pub masked: String,
}

impl Comment {
    /// Returns the text as it is shown and kept.
    pub fn display_text(&self, masked: bool) -> &str {
        if masked { &self.masked } else { &self.text }
    }
}

/// The comments of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comments {
    /// The first [`MOST`] of them, in file order.
    pub list: Vec<Comment>,
    /// The number of all matching comments.
    pub total: u64,
    /// The number of rows of the file.
    pub rows: u64,
    /// The number of skipped rows, whose number of cells differs from the header's.
    pub ragged: u64,
    /// The hash of the file's content, as imports store it.
    pub hash: String,
}

/// Reads the comments of a file; `masks` are the words in place of names and contact details. Rows with a different number of cells than the header are skipped.
///
/// # Errors
/// If the file can't be read as a table, or reading was cancelled.
pub fn read_comments(
    input: &Input,
    wanted: &CommentRequest,
    masks: &MaskWords,
    progress: &Arc<ReadProgress>,
) -> Result<Comments, TableError> {
    read_from_table(&mut open(input, progress)?, wanted, masks)
}

fn read_from_table(
    table: &mut SurveyTable,
    wanted: &CommentRequest,
    masks: &MaskWords,
) -> Result<Comments, TableError> {
    let search = CommentSearch::new(&wanted.words);
    let mut found = Comments::default();
    while let Some(row) = table.next_row()? {
        found.rows += 1;
        let cell = row.cell(wanted.column);
        found.ragged += u64::from(row.is_ragged());
        if row.is_ragged() || cell.is_empty() {
            continue;
        }
        let whole = one_line(truncate_to_word(cell));
        let text = truncate_chars(&whole, LONGEST);
        if whole.is_empty() || !search.is_match(&text) {
            continue;
        }
        found.total += 1;
        if found.list.len() < MOST {
            let answer = wanted
                .score
                .map(|score| truncate_chars(&one_line(truncate_to_word(row.cell(score))), ANSWER));
            // Masked before it is cut, or half an address could remain at the end.
            let masked = truncate_chars(&mask_text(&whole, masks), LONGEST);
            found.list.push(Comment {
                line: row.line_number(),
                answer: answer.unwrap_or_default(),
                text,
                masked,
            });
        }
    }
    found.hash = table.content_hash();
    Ok(found)
}

/// Returns the beginning of a cell, up to the end of a word: several times the held length, as masks may be
/// shorter than what they replace.
fn truncate_to_word(cell: &str) -> &str {
    const ROOM: usize = 8 * LONGEST;
    let Some(head) = cell.get(..cell.floor_char_boundary(ROOM)).filter(|head| head.len() < cell.len()) else {
        return cell;
    };
    head.rfind(char::is_whitespace).map_or(head, |end| &head[..end])
}

/// Joins a text into one line, without invisible characters.
fn one_line(text: &str) -> String {
    let unseen = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words = words.map(|word| word.replace(unseen, "")).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn truncate_chars(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

/// Search words, matched without regard to case; a text must contain all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentSearch(Vec<String>);

impl CommentSearch {
    /// Splits the typed words.
    pub fn new(words: &str) -> Self {
        Self(words.to_lowercase().split_whitespace().map(str::to_owned).collect())
    }

    /// True if a text contains all of the words.
    pub fn is_match(&self, text: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let text = text.to_lowercase();
        self.0.iter().all(|word| text.contains(word))
    }
}

/// Returns the indices of columns that may hold comments, the likeliest first. Columns that look like
/// personal data are excluded, except those of long texts, which may only mention it.
pub fn text_columns(profile: &Profile, columns: &[ProposedColumn]) -> Vec<usize> {
    let rank = |column: &ProposedColumn, seen: &ColumnProfile| {
        let length = seen.text_bytes.checked_div(seen.texts).unwrap_or(0);
        match column.reason {
            ColumnReason::Comment => Some(0),
            ColumnReason::Personal if length > COMMENT => Some(0),
            ColumnReason::ManyValues if seen.texts > seen.numbers => Some(1),
            ColumnReason::FewTexts => Some(2),
            _ => None,
        }
    };
    let places = columns.iter().zip(&profile.columns).enumerate();
    let mut ranked: Vec<(u8, usize)> =
        places.filter_map(|(place, (column, seen))| Some((rank(column, seen)?, place))).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, place)| place).collect()
}

/// Returns the indices of columns that hold answers on a scale.
pub fn score_columns(columns: &[ProposedColumn]) -> Vec<usize> {
    let scored = |column: &ProposedColumn| column.is_question() || column.reason.has_scale();
    columns.iter().enumerate().filter(|(_, column)| scored(column)).map(|(place, _)| place).collect()
}

/// Finds the touchpoint or stage whose name is most similar to the column's, if any is similar enough.
pub fn find_target(journey: &Journey, column: &str) -> Option<Id> {
    let touchpoints =
        sort_records(journey.touchpoints().values()).into_iter().map(|t| (Id::from(t.id), &t.title));
    let stages = journey.stages_in_order().into_iter().map(|s| (Id::from(s.id), &s.title));
    let names: Vec<(Id, ComparableName)> =
        touchpoints.chain(stages).map(|(id, title)| (id, ComparableName::new(title))).collect();
    let weights = Weights::from_names(names.iter().map(|(_, name)| name));
    let wanted = ComparableName::new(column);
    let alike = names.iter().map(|(id, name)| (weights.name_similarity(&wanted, name), *id));
    // Among equals the first.
    let best = alike.filter(|(likeness, _)| *likeness >= ALIKE).rev().max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::{add_stage, new_project};
    use crate::id::IdSource;
    use crate::survey::profile::profile_table;
    use crate::survey::propose::propose_columns;
    use std::io::Cursor;
    use std::path::Path;

    const MASKS: &MaskWords = &MaskWords {
        name: "[name]",
        mail: "[e-mail]",
        link: "[link]",
        number: "[number]",
        address: "[address]",
    };

    fn open_table(text: String) -> SurveyTable {
        SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()
    }

    fn comments_of_text(text: String, words: &str) -> Comments {
        let wanted = CommentRequest { column: 1, score: Some(0), words: words.to_owned() };
        read_from_table(&mut open_table(text), &wanted, MASKS).unwrap()
    }

    #[test]
    fn comments_come_with_line_and_answer_in_one_line_and_masked() {
        let text = "Seat,Why\n4,\"Mr Smith\n\u{202e}was\tkind\"\n5,\n,  \n2,Too NARROW\nx,y,z\n";
        let found = comments_of_text(text.to_owned(), "");
        let [kind, narrow] = found.list.as_slice() else { panic!("two comments: {found:?}") };
        assert_eq!((kind.line, kind.answer.as_str()), (2, "4"));
        assert_eq!(
            (kind.display_text(false), kind.display_text(true)),
            ("Mr Smith was kind", "Mr [name] was kind")
        );
        assert_eq!((narrow.line, found.total, found.rows, found.ragged), (6, 2, 5, 1));
        assert_eq!(comments_of_text(text.to_owned(), "narrow too").list, found.list[1..]);
        assert!(comments_of_text(text.to_owned(), "narrow kind").list.is_empty());
    }

    #[test]
    fn what_is_held_is_bounded_and_no_half_address_is_left_at_a_cut() {
        let rows: Vec<String> = (0..MOST + 7).map(|row| format!("1,row {row} end")).collect();
        let rows = rows.join("\n");
        let found = comments_of_text(format!("a,b\n{rows}\n"), "");
        assert_eq!((found.list.len(), found.total), (MOST, MOST as u64 + 7));
        let found = comments_of_text(format!("a,b\n{rows}\n"), &format!("{} end", MOST + 3));
        assert_eq!((found.list.len(), found.list[0].line), (1, MOST as u64 + 5));
        let long = format!("a,b\n1,{} jane.doe@example.com {}\n", "x".repeat(LONGEST - 9), "y ".repeat(9000));
        let found = comments_of_text(long, "");
        let Comment { text, masked, .. } = &found.list[0];
        assert_eq!((text.chars().count(), masked.chars().count()), (LONGEST, LONGEST));
        assert!(text.contains("jane") && !masked.contains("jane"), "{masked}");
    }

    #[test]
    fn a_read_tells_how_far_it_is_and_can_be_stopped() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/airline-feedback.csv");
        let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
        let told = Arc::clone(&seen);
        let watch = move |share| {
            told.lock().unwrap().push(share);
            true
        };
        let read = |progress| {
            read_comments(&Input::new(&path), &CommentRequest::default(), MASKS, &Arc::new(progress))
        };
        assert_eq!(read(ReadProgress::with_callback(watch)).unwrap().rows, 412);
        assert_eq!(seen.lock().unwrap().last(), Some(&1.0));
        assert!(matches!(read(ReadProgress::with_callback(|_| false)), Err(TableError::Cancelled)));
    }

    #[test]
    fn columns_of_comments_and_answers_are_told_apart_and_find_their_element() {
        let row = |row: usize| {
            let class = ["Eco", "First"][row % 2];
            let why = format!("The seat of row {row} was a little too narrow for me so write to a{row}@b.de");
            format!("{row},{},p{row}@c.de,{class},{why}", 1 + row % 5)
        };
        let rows: Vec<String> = (0..60).map(row).collect();
        let head = "id,Seat comfort,E-mail,Class,Seat comfort: why this score?";
        let mut source = IdSource::from_seed(5);
        let mut project = new_project("Trip", &mut source);
        let journey = project.journeys_in_order()[0].info().id;
        for stage in ["Book", "Seat comfort"] {
            let added = add_stage(&project, journey, None, stage, &mut source).0;
            apply_all(&mut project, &added).unwrap();
        }
        let journey = project.journeys_in_order()[0].clone();
        let profile = profile_table(&mut open_table(format!("{head}\n{}\n", rows.join("\n")))).unwrap();
        let columns = propose_columns(&profile, &project, journey.info().id);
        assert_eq!(text_columns(&profile, &columns), [4, 3]);
        assert_eq!(score_columns(&columns), [1]);
        let seat = find_target(&journey, "Seat comfort: why this score?")
            .and_then(|id| journey.stages().get(&id.to_typed()?));
        assert_eq!(seat.map(|stage| stage.title.as_str()), Some("Seat comfort"));
        assert_eq!(find_target(&journey, "xyz"), None);
    }
}
