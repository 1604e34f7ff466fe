//! Messages: working on one file with others.

macro_rules! sharing {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            OutsideTaken => "{file} was changed by somebody else; {n} {n|change was|changes were} taken over" / "{file} 已被他人更改；已采用 {n} 处更改";
            OutsideMerged => "{file} was changed by somebody else; {n} {n|change|changes} of theirs {n|was|were} merged with yours. Save to store both" / "{file} 已被他人更改；其 {n} 处更改已与您的更改合并。请保存以存储双方的更改";
            OutsideConflicts => "{file} was changed by somebody else. In {n} {n|place|places} both of you changed the same; decide there, then save" / "{file} 已被他人更改。有 {n} 处双方都做了更改；请先决定，然后保存";
            OutsideUnreadable => "{file} now holds something that can’t be read as a project ({problem}). What you have open is untouched" / "{file} 现在的内容无法作为项目读取（{problem}）。您打开的内容未受影响";
            OutsideGone => "{file} is no longer there. Your work is safe in this window; save it again or under another name" / "{file} 已不存在。您的内容仍在此窗口中；请再次保存或另存为其他名称";
            OutsideBack => "{file} is there again" / "{file} 已恢复";
            GoneTitle => "{file} is no longer there" / "{file} 已不存在";
            ForeignTitle => "{file} now holds something that is no project" / "{file} 现在的内容不是项目";
            NotSavedYet => "Nothing was saved yet, and what you have open is untouched" / "尚未保存；您打开的内容未受影响";
            PutBack => "Put it back" / "放回原处";
            AlsoOpen => "Also open" / "同时打开";
            AlsoOpenBy => "{user} on {host} since {time}" / "{user}（{host}），自 {time} 起";
            DriveSilent => "The drive of {file} does not answer. You can go on working; “Save as” keeps a copy elsewhere" / "{file} 所在的驱动器没有响应。您可以继续工作；用“另存为”可在其他位置保存副本";
            DriveAnswers => "The drive of {file} answers again" / "{file} 所在的驱动器已恢复响应";
        }
    };
}
