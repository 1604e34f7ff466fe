//! Messages: the window's own: switches, questions and rows of the inspector.

macro_rules! window {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            NextJourney => "Next journey" / "下一个旅程";
            LanguageEnglish => "English" / "English";
            LanguageChinese => "简体中文" / "简体中文";
            BackToMap => "Back to the map" / "返回旅程图";
            OpenNow => "Open" / "打开";
            Size => "Size" / "尺寸";
            WaitingForDialog => "Waiting for the system’s file dialog…" / "正在等待系统的文件对话框…";
            UseBuiltInDialog => "Use the built-in one" / "使用内置对话框";
            NoJourney => "The project holds no journey" / "项目中没有客户旅程";
            AsScaleSuggests => "As the scale suggests" / "按量表推定";
            OwnMetrics => "Each question’s own" / "各题自身的指标";
            LowestAnswer => "Lowest answer" / "最低分";
            HighestAnswer => "Highest answer" / "最高分";
            FeelingOf => "Feeling of {name}" / "{name}的情绪";
            RemoveNamed => "Remove {name}" / "移除{name}";
            NewSource => "New source" / "新来源";
            WaitInMinutes => "Wait, minutes" / "等待（分钟）";
            ShareZeroToOne => "Share, 0 to 1" / "占比（0–1）";
            Folded => "Folded" / "折叠";
            PresentHint => "F11 brings the panels back" / "按 F11 恢复面板";
            ManyHint => "Drag them together, or use the menu" / "可一起拖动，或使用菜单";
        }
    };
}
