//! Messages: scores, formulas, legends and their uncertainty.

macro_rules! scores {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            CautionThin => "Few answers for so many drivers: {n} would be enough" / "回答数相对驱动因素过少：需要 {n} 份回答";
            CautionConstant => "Everyone gave the same answer to {name}, so it explains nothing" / "所有人对 {name} 的回答相同，无法解释差异";
            CautionCollinear => "Some drivers are closely related, so their shares are hard to tell apart (condition number {condition}): {names}" / "部分驱动因素高度相关，各自的占比难以区分（条件数 {condition}）：{names}";
            NoDriver => "no touchpoint was asked about in all imports" / "没有在所有导入中都问到的接触点";
            DriversTooFew => "{n} {n|respondent|respondents} answered every question; {needed} are needed" / "仅 {n} 人回答了全部问题；至少需要 {needed} 人";
            OutcomeConstant => "everyone gave the same answer" / "所有人的回答都相同";
            Score => "Score" / "得分";
            Scores => "Scores" / "得分";
            Value => "Value" / "数值";
            Interval => "Interval" / "区间";
            Formula => "Formula" / "计算公式";
            FormulaSourceDate => "Formula, source and date" / "公式、来源与日期";
            SourceFile => "Source file" / "来源文件";
            ImportedOn => "Imported {date}" / "{date} 导入";
            Distribution => "Distribution" / "分布";
            AnswerScale => "Scale" / "量表";
            ScaleFromTo => "{low} to {high}" / "{low} 到 {high}";
            Direction => "Direction" / "方向";
            CountN => "n {n}" / "n {n}";
            UnknownN => "n unknown" / "n 未知";
            UnknownNWhy => "The file gives shares without numbers of respondents, so no interval can be given" / "文件只有占比而无回答人数，无法给出区间";
            Aggregated => "aggregated table" / "汇总表";
            MissingN => "{n} missing" / "未回答 {n}";
            NotApplicableN => "{n} not applicable" / "不适用 {n}";
            RejectedN => "{n} rejected" / "无效 {n}";
            IntervalWilson => "95 % Wilson" / "95% Wilson 区间";
            IntervalWald => "95 % adjusted Wald" / "95% 调整 Wald 区间";
            IntervalStudent => "95 % Student’s t" / "95% t 区间";
            IntervalIs => "{low} … {high}" / "{low} … {high}";
            NoInterval => "no interval for one answer" / "只有一个回答，无区间";
            SmallSample => "Hatched: fewer than {n} answers" / "斜线：回答少于 {n} 份";
            SmallSampleShort => "Hatched: n < {n}" / "斜线：n < {n}";
            SmallOrUnknownShort => "Hatched: n < {n} or unknown" / "斜线：n < {n} 或未知";
            SmallOrUnknown => "Hatched: fewer than {n} answers, or an unknown number" / "斜线：回答少于 {n} 份，或份数未知";
            TopBoxes => "top {boxes} of {steps}" / "最高 {boxes} 档（共 {steps} 档）";
            BottomBoxes => "lowest {boxes} of {steps}" / "最低 {boxes} 档（共 {steps} 档）";
            BoxesPercent => "top {boxes} of {steps}, %" / "最高 {boxes} 档（共 {steps} 档），%";
            FormulaNps => "NPS = 100 · (share of 9–10 − share of 0–6)" / "NPS = 100 ·（9–10 分占比 − 0–6 分占比）";
            FormulaNpsGroups => "NPS = 100 · (share of promoters − share of detractors)" / "NPS = 100 ·（推荐者占比 − 贬损者占比）";
            FormulaCsatOne => "Satisfied = share answering {from} of {low}–{high}" / "满意率 = {low}–{high} 分中回答 {from} 分的占比";
            FormulaCsat => "Satisfied = share answering {from}–{to} of {low}–{high}" / "满意率 = {low}–{high} 分中回答 {from}–{to} 分的占比";
            FormulaCesShare => "Easy = share answering {from}–{to} of {low}–{high}" / "轻松率 = {low}–{high} 分中回答 {from}–{to} 分的占比";
            FormulaCesMean => "Effort score = mean answer on {low}–{high}" / "费力度 = {low}–{high} 分的平均回答";
            FormulaMean => "Mean = sum of answers ÷ n, on {low}–{high}" / "平均分 = 回答之和 ÷ n，量表 {low}–{high}";
            CodesNoAnswer => "{codes} counts as no answer" / "{codes} 视为未回答";
            Boxes => "Boxes counted" / "计入的档位";
            AsShare => "Share of easy answers" / "轻松回答的占比";
            SmallNThreshold => "Small sample below" / "小样本阈值";
            LegendOf => "{metric} · {wave} · {segment}" / "{metric} · {wave} · {segment}";
            WholeJourney => "Whole journey" / "整个旅程";
            Trend => "Trend" / "趋势";
            NotProven => "not proven" / "尚无证据";
            InventedData => "Invented data, for trying things out" / "虚构数据，仅供试用";
        }
    };
}
