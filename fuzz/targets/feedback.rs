//! Surveys as text: the whole way from bytes to counts on a map.

use super::scratch;
use crate::common::random_project;
use engine::edit::apply_all;
use engine::i18n::{Explain, Lang, mask_words};
use engine::id::IdSource;
use engine::model::Project;
use engine::model::counts::Segment;
use engine::survey::comments::{CommentRequest, LONGEST, read_comments};
use engine::survey::count::count_table;
use engine::survey::import::{Import, WaveChoice, build_transaction};
use engine::survey::profile::profile_table;
use engine::survey::propose::propose_columns;
use engine::survey::source::{Delimiter, Encoding, Input, Options, SurveyTable};
use jiff::civil::Date;
use std::io::Cursor;
use std::sync::{Arc, OnceLock};

/// The most bytes that are counted: larger tables only take longer.
const MOST: usize = 64 << 10;

/// A table of text; the first byte says how it is said to be read.
pub(crate) fn csv(data: &[u8]) {
    let Some((said, text)) = data.split_first().filter(|_| data.len() <= MOST) else { return };
    let options = options(*said);
    let table = || SurveyTable::with_options(Cursor::new(text.to_vec()), &options, &Arc::default());
    let mut project = project();
    let journey = *project.journeys().keys().next().expect("a journey");
    let profile = match table().and_then(|mut table| profile_table(&mut table)) {
        Ok(profile) => profile,
        Err(error) => return assert!(!error.explain(Lang::ZhCn).is_empty()),
    };
    let columns = propose_columns(&profile, &project, journey);
    let Ok(counted) = table().and_then(|mut table| count_table(&mut table, &columns)) else { return };
    for (place, column) in columns.iter().enumerate().filter(|(_, column)| column.is_question()) {
        let answers = counted.answers_of(place, &Segment::default());
        assert!(answers.n() <= counted.rows, "{}: more answers than rows", column.rule.column);
    }
    let import = Import {
        journey,
        columns,
        counted,
        file: "survey.csv".to_owned(),
        options,
        today: Date::constant(2026, 11, 24),
        wave: WaveChoice::Named("survey".to_owned()),
        replaces: Vec::new(),
    };
    let change = build_transaction(&project, &import, &mut IdSource::from_seed(1));
    apply_all(&mut project, &change).expect("an import applies");
}

fn project() -> Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(|| random_project(5, 40)).clone()
}

fn options(said: u8) -> Options {
    let encodings = [None, Some(Encoding::UTF_8), Some(Encoding::UTF_16LE), Some(Encoding::GB18030)];
    Options {
        encoding: encodings[usize::from(said & 3)],
        delimiter: Delimiter::ALL.get(usize::from(said >> 2 & 7)).copied(),
        decimal_comma: (said & 0x20 != 0).then_some(true),
        header_rows: (said & 0x40 != 0).then_some(said >> 7),
        sheet: None,
        ..Options::default()
    }
}

/// A survey with one comment, whose names and addresses are masked.
pub(crate) fn comment(data: &[u8]) {
    let text = String::from_utf8_lossy(data).replace('"', "\"\"");
    let path = scratch("csv");
    if std::fs::write(&path, format!("id,comment\n1,\"{text}\"\n")).is_err() {
        return;
    }
    let input = Input::with_options(&path, Options { encoding: Some(Encoding::UTF_8), ..Options::default() });
    let wanted = CommentRequest { column: 1, score: Some(0), words: String::new() };
    for lang in Lang::ALL {
        let Ok(comments) = read_comments(&input, &wanted, &mask_words(lang), &Arc::default()) else {
            continue;
        };
        assert!(comments.list.iter().all(|comment| comment.masked.chars().count() <= LONGEST));
    }
    std::fs::remove_file(path).expect("it can be removed");
}
