//! Messages: charts of scores, their axes, notes and cautions.

macro_rules! charts {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            ViewScores => "Scores" / "得分图表";
            CompareWith => "Compare with" / "对比";
            NoComparison => "Nothing" / "不对比";
            CompanyBelief => "the company’s belief" / "公司的预期";
            CompanyBelieves => "Company believes" / "公司预期得分";
            TheRest => "The rest" / "其余客群";
            WeightedScores => "Weighted" / "加权";
            ComparedWith => "Compared with {name}: {proven} of {all} differences proven (Holm); about {chance} would look proven by chance alone" / "与{name}相比：{all} 项差异中有 {proven} 项得到证实（Holm 校正）；仅凭偶然约会出现 {chance} 项";
            PreviousWave => "Previous wave" / "上一期";
            NextWave => "Next wave" / "下一期";
            Charts => "Charts" / "图表";
            ExportChart => "Export chart…" / "导出图表…";
            ChartElement => "Element" / "元素";
            ChartColumn => "Grouped by" / "分组依据";
            ChartOutcome => "Outcome" / "结果指标";
            CrossHair => "Cross-hair" / "十字线";
            CrossMeans => "At the means" / "平均值";
            CrossMedians => "At the medians" / "中位数";
            CrossScale => "Middle of the scale" / "量表中点";
            Drivers => "Drivers" / "驱动因素";
            DriversOf => "What drives {name}" / "“{name}”的驱动因素";
            ImportanceAndPerformance => "Importance and performance" / "重要性与表现";
            Answer => "Answer" / "回答";
            CountOfAnswers => "n" / "n";
            IntervalLow => "Low" / "下限";
            IntervalHigh => "High" / "上限";
            NoSegments => "No segment column was imported" / "未导入任何客群列";
            NoOutcome => "Import an outcome with its touchpoints to see what drives it" / "同时导入结果指标与接触点得分后，即可查看驱动因素";
            TrendBreaks => "The question or its scale changed: a new line begins there" / "题目或量表已改变：从该处开始新的折线";
            ChangedBy => "{value} since the previous wave" / "较上一期 {value}";
            NotProvenBy => "{value} since the previous wave, not proven" / "较上一期 {value}，尚无证据";
            HolmNote => "* differs from the rest of its column, all groups compared at once (Holm)" / "* 与同列其余客群有差异（所有客群同时比较，Holm 校正）";
            DiffersFromRest => "Differs from the rest" / "与其余客群有差异";
            ShareOfExplained => "Share of explained variance, %" / "占已解释方差的比例，%";
            ShareOfVariance => "Share of variance" / "占方差的比例";
            MethodShapley => "Exact Shapley shares (LMG); a single share has no interval, as no single answers are kept" / "按 Shapley（LMG）精确分摊；未保存逐条回答，因此单个比例没有区间";
            MethodJohnson => "Johnson’s relative weights, as there are more than 16 drivers; a single share has no interval" / "驱动因素超过 16 个，采用 Johnson 相对权重；单个比例没有区间";
            DriversWeighted => "Respondents are weighted; effective n {n}" / "受访者按权重计入；有效 n {n}";
            RSquared => "R² {r2} ({low} … {high}) · n {n} with complete answers" / "R² {r2}（{low} … {high}）· n {n}（仅含完整作答者）";
            MatrixNote => "Importance is each touchpoint’s share of what drives the outcome" / "重要性为各接触点在结果驱动中所占的比例";
            MatrixOfGroup => "Scores are for {group}; importance is for everyone, as drivers are not kept by group" / "得分仅限“{group}”；重要性为全部客户的重要性，因为驱动因素数据未按客群保存";
            DriversOfEveryone => "Drivers of everyone, not of {group} alone, as drivers are not kept by group" / "此处为全部客户的驱动因素，而不只是“{group}”的，因为驱动因素数据未按客群保存";
            ScorePosition => "Score, 0 worst to 100 best" / "得分（0 最差，100 最好）";
            ConcentrateHere => "Concentrate here" / "重点改进";
            KeepUp => "Keep up the good work" / "继续保持";
            LowPriority => "Low priority" / "低优先级";
            PossibleOverkill => "Possible overkill" / "可能投入过多";
        }
    };
}
