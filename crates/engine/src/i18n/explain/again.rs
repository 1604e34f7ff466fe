//! Answers that were imported before with the choices for them, and tables that are counts already.

use super::Explain;
use crate::feedback::crosstab::Crosstab;
use crate::i18n::{Lang, Msg, format_count, format_date};
use crate::survey::overlap::{AgainChoice, Overlap, OverlapEvidence};
use std::fmt::Display;

impl Explain for Overlap {
    fn explain(&self, lang: Lang) -> String {
        let files = file_names(self, lang);
        let imported =
            self.batches.first().map(|batch| format_date(lang, batch.imported)).unwrap_or_default();
        match self.evidence {
            OverlapEvidence::Content => {
                Msg::AgainContent.text_with(lang, &[("date", &imported), ("files", &files)])
            }
            OverlapEvidence::Respondents { known, new } => {
                let told: [(&str, &dyn Display); 3] =
                    [("known", &format_count(known)), ("all", &format_count(known + new)), ("files", &files)];
                Msg::AgainRespondents.text_with(lang, &told)
            }
            OverlapEvidence::Counts => Msg::AgainCounts.text_with(lang, &[("files", &files)]),
            OverlapEvidence::Days => Msg::AgainDays.text_with(lang, &[("files", &files)]),
        }
    }
}

/// Returns the label of a choice.
pub fn explain_again_choice(overlap: &Overlap, choice: AgainChoice, lang: Lang) -> String {
    match (choice, overlap.evidence, overlap.last) {
        (AgainChoice::Replace, ..) => Msg::AgainReplace.text(lang).to_owned(),
        (AgainChoice::OnlyNew, OverlapEvidence::Respondents { new, .. }, _) => {
            Msg::AgainNewRespondents.text_with(lang, &[("n", &format_count(new))])
        }
        (AgainChoice::OnlyNew, _, Some(day)) => {
            Msg::AgainNewRows.text_with(lang, &[("day", &format_date(lang, day))])
        }
        (AgainChoice::OnlyNew, _, None) => Msg::AgainNewRespondents.text_with(lang, &[("n", &0)]),
        (AgainChoice::AddAll, ..) => Msg::AgainAddAll.text(lang).to_owned(),
    }
}

/// Returns the effect of a choice: the part of the earlier imports that is kept, and the rows, of `rows`
/// in this file, that are imported.
pub fn explain_again_effect(overlap: &Overlap, choice: AgainChoice, rows: u64, lang: Lang) -> String {
    let files = file_names(overlap, lang);
    match (choice, overlap.evidence, overlap.last) {
        (AgainChoice::Replace, OverlapEvidence::Content, _) => Msg::AgainSameWhy.text(lang).to_owned(),
        (AgainChoice::Replace, ..) => {
            Msg::AgainReplaceWhy.text_with(lang, &[("files", &files), ("n", &format_count(rows))])
        }
        (AgainChoice::OnlyNew, OverlapEvidence::Respondents { known, .. }, _) => {
            Msg::AgainNewRespondentsWhy.text_with(lang, &[("files", &files), ("known", &format_count(known))])
        }
        (AgainChoice::OnlyNew, _, Some(day)) => {
            Msg::AgainNewRowsWhy.text_with(lang, &[("files", &files), ("day", &format_date(lang, day))])
        }
        (AgainChoice::OnlyNew, _, None) | (AgainChoice::AddAll, ..) => {
            Msg::AgainAddAllWhy.text_with(lang, &[("files", &files)])
        }
    }
}

fn file_names(overlap: &Overlap, lang: Lang) -> String {
    let files: Vec<&str> = overlap.batches.iter().map(|batch| batch.file.as_str()).collect();
    files.join(Msg::ListComma.text(lang))
}

impl Explain for Crosstab {
    fn explain(&self, lang: Lang) -> String {
        let groups = self.groups.join(Msg::ListComma.text(lang));
        let message = if self.turned { Msg::TurnedTableFound } else { Msg::CrosstabFound };
        message.text_with(lang, &[("n", &format_count(self.columns as u64)), ("names", &groups)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_about_a_crosstab_names_its_groups() {
        let groups = vec!["All".to_owned(), "18 - 34".to_owned(), "35+".to_owned()];
        for turned in [false, true] {
            let found = Crosstab { columns: 3, groups: groups.clone(), turned };
            assert!(Lang::ALL.iter().all(|lang| found.explain(*lang).contains("18 - 34")));
        }
    }
}
