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
            FlowShare => "Share, such as 45%" / "占比，如 45%";
            Folded => "Folded" / "折叠";
            PresentHint => "F11 brings the panels back" / "按 F11 恢复面板";
            RaiseFeeling => "Raise feeling" / "提升情绪";
            LowerFeeling => "Lower feeling" / "降低情绪";
            ClearFeeling => "Clear feeling" / "清除情绪";
            CannotPlace => "{file} can’t be placed" / "无法放置 {file}";
            PictureNotOne => "This is not a PNG, JPEG or WebP picture; save it as one of these and try again" / "这不是 PNG、JPEG 或 WebP 图片；请另存为其中一种格式后重试";
            PictureTooLarge => "The picture has {width} × {height} pixels; at most {side} a side and {n} million in total are allowed. Make it smaller and try again" / "图片为 {width} × {height} 像素；每边最多 {side} 像素，总计最多 {n} 百万像素。请缩小后重试";
            PictureDamaged => "The picture is damaged ({detail}); open it in another program and save it again" / "图片已损坏（{detail}）；请用其他程序打开并重新保存";
            PicturesFull => "The pictures of the project would take {size}; the limit is {limit}. Remove some first" / "项目中的图片将达到 {size}，超过上限 {limit}。请先删除部分图片";
            PictureNoPlace => "There is no stage yet to put it under; add a stage first" / "还没有可放置图片的阶段；请先添加阶段";
            DropOpen => "Drop to open {file}" / "松开以打开 {file}";
            DropOutline => "Drop to start from {file}" / "松开以从 {file} 新建";
            DropImport => "Drop to import the answers in {file}" / "松开以导入 {file} 中的回答";
            DropPicture => "Drop to place {file} on the map" / "松开以将 {file} 放到旅程图上";
            Under => "Under" / "位于";
            AddAbout => "Add what it is about" / "添加涉及内容";
            Aliases => "Column names, one per line" / "列名，每行一个";
            AnswerWords => "Values of answer words, such as yes = 1, one per line" / "回答文字的分值，如 是 = 1，每行一个";
            NoAnswerCodes => "No answer" / "未回答代码";
            FirstDay => "First day" / "首日";
            LastDay => "Last day" / "末日";
            Recipes => "Recipes" / "导入方案";
            ExpectsDate => "Type a date such as 2026-11-22 or 22 November" / "请输入日期，如 2026-11-22 或 11月22日";
            ExpectsShare => "Type a share such as 45% or 1/3" / "请输入占比，如 45% 或 1/3";
            ExpectsMinutes => "Type minutes, or a time such as 1:30, 1.5 h or 2 days" / "请输入分钟数，或 1小时30分、1.5小时、2天 这样的时长";
            ExpectsNumber => "Type a number from {low} to {high}" / "请输入 {low} 到 {high} 之间的数字";
            ExpectsAmount => "Type a number such as 12500 or 12.5, without separating thousands" / "请输入数字，如 12500 或 12.5，不加千位分隔符";
            NotKept => "Not saved, as this can’t be read. {expected}" / "未保存，无法识别。{expected}";
            PickDay => "Pick a date: {name}" / "选择日期：{name}";
            PreviousMonth => "Previous month" / "上个月";
            NextMonth => "Next month" / "下个月";
            Today => "Today" / "今天";
            NoDate => "No date" / "无日期";
            ExpectsWhole => "Type a whole number such as 1,200" / "请输入整数，如 1200";
            ExpectsWords => "Type a word and its number on each line, such as yes = 1" / "请每行输入一个词及其分值，如 是 = 1";
            LeadsOn => "Add a flow to" / "添加流转到";
            Columns => "Columns" / "列";
            AnswersOf => "{low} to {high}" / "{low} 到 {high}";
            ShiftDragAdds => "Drag a note with Shift to add what it is about" / "按住 Shift 拖动洞察卡片，可添加其涉及的内容";
            ManyHint => "Changes here apply to everything selected" / "此处的设置将应用于所有选中的内容";
            Mixed => "Mixed" / "多个值";
            TypeToAdd => "Type a name to add one" / "输入名称即可添加";
            NoneIsEveryone => "None chosen means everyone" / "不选则表示全部客户";
            NoneTickedIsAll => "None ticked means all are shown" / "不选则显示全部";
            OnlyFor => "only for {names}" / "仅限{names}";
            OnSome => "{name} ({n} of {all})" / "{name}（{n}/{all}）";
        }
    };
}
