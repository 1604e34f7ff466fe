//! Messages: working on one file with others.

macro_rules! sharing {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            OutsideTaken => "{file} was changed by somebody else; {n} {n|change is|changes are} now in your map too" / "{file} 已被他人更改；{n} 处更改已载入您的旅程图";
            OutsideMerged => "{file} was changed by somebody else; {n} {n|change|changes} of theirs {n|was|were} merged with yours. Save to store both" / "{file} 已被他人更改；其 {n} 处更改已与您的更改合并。请保存以存储双方的更改";
            OutsideConflicts => "{file} was changed by somebody else. In {n} {n|place|places} you both changed the same thing; decide on the right, then save" / "{file} 已被他人更改。有 {n} 处双方都做了更改；请先在右侧决定，然后保存";
            UndoNothingLeft => "Others have since changed everything that your steps changed, so nothing was undone" / "您更改过的内容之后都已被他人更改，因此没有撤销任何内容";
            OutsideUnreadable => "{file} can no longer be read as a project ({problem}). What you have open is untouched" / "{file} 现在的内容无法作为项目读取（{problem}）。您打开的内容未受影响";
            OutsideOther => "{file} now holds another project. What you have open is untouched; “Save as” stores it under another name" / "{file} 现在存放的是另一个项目。您打开的内容未受影响；可用“另存为”以其他名称保存";
            OutsideUnproven => "{file} was replaced by a version that is not known to come from the one you opened. Nothing was merged, and what you have open is untouched" / "{file} 已被替换为另一个版本，无法确认它来自您打开的版本。没有合并任何内容，您打开的内容未受影响";
            UnprovenTitle => "{file} now holds a version that is not known to come from yours" / "无法确认 {file} 现在的版本来自您的版本";
            UnprovenWhy => "It may be a copy that was edited separately. Merging keeps the content of both and lists every difference; replacing keeps the other version beside the file" / "它可能是另行修改过的副本。合并会保留双方的内容并列出每处不同；替换会将对方的版本另存在旁边";
            MergeBoth => "Merge both" / "合并双方";
            OpenTheirs => "Open the other version" / "打开对方的版本";
            DecideNow => "Decide…" / "决定…";
            OutsideGone => "{file} is no longer there. Your work is safe in this window; save it again or under another name" / "{file} 已不存在。您的内容仍在此窗口中；请再次保存或另存为其他名称";
            OutsideBack => "{file} is there again" / "{file} 已恢复";
            CopySuffix => "copy" / "副本";
            DuplicateKeepsOriginal => "The new project needs a name of its own; this one stays as it is" / "新项目须使用其他名称；当前项目保持不变";
            DuplicateSaved => "{file} was saved as a separate project. The project you were working on stays open" / "{file} 已另存为独立的项目。您正在编辑的项目仍保持打开";
            DuplicateOpened => "This is the new project {file}; it shares nothing with the previous one" / "这是新项目 {file}，与之前的项目互不相关";
            ToBeTitle => "{title} (to be)" / "{title}（未来）";
            MadeFrom => "Made from" / "来源旅程";
            StaysBehind => "Pasted without {n} {n|opportunity or solution|opportunities and solutions} that {n|is|are} not in this project: {names}" / "已粘贴，但以下 {n} 个机会点或改进措施不在此项目中，未一同粘贴：{names}";
            GoneTitle => "{file} is no longer there" / "{file} 已不存在";
            ForeignTitle => "{file} no longer holds this project" / "{file} 现在的内容不是此项目";
            NotSavedYet => "Nothing was saved yet, and what you have open is untouched" / "尚未保存；您打开的内容未受影响";
            ForeignKept => "The file that was there is kept as {file}" / "原有文件已保存为 {file}";
            PutBack => "Put it back" / "放回原处";
            AlsoOpen => "Also open" / "同时打开";
            AlsoOpenBy => "{user} on {host} since {time}" / "{user}（{host}），自 {time} 起";
            LeftTitle => "Unsaved work was found" / "发现未保存的内容";
            LeftWhy => "The program ended before these were saved. Anything you don’t decide now is offered again at the next start" / "程序在保存之前结束。现在未决定的内容会在下次启动时再次提供";
            LeftOne => "{time}, {n} {n|change|changes}" / "{time}，{n} 处更改";
            LeftNew => "Never saved" / "从未保存";
            Recover => "Recover" / "恢复";
            Discard => "Throw away" / "丢弃";
            Later => "Later" / "稍后";
            RecoveredDone => "Your unsaved work is back; save it to keep it" / "未保存的内容已恢复；请保存";
            RecoveredNew => "Your unsaved work is back; save it under a name to keep it" / "未保存的内容已恢复；请命名并保存";
            RecoveredLater => "Earlier unsaved work is kept and offered again at the next start, as the open project has unsaved changes of its own" / "之前未保存的内容已保留，将在下次启动时再次提供：当前打开的项目也有尚未保存的更改";
            RecoveredConflicts => "The file was changed meanwhile, in {n} {n|place|places} where you changed it too; decide on the right, then save" / "文件在此期间有 {n} 处更改与您的冲突；请先在右侧决定，然后保存";
            RecoverUnsaved => "Recover unsaved work…" / "恢复未保存的内容…";
            LeftNothing => "No unsaved work was found" / "没有发现未保存的内容";
            LeftSetAside => "a part of it is damaged" / "部分已损坏";
            SettingsUnread => "The settings in {path} can’t be read now ({detail}); the defaults apply until the next start, and the file stays as it is" / "暂时无法读取 {path} 中的设置（{detail}）；本次使用默认设置，文件保持原样";
            JournalUnread => "Unsaved work may be in {path}, which the disk could not read ({detail}). It was left as it is; try again with “Recover unsaved work”" / "{path} 中可能有未保存的内容，但无法从磁盘读取（{detail}）。文件保持原样；请用“恢复未保存的内容”重试";
            JournalDamaged => "Part of the unsaved work can’t be read; it is kept in {path}" / "部分未保存的内容无法读取；已另存于 {path}";
            VersionsTitle => "Earlier versions" / "历史版本";
            VersionsWhy => "Kept on this computer when a file is opened, saved or merged" / "打开、保存或合并文件时保留在这台计算机上";
            VersionsNone => "There are none yet; one is kept each time you open or save" / "尚无版本；每次打开或保存时都会保留一份";
            CompareEarlier => "Compare" / "比较";
            Restore => "Go back to this version" / "恢复到此版本";
            RestoredDone => "The earlier version is back as a new step; Undo returns to what was open" / "历史版本已作为新的一步恢复；撤销即可返回";
            RestoredSame => "That version is the same as the open one" / "该版本与当前内容相同";
            CopiesFound => "A sync program left {n} conflict {n|copy|copies} beside {file}" / "{file} 旁有同步程序留下的 {n} 个冲突副本";
            MergeCopies => "Merge into this map" / "合并到此旅程图";
            CopiesMerged => "{n} {n|change|changes} merged; the copies were left where they are" / "已合并 {n} 处更改；副本保留原处";
            CopiesConflicts => "Merged. In {n} {n|place|places} both sides changed the same thing; decide on the right, then save" / "已合并。有 {n} 处双方都做了更改；请先在右侧决定，然后保存";
            CopiesNothing => "The copies hold nothing new" / "副本中没有新的内容";
            ConflictsTitle => "{n} {n|place|places} to decide" / "{n} 处待决定";
            ConflictsWhy => "You both changed the same thing. Point at the other side to see it on the map, click to choose it; Undo takes the choice back" / "双方都更改了同一处。指向另一方即可在旅程图上查看，单击即可选定；选择可撤销";
            ConflictStands => "Current" / "当前采用";
            ConflictOther => "The other side" / "另一方";
            ConflictSeen => "Seen" / "知道了";
            ConflictsKeepAll => "Keep everything as it is" / "全部保持现状";
            DriveSilent => "The drive of {file} does not answer. You can go on working; “Save as” keeps a copy elsewhere" / "{file} 所在的驱动器没有响应。您可以继续工作；用“另存为”可在其他位置保存副本";
            DriveAnswers => "The drive of {file} answers again" / "{file} 所在的驱动器已恢复响应";
        }
    };
}
