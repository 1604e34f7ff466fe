//! Messages about answers that were imported before, and the choices for them.

use crate::i18n::{Lang, Msg, format_count, format_date};
use crate::survey::overlap::{AgainChoice, Overlap, OverlapEvidence};
use std::fmt::Display;

impl Overlap {
    /// Returns the message that answers of this file were imported before, with the evidence.
    pub fn message(&self, lang: Lang) -> String {
        let files = self.file_names(lang);
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

    /// Returns the label of a choice.
    pub fn choice_message(&self, choice: AgainChoice, lang: Lang) -> String {
        match (choice, self.evidence, self.last) {
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
    pub fn choice_detail(&self, choice: AgainChoice, rows: u64, lang: Lang) -> String {
        let files = self.file_names(lang);
        match (choice, self.evidence, self.last) {
            (AgainChoice::Replace, OverlapEvidence::Content, _) => Msg::AgainSameWhy.text(lang).to_owned(),
            (AgainChoice::Replace, ..) => {
                Msg::AgainReplaceWhy.text_with(lang, &[("files", &files), ("n", &format_count(rows))])
            }
            (AgainChoice::OnlyNew, OverlapEvidence::Respondents { known, .. }, _) => {
                Msg::AgainNewRespondentsWhy
                    .text_with(lang, &[("files", &files), ("known", &format_count(known))])
            }
            (AgainChoice::OnlyNew, _, Some(day)) => {
                Msg::AgainNewRowsWhy.text_with(lang, &[("files", &files), ("day", &format_date(lang, day))])
            }
            (AgainChoice::OnlyNew, _, None) | (AgainChoice::AddAll, ..) => {
                Msg::AgainAddAllWhy.text_with(lang, &[("files", &files)])
            }
        }
    }

    fn file_names(&self, lang: Lang) -> String {
        let files: Vec<&str> = self.batches.iter().map(|batch| batch.file.as_str()).collect();
        files.join(Msg::ListComma.text(lang))
    }
}
