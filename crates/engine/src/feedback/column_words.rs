//! Conclusions about columns and rows, as short sentences with reasons.

use crate::i18n::{Lang, Msg, format_count, format_figure};
use crate::survey::mapping::Mapping;
use crate::survey::propose::{ColumnReason, OpenQuestion, ProposedColumn};
use crate::survey::row_rules::{RowKind, RowRule};
use crate::survey::scale::ScaleSource;

impl ProposedColumn {
    /// Returns the role the column was given and the reason, with the source of its scale's ends.
    pub fn explain_role(&self, lang: Lang) -> String {
        let reason = self.reason.to_message().text(lang);
        if !self.is_question() || self.reason == ColumnReason::Row {
            return reason.to_owned();
        }
        let low = format_figure(self.rule.low, 1);
        let high = format_figure(self.rule.high, 1);
        let scale = match self.source {
            ScaleSource::Answers => Msg::ScaleByAnswers,
            ScaleSource::Header => Msg::ScaleByHeader,
            ScaleSource::Battery => Msg::ScaleByBattery,
            ScaleSource::Words => Msg::ScaleByWords,
            ScaleSource::Cells => Msg::ScaleByCells,
            ScaleSource::TwoValues => Msg::ScaleByTwoValues,
            ScaleSource::Recommend => Msg::ScaleByRecommend,
            ScaleSource::Earlier => Msg::ScaleByEarlier,
            ScaleSource::Said => Msg::ScaleBySaid,
        };
        let scale = scale.text_with(lang, &[("low", &low), ("high", &high)]);
        Msg::ReasonAndScale.text_with(lang, &[("reason", &reason), ("scale", &scale)])
    }
}

impl Mapping {
    /// Returns remarks on the sampled rows: the number of repeated ones, unless a question about them is open
    /// or answered.
    pub fn row_remarks(&self, lang: Lang) -> Vec<String> {
        let rows = self.profile().repeated_rows;
        let about =
            |doubt: &OpenQuestion| matches!(doubt, OpenQuestion::Repeats(_) | OpenQuestion::SameRows(_));
        let asked =
            self.columns().iter().flat_map(ProposedColumn::blocking_doubts).any(|doubt| about(&doubt));
        let settled = self.columns().iter().any(|column| column.rule.once);
        let told = rows > 0 && !asked && !settled;
        told.then(|| Msg::RowsRepeated.text_with(lang, &[("n", &format_count(rows))])).into_iter().collect()
    }
}

impl RowRule {
    /// Returns the kind of rows that are left out, their number in the sample, and the reason.
    pub fn message(&self, lang: Lang) -> String {
        let kind = match self.kind {
            RowKind::Test => Msg::RowsOfTests,
            RowKind::Spam => Msg::RowsOfSpam,
            RowKind::Unfinished => Msg::RowsUnfinished,
            RowKind::ScreenedOut => Msg::RowsScreenedOut,
            RowKind::Summary => Msg::RowsOfSums,
            RowKind::Header => Msg::RowsOfHeaders,
        };
        let text =
            if self.written.is_empty() { Msg::BlankCell.text(lang).to_owned() } else { self.written.clone() };
        let told: [(&str, &dyn std::fmt::Display); 4] = [
            ("n", &format_count(self.rows)),
            ("column", &self.column),
            ("text", &text),
            ("kind", &kind.text(lang)),
        ];
        Msg::RowsNotCounted.text_with(lang, &told)
    }
}
