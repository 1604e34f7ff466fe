//! Cells of exported tables, written so that no spreadsheet runs them as formulas.

use crate::survey::cell::looks_like_formula;
use std::borrow::Cow;

/// Returns the text of a cell, prefixed by an apostrophe if a spreadsheet would take it for a formula.
pub fn escape_formula(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_starts_a_formula_and_others_stand_as_they_are() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n =1",
            "  =1",
            "\u{feff}=1",
            "＝1",
            "\u{a0}－1",
        ] {
            assert_eq!(escape_formula(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "Check-in", "a=b", "'=1", "值机", "5"] {
            assert_eq!(escape_formula(text), text);
        }
    }
}
