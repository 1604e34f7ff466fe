//! Messages: differences between two versions, and conflicts of two people's edits.

macro_rules! changes {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            CompareVersions => "Compare versions…" / "比较版本…";
            CompareJourneys => "Compare with another journey" / "与另一旅程比较";
            ViewChanges => "Changes" / "变化";
            CloseComparison => "End comparison" / "结束比较";
            Comparing => "Comparing…" / "正在比较…";

            // Kinds of change
            ChangeAdded => "Added" / "新增";
            ChangeRemoved => "Removed" / "删除";
            ChangeMoved => "Moved" / "移动";
            ChangeRescored => "Re-scored" / "评分变化";
            ChangeReworded => "Re-worded" / "文字变化";
            ChangeRelinked => "Re-linked" / "关联变化";
            ChangeOther => "Changed" / "其他变化";
            ChangeGhost => "Where it was" / "原位置";

            // Changes in words
            KindNamed => "{kind} “{name}”" / "{kind}“{name}”";
            FieldFromTo => "{field}: {from} → {to}" / "{field}：{from} → {to}";
            FieldOthers => "{field}: still {n}, but with different content" / "{field}：仍为 {n}，但内容不同";
            AnotherOne => "{value} (a different one)" / "{value}（另一个）";
            RuleSays => "{column}: {field} {value}" / "{column}：{field} {value}";
            StepOfStage => "{stage}, step {n}" / "{stage}，步骤 {n}";
            ChangeLine => "{kind}: {what}" / "{kind}：{what}";
            ChangeLineText => "{kind}: {what}; {text}" / "{kind}：{what}；{text}";
            NewFlow => "new" / "新增";
            FlowGone => "removed" / "已删除";
            SpeaksNowOf => "now about {to}{from}" / "新增涉及：{to}{from}";
            SpeaksNoMoreOf => "no longer about {from}{to}" / "不再涉及：{from}{to}";
            FromStage => "from stage {from} to {to}" / "从阶段{from}移到{to}";
            FromLane => "from lane {from} to {to}" / "从泳道{from}移到{to}";
            FirstLane => "the first" / "首个泳道";
            NowAfter => "now after {name}" / "现位于{name}之后";
            NowFirst => "now first" / "现位于首位";
            ListComma => ", " / "、";
            WholeProject => "The whole project" / "整个项目";
            NothingDiffers => "The two versions are the same" / "两个版本内容相同";
            ComparedVersions => "{old} → {new}" / "{old} → {new}";

            // Fields without another name
            PlaceInOrder => "Position" / "位置顺序";
            KindsShown => "Kinds shown" / "显示的类型";
            ShareOfEasy => "Share of easy answers" / "轻松回答占比";
            ColumnNames => "Column names" / "列名";
            ScaleDirection => "Direction of the scale" / "量表方向";
            WordsOfAnswers => "Values of answer words" / "回答文字的分值";
            BelievedScore => "Believed score" / "公司预期得分";
            BestAnswers => "Best answers counted" / "计入的最高档数";
            SmallSampleBelow => "Small sample below" / "小样本阈值";
            AnswersCounted => "Answers" / "回答数";
            MayDrive => "May drive outcomes" / "可作驱动因素";
            CrossedWith => "Crossed with" / "交叉列";
            BetweenChoices => "Between choices" / "选项之间";
            NotSettled => "Not settled yet" / "尚待确认";
            RowsLeftOut => "Rows left out" / "不计入的行";
            SmallestGroup => "Smallest group" / "最小分组人数";
            RepeatedOnce => "Repeated respondents count once" / "重复的受访者只计一次";
            OtherField => "Other" / "其他";

            // Conflicts
            BothChanged => "Both changed it: {field}" / "双方都修改了：{field}";
            EditedAndDeleted => "One side changed it, the other deleted it" / "一方修改了它，另一方删除了它";
            DeletedButNeeded => "One side deleted it, the other still needs it" / "一方删除了它，另一方仍需要它";
            BothImported => "Both sides imported the same feedback file; it counts once" / "双方导入了同一份反馈文件；只计一次";
            KeepIt => "Keep it" / "保留";
            DeleteIt => "Delete it" / "删除";
            Stands => "current: {value}" / "当前：{value}";
            OtherSide => "other side: {value}" / "另一方：{value}";
            Conflicts => "Conflicts" / "冲突";
            ConflictsHint => "The map holds the work of both sides. Where the other side is better, choose it here; every choice can be undone" / "旅程图已包含双方的修改。如需改用另一方的内容，请在此选择；每次选择都可撤销";
            ConflictsNone => "Nothing is left to decide" / "没有需要决定的内容";
            KeepAsItIs => "Keep as it is" / "保持现状";
            TakeOther => "Take the other side" / "采用另一方";
            LooksRight => "Looks right" / "没有问题";
        }
    };
}
