//! Rows of figures as comma-separated values or JSON.

use super::Failure;
use super::args::ScoreFormat;
use engine::export::table::write_csv;
use serde_json::{Map, Value, json};
use std::io::Write;

/// One cell.
pub(super) enum CellValue {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A number and the decimals it is rounded to; `None` is an empty cell.
    Number(Option<f64>, usize),
}

impl CellValue {
    fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number, digits) => {
                number.map_or(String::new(), |number| format!("{number:.digits$}"))
            }
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Whole(number) => json!(number),
            // The same digits as in the text, so that both formats agree.
            Self::Number(..) => self.to_text().parse::<f64>().map_or(Value::Null, |number| json!(number)),
        }
    }
}

/// Prints rows under a header.
pub(super) fn print_rows(
    header: &[&str],
    rows: &[Vec<CellValue>],
    format: ScoreFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match format {
        ScoreFormat::Csv => {
            let texts = rows.iter().map(|row| row.iter().map(CellValue::to_text).collect::<Vec<_>>());
            Ok(write_csv(header, texts, out)?)
        }
        ScoreFormat::Json => {
            let object = |row: &Vec<CellValue>| {
                let named =
                    header.iter().zip(row).map(|(name, figure)| ((*name).to_owned(), figure.to_json()));
                Value::Object(named.collect::<Map<_, _>>())
            };
            let rows: Vec<Value> = rows.iter().map(object).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
    }
}
