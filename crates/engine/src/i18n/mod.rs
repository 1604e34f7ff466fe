//! Every sentence and word the program says, in English and Simplified Chinese.
//!
//! A message is one line in the file of its area: `Name => "English" / "中文";`. Braces hold arguments:
//! `{file}` is replaced by the text, `{n|card|cards}` by the first word when `n` reads "1" and by the second
//! otherwise. Sentence case, no colon after a label, an ellipsis on a button that asks for more.

#[macro_use]
mod words;
#[macro_use]
mod choices;
#[macro_use]
mod actions;
#[macro_use]
mod panels;
#[macro_use]
mod scores;
#[macro_use]
mod charts;
#[macro_use]
mod feedback;
#[macro_use]
mod errors;
#[macro_use]
mod sources;
#[macro_use]
mod files;
#[macro_use]
mod problems;
#[macro_use]
mod window;
#[macro_use]
mod exchange;
#[macro_use]
mod changes;
#[macro_use]
mod cli;
#[macro_use]
mod sharing;
mod choice_words;
mod explain;
mod icons;
mod number;
mod plain;

pub use choice_words::{Worded, find_choice_word};
pub use explain::{
    Explain, HatchedForm, against_word, ambiguous_words, compared_words, explain_again_choice,
    explain_again_effect, explain_answer, explain_caution, explain_problem, explain_repair, explain_save,
    figure_of, format_excess_shares, formula_words, hatched_words, kind_and_name, left_out_words, mask_words,
    n_words, name_element, redaction_summary, redaction_words, repeated_rows_remark, template_purpose,
    template_title, title_of,
};
pub use icons::icon_label;
pub use number::{
    format_bytes, format_count, format_date, format_decimal, format_figure, format_percent, format_signed,
    month_name, weekday_letters,
};
pub use plain::{escape_invisible, file_name, shorten_lines, shorten_text};

pub use crate::lang::Lang;

use std::fmt::Display;

/// Passes the rows of each area on to the next, and all of them to `messages!`.
macro_rules! collect {
    ([] $($rows:tt)*) => { messages! { $($rows)* } };
    ([$area:ident $($more:ident)*] $($rows:tt)*) => { $area! { collect [$($more)*] $($rows)* } };
}

macro_rules! messages {
    ($($name:ident => $en:literal / $zh:literal;)*) => {
        /// A message, without its arguments.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Msg {
            $(#[doc = concat!("`", $en, "`")] $name,)*
        }

        impl Msg {
            /// Every message.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }

        static TEXTS: &[[&str; 2]] = &[$([$en, $zh],)*];
    };
}

collect! { [words choices actions panels scores charts feedback errors sources problems files window changes exchange cli sharing] }

impl Msg {
    /// Returns the message in a language, without filling in arguments.
    pub const fn text(self, lang: Lang) -> &'static str {
        TEXTS[self as usize][lang as usize]
    }

    /// Returns the message in a language, with its arguments filled in; arguments that it does not name are
    /// ignored.
    pub fn text_with(self, lang: Lang, arguments: &[(&str, &dyn Display)]) -> String {
        fill_arguments(self.text(lang), arguments)
    }
}

/// Replaces the braces by the arguments of their names.
fn fill_arguments(text: &str, arguments: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((slot, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let mut parts = slot.split('|');
        let name = parts.next().unwrap_or_default();
        let value = arguments.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string());
        let word = match (parts.next(), parts.next()) {
            (Some(one), Some(many)) => Some(if value.as_deref() == Some("1") { one } else { many }),
            _ => value.as_deref(),
        };
        filled.push_str(word.unwrap_or_default());
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests;
