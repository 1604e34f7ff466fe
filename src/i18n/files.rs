//! Messages: what is wrong with a project file, and what became of a save.

macro_rules! files {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            FileMend => "{problem}. Mend this place in a text editor or go back to an earlier copy; the file was not changed" / "{problem}。请用文本编辑器修正此处，或使用较早的副本；文件未被更改";
            FileNotOrdinary => "This is not an ordinary file; choose another name" / "这不是普通文件；请选择其他名称";
            FileLinkLoop => "The links at this place have no end; choose another name" / "此处的链接没有终点；请选择其他名称";
            FileUnreadable => "The file can’t be read ({detail})" / "无法读取文件（{detail}）";
            FileWouldBeTooBig => "The project takes {size}, more than the {limit} that are allowed, nothing was saved; remove some pictures" / "项目大小为 {size}，超过上限 {limit}，未保存；请删除部分图片";
            DiskFullNeeds => "The disk is full, {size} are needed, nothing was saved; make room or save elsewhere" / "磁盘已满，需要 {size}，未保存；请清理磁盘或保存到其他位置";
            SaveFailed => "{step} failed, nothing was saved ({detail}); save under another name" / "{step}失败，未保存（{detail}）；请另存为其他名称";
            SaveUnsure => "Written, but the disk did not confirm it ({detail}); keep the window open and save again" / "已写入，但磁盘未确认（{detail}）；请保持窗口打开并再次保存";
            SaveLeftover => "{problem}. A temporary file was left at {path}" / "{problem}。临时文件遗留在 {path}";
            StepFind => "Finding the file" / "查找文件";
            StepRead => "Reading the file" / "读取文件";
            StepCreate => "Creating a file" / "创建文件";
            StepWrite => "Writing" / "写入";
            StepSync => "Confirming what was written" / "确认写入";
            StepReplace => "Replacing the file" / "替换文件";
            DamageNotText => "This is not UTF-8 text" / "不是 UTF-8 文本";
            DamageTooDeep => "Brackets nest too deep" / "括号嵌套过深";
            DamageCutOff => "The file ends here, the rest is missing" / "文件到此结束，其余内容缺失";
            DamageUnknownField => "No field is called {field} here" / "此处没有名为 {field} 的字段";
            DamageMissingField => "The field {field} is missing in this record" / "此记录缺少字段 {field}";
            DamageRepeatedField => "The field {field} stands twice in this record" / "字段 {field} 在此记录中重复";
            DamageUnexpected => "Expected {expected}, found {found}" / "应为{expected}，实际为 {found}";
            DamageSyntax => "The text is not well formed ({detail})" / "文本格式有误（{detail}）";
            DamageNoJourney => "{record} belongs to the journey {journey}, which is not in the file" / "{record} 所属的旅程 {journey} 不在文件中";
            ShapeText => "text in quotes" / "带引号的文本";
            ShapeNumber => "a number" / "数字";
            ShapeWhole => "a whole number in range" / "范围内的整数";
            ShapeFlag => "true or false" / " true 或 false";
            ShapeList => "a list in square brackets" / "方括号列表";
            ShapeMap => "a table in curly brackets" / "花括号表";
            ShapeRecord => "a record in round brackets" / "圆括号记录";
            ShapeId => "an id of the right kind" / "正确类型的编号";
            ShapeKey => "an order key" / "排序键";
            ShapeDate => "a date such as 2026-11-22" / "日期，例如 2026-11-22";
            ShapeChoice => "one of the names that are known here" / "此处已知的名称之一";
            ShapeBytes => "base-64 text" / " base-64 文本";
            ShapeOnce => "an entry that stands only once" / "不重复的条目";
            ShapeNewId => "an id that no other record has" / "未被其他记录使用的编号";
            JournalTrouble => "Unsaved changes can’t be kept safe in {path} ({detail}); save often until this is mended" / "无法在 {path} 中保护未保存的更改（{detail}）；问题解决前请经常保存";
            VersionOpened => "As opened" / "打开时";
            VersionSaved => "Saved" / "已保存";
            VersionBeforeMerge => "Before a merge" / "合并之前";
            VersionBeforeRestore => "Before going back" / "恢复旧版本之前";
            VersionRecovered => "Recovered" / "已找回";
            ShapeCount => "a possible number of answers" / "合理的回答数量";
        }
    };
}
