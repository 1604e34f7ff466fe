//! Tables as comma-separated values that no spreadsheet takes for formulas.

use super::cell::escape_formula;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes a header and rows. A text that a spreadsheet would compute is prefixed by an apostrophe; a number
/// is written unchanged.
///
/// # Errors
/// If `out` fails.
pub fn write_csv<R: AsRef<[String]>>(
    header: &[impl AsRef<str>],
    rows: impl IntoIterator<Item = R>,
    out: impl Write,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table
        .write_record(header.iter().map(|cell| escape_cell(cell.as_ref()).into_owned()))
        .map_err(into_io_error)?;
    for row in rows {
        table
            .write_record(row.as_ref().iter().map(|cell| escape_cell(cell).into_owned()))
            .map_err(into_io_error)?;
    }
    table.flush()
}

/// Unwraps an I/O error, so that callers recognize a closed pipe, which is no failure.
fn into_io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Returns the cell as no spreadsheet computes it; a number is unchanged.
fn escape_cell(cell: &str) -> Cow<'_, str> {
    if cell.parse::<f64>().is_ok() { cell.into() } else { escape_formula(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_is_a_formula_and_numbers_stay_numbers() {
        let rows = [["=1+1", "-3.25"], [" @sum(a)", "+1.0"], ["＝cmd", "-x"], ["plain, \"quoted\"", "4"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let mut out = Vec::new();
        write_csv(&["=a", "b"], rows, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let expected = "'=a,b\n'=1+1,-3.25\n' @sum(a),+1.0\n'＝cmd,'-x\n\"plain, \"\"quoted\"\"\",4\n";
        assert_eq!(text, expected);
    }
}
