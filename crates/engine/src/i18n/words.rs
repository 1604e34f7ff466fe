//! Messages: the words of the field, as PRODUCT names them and as maps and panels show them.

macro_rules! words {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            // The document
            AppName => "Desireline" / "Desireline";
            Project => "Project" / "项目";
            Journey => "Journey" / "客户旅程";
            Journeys => "Journeys" / "客户旅程";
            JourneyMap => "Journey map" / "客户旅程图";
            Stage => "Stage" / "阶段";
            Stages => "Stages" / "阶段";
            Step => "Step" / "步骤";
            Touchpoint => "Touchpoint" / "接触点";
            Touchpoints => "Touchpoints" / "接触点";
            Channel => "Channel" / "渠道";
            Channels => "Channels" / "渠道";
            Flow => "Flow" / "流转";
            Flows => "Flows" / "流转";
            Lane => "Lane" / "泳道";
            Lanes => "Lanes" / "泳道";
            Persona => "Persona" / "客户画像";
            Personas => "Personas" / "客户画像";
            Segment => "Segment" / "客群";
            Segments => "Segments" / "客群";
            Evidence => "Evidence" / "证据";
            AboutNothingYet => "about nothing yet" / "尚未关联任何内容";
            Assumption => "Assumption" / "假设";
            Insight => "Insight" / "洞察";
            Insights => "Insights" / "洞察";
            Improvement => "Improvement" / "改进";
            Improvements => "Improvements" / "改进";
            Picture => "Picture" / "图片";
            Cell => "Text cell" / "文本格";
            Metric => "Metric" / "指标";
            Metrics => "Metrics" / "指标";
            Question => "Question" / "问题";
            Questions => "Questions" / "问题";
            SurveyQuestion => "Survey question" / "调查题目";
            Wave => "Wave" / "期次";
            Waves => "Waves" / "期次";
            Overlay => "Overlay" / "叠加层";
            Feedback => "Feedback" / "反馈";
            Recipe => "Recipe" / "导入方案";
            Batch => "Import" / "导入批次";
            Batches => "Imports" / "导入批次";

            // Insights
            Pain => "Pain point" / "痛点";
            Pains => "Pain points" / "痛点";
            Gain => "Gain" / "爽点";
            Gains => "Gains" / "爽点";
            Need => "Need" / "需求";
            Needs => "Needs" / "需求";
            Quote => "Quote" / "客户原话";
            Quotes => "Quotes" / "客户原话";
            OpenQuestion => "Open question" / "待研究问题";
            Note => "Note" / "备注";
            Notes => "Notes" / "备注";
            Opportunity => "Opportunity" / "机会点";
            Opportunities => "Opportunities" / "机会点";
            Solution => "Solution" / "改进措施";
            Solutions => "Solutions" / "改进措施";
            MomentOfTruth => "Moment of truth" / "关键时刻";
            MomentsOfTruth => "Moments of truth" / "关键时刻";

            // Fields
            Title => "Title" / "标题";
            Name => "Name" / "名称";
            Description => "Description" / "说明";
            Goal => "Goal" / "目标";
            Goals => "Goals" / "目标";
            State => "State" / "状态";
            Kind => "Kind" / "类型";
            Icon => "Icon" / "图标";
            Text => "Text" / "文字";
            StartedBy => "Started by" / "发起方";
            Owner => "Owner" / "负责人";
            Wait => "Wait" / "等待时间";
            WaitMinutes => "{minutes} min" / "{minutes} 分钟";
            Feeling => "Feeling" / "情绪";
            FeelingPerPersona => "per persona" / "按客户画像";
            Tiers => "Three tiers" / "体验三层次";
            Useful => "Useful" / "有用";
            Usable => "Usable" / "可用";
            Meaningful => "Meaningful" / "有意义";
            Importance => "Importance" / "重要性";
            Effort => "Effort" / "投入";
            CustomerEffort => "Customer effort" / "客户费力程度";
            Impact => "Impact" / "影响";
            Confidence => "Confidence" / "把握";
            Severity => "Severity" / "严重程度";
            PainOfSeverity => "Pain point of severity {n}" / "痛点，严重程度 {n}";
            SeverityIs => "Severity {n}" / "严重程度 {n}";
            EffortIs => "effort {n}" / "投入 {n}";
            Level => "Level" / "层级";
            Visibility => "Visibility" / "可见性";
            Existence => "Existence" / "存在情况";
            BusinessValue => "Business value" / "商业价值";
            Due => "Due" / "到期日";
            Status => "Status" / "状态";
            Condition => "Condition" / "条件";
            Share => "Share" / "占比";
            Volume => "Volume" / "数量";
            From => "From" / "从";
            To => "To" / "到";
            About => "About" / "涉及";
            Answers => "Answers" / "回应";
            AnsweredBy => "Answered by" / "由此回应";
            Why => "Why" / "原因";
            Source => "Source" / "来源";
            Date => "Date" / "日期";
            SampleSize => "Sample size" / "样本量";
            Label => "Label" / "标签";

            // On the map
            AndFlows => "and flows" / "与流转";
            LineOfInteraction => "Line of interaction" / "互动线";
            LineOfVisibility => "Line of visibility" / "可视线";
            LineOfInternalInteraction => "Line of internal interaction" / "内部互动线";
            FeelingVeryGood => "Very good" / "非常好";
            FeelingGood => "Good" / "好";
            FeelingNeutral => "Neutral" / "一般";
            FeelingBad => "Bad" / "差";
            FeelingVeryBad => "Very bad" / "非常差";
            Untitled => "Untitled" / "未命名";
            UntitledJourney => "Untitled journey" / "未命名旅程";
            MadeWith => "Made with Desireline" / "由 Desireline 制作";
        }
    };
}
