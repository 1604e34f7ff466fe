//! Rows of figures as comma-separated values or JSON.

use super::Failure;
use super::args::Format;
use crate::export::table::write_csv;
use serde_json::{Map, Value, json};
use std::io::Write;

/// One cell.
pub(super) enum Figure {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A number and the decimals it is rounded to; `None` is an empty cell.
    Number(Option<f64>, usize),
}

impl Figure {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number, digits) => {
                number.map_or(String::new(), |number| format!("{number:.digits$}"))
            }
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Whole(number) => json!(number),
            // The same digits as in the text, so that both formats agree.
            Self::Number(..) => self.text().parse::<f64>().map_or(Value::Null, |number| json!(number)),
        }
    }
}

/// Prints rows under a header.
pub(super) fn print(
    header: &[&str],
    rows: &[Vec<Figure>],
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match format {
        Format::Csv => {
            let texts = rows.iter().map(|row| row.iter().map(Figure::text).collect::<Vec<_>>());
            Ok(write_csv(header, texts, out)?)
        }
        Format::Json => {
            let object = |row: &Vec<Figure>| {
                let named = header.iter().zip(row).map(|(name, figure)| ((*name).to_owned(), figure.value()));
                Value::Object(named.collect::<Map<_, _>>())
            };
            let rows: Vec<Value> = rows.iter().map(object).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
    }
}
