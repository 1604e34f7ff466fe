//! Turns the data of the engine into sentences: errors, findings, reasons, names. The rooms below return these
//! as values and know no language.

mod again;
mod columns;
mod files;
mod names;
mod problems;
mod redaction;
mod repair;
mod scores;
mod survey_files;

pub use again::{explain_again_choice, explain_again_effect};
pub use columns::{ambiguous_words, explain_answer, left_out_words, repeated_rows_remark};
pub use files::{explain_save, template_purpose, template_title};
pub use names::{kind_and_name, name_element, title_of};
pub use problems::{explain_problem, format_excess_shares};
pub use redaction::{mask_words, redaction_summary, redaction_words};
pub use repair::explain_repair;
pub use scores::{
    HatchedForm, against_word, compared_words, explain_caution, figure_of, formula_words, hatched_words,
    n_words,
};

use super::Lang;

/// Data that has words in every language. A function `explain_…` stands in for it where the words need more
/// than the data and the language.
pub trait Explain {
    /// Returns the words in a language. Those of an error say what was found, what was expected, and what to do.
    fn explain(&self, lang: Lang) -> String;
}
