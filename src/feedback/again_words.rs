//! Messages about answers that were imported before, and the choices for them.

use crate::i18n::{Lang, Msg, count, date};
use crate::survey::again::{AgainChoice, Evidence, Overlap};
use std::fmt::Display;

impl Overlap {
    /// Returns the message that answers of this file were imported before, with the evidence.
    pub fn message(&self, lang: Lang) -> String {
        let files = self.files(lang);
        let imported = self.batches.first().map(|batch| date(lang, batch.imported)).unwrap_or_default();
        match self.evidence {
            Evidence::Content => Msg::AgainContent.with(lang, &[("date", &imported), ("files", &files)]),
            Evidence::Respondents { known, new } => {
                let told: [(&str, &dyn Display); 3] =
                    [("known", &count(known)), ("all", &count(known + new)), ("files", &files)];
                Msg::AgainRespondents.with(lang, &told)
            }
            Evidence::Counts => Msg::AgainCounts.with(lang, &[("files", &files)]),
            Evidence::Days => Msg::AgainDays.with(lang, &[("files", &files)]),
        }
    }

    /// Returns the label of a choice.
    pub fn choice_message(&self, choice: AgainChoice, lang: Lang) -> String {
        match (choice, self.evidence, self.last) {
            (AgainChoice::Replace, ..) => Msg::AgainReplace.text(lang).to_owned(),
            (AgainChoice::OnlyNew, Evidence::Respondents { new, .. }, _) => {
                Msg::AgainNewRespondents.with(lang, &[("n", &count(new))])
            }
            (AgainChoice::OnlyNew, _, Some(day)) => {
                Msg::AgainNewRows.with(lang, &[("day", &date(lang, day))])
            }
            (AgainChoice::OnlyNew, _, None) => Msg::AgainNewRespondents.with(lang, &[("n", &0)]),
            (AgainChoice::AddAll, ..) => Msg::AgainAddAll.text(lang).to_owned(),
        }
    }
    /// Returns the effect of a choice: the part of the earlier imports that is kept, and the rows, of `rows`
    /// in this file, that are imported.
    pub fn choice_detail(&self, choice: AgainChoice, rows: u64, lang: Lang) -> String {
        let files = self.files(lang);
        match (choice, self.evidence, self.last) {
            (AgainChoice::Replace, Evidence::Content, _) => Msg::AgainSameWhy.text(lang).to_owned(),
            (AgainChoice::Replace, ..) => {
                Msg::AgainReplaceWhy.with(lang, &[("files", &files), ("n", &count(rows))])
            }
            (AgainChoice::OnlyNew, Evidence::Respondents { known, .. }, _) => {
                Msg::AgainNewRespondentsWhy.with(lang, &[("files", &files), ("known", &count(known))])
            }
            (AgainChoice::OnlyNew, _, Some(day)) => {
                Msg::AgainNewRowsWhy.with(lang, &[("files", &files), ("day", &date(lang, day))])
            }
            (AgainChoice::OnlyNew, _, None) | (AgainChoice::AddAll, ..) => {
                Msg::AgainAddAllWhy.with(lang, &[("files", &files)])
            }
        }
    }

    fn files(&self, lang: Lang) -> String {
        let files: Vec<&str> = self.batches.iter().map(|batch| batch.file.as_str()).collect();
        files.join(Msg::ListComma.text(lang))
    }
}
