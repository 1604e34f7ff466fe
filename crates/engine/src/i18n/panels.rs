//! Messages: panels, dialogs, start page and the small sentences round the map.

macro_rules! panels {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            // Start page
            StartTitle => "Draw the way your customers really walk" / "画出客户真正走过的路";
            StartTemplates => "Start from a template" / "从模板开始";
            StartRecent => "Recent files" / "最近的文件";
            StartNoRecent => "Files you open appear here" / "打开过的文件会显示在这里";
            StartDrop => "Drop a file anywhere" / "把文件拖到任意位置";
            StartNotReadable => "This file can’t be read" / "无法读取此文件";
            TemplateBlank => "Blank" / "空白";
            TemplateBlankHint => "Lanes that are ready to be filled" / "泳道已就绪，等待填写";
            TemplateAirline => "Airline trip" / "航空出行";
            TemplateAirlineHint => "Two personas, two loops, a survey to import" / "两个客户画像、两条回流、可导入的问卷";
            TemplateCar => "Car purchase" / "购车";
            TemplateCarHint => "A life cycle across seven channels" / "跨七个渠道的生命周期";
            TemplateBlueprint => "Service blueprint" / "服务蓝图";
            TemplateBlueprintHint => "Front stage, back stage and support" / "前台、后台与支持";

            // Outline and inspector
            NothingSelected => "Nothing selected" / "未选择任何内容";
            SelectedCount => "{n} selected" / "已选 {n} 项";
            NoStagesYet => "No stages yet" / "还没有阶段";
            NoPersonasYet => "No personas yet" / "还没有客户画像";
            NoChannelsYet => "No channels yet" / "还没有渠道";
            NoScoresHere => "No scores here yet" / "这里还没有得分";
            NoInsightsHere => "No insights here yet" / "这里还没有洞察";
            EscapeKeeps => "Keep the text and end typing; press again to select nothing" / "保留文字并结束输入；再按一次取消选择";
            DigitsSetSeverity => "Severity of the pain just typed, or of a selected one" / "刚输入或选中的痛点的严重程度";
            MenuAtElement => "Menu for the selection" / "所选内容的菜单";
            NoMatches => "Nothing found" / "没有找到";
            TypeStageName => "Name the stage" / "为阶段命名";
            TypeTouchpointName => "Name the touchpoint" / "为接触点命名";
            TypeHere => "Type here" / "在此输入";
            AsAssumption => "This is an assumption" / "这是一项假设";
            NotSet => "Not set" / "未设定";
            ShowAllText => "Show all {n} characters" / "显示全部 {n} 个字符";
            None => "None" / "无";
            All => "All" / "全部";
            Other => "Other" / "其他";
            Everyone => "Everyone" / "全部客户";
            AllWaves => "All waves" / "全部期次";
            NoOverlay => "No overlay" / "不显示叠加层";

            // Export dialog
            ExportTitle => "Export the map" / "导出旅程图";
            Format => "Format" / "格式";
            Scale => "Scale" / "缩放比例";
            Resolution => "Resolution" / "分辨率";
            DotsPerInch => "{n} dpi" / "{n} dpi";
            Width => "Width" / "宽度";
            Height => "Height" / "高度";
            Pixels => "{width} × {height} px" / "{width} × {height} 像素";
            TextAsOutlines => "Text as outlines" / "文字转为轮廓";
            Exporting => "Exporting…" / "正在导出…";
            Exported => "Exported {file}" / "已导出 {file}";

            // Files
            FileName => "File name" / "文件名";
            Folder => "Folder" / "文件夹";
            UpOneFolder => "Up one folder" / "上一级文件夹";
            ReplaceFile => "{file} already exists. Replace it?" / "{file} 已存在。要替换吗？";
            Replace => "Replace" / "替换";
            Saved => "Saved" / "已保存";
            SavedAs => "Saved as {file}" / "已保存到 {file}";
            Saving => "Saving…" / "正在保存…";
            Merging => "Merging…" / "正在合并…";
            Opening => "Opening {file}…" / "正在打开 {file}…";
            Unsaved => "Unsaved changes" / "有未保存的更改";
            UnsavedQuestion => "Save the changes to {file} first?" / "要先保存对 {file} 的更改吗？";
            ReadOnly => "Read-only" / "只读";
            SavedInLaterFormat => "Saved in format 1.1: older versions of the program open this file read-only" / "已按格式 1.1 保存：旧版程序将以只读方式打开此文件";
            ReadOnlyWhy => "Written by a newer version ({version}): opened read-only" / "由较新版本（{version}）写入，以只读方式打开";
            Reload => "Reload" / "重新载入";
            KeepMine => "Keep mine" / "保留我的版本";
            Recovered => "Unsaved work was recovered" / "已恢复未保存的内容";
            Working => "Working…" / "正在处理…";
            Licences => "Licences" / "许可证";
            LicencesSearch => "Search packages and licences" / "搜索软件包和许可证";
            LicencesFound => "{n} of {all} packages" / "{n} / {all} 个软件包";
            LicencesNone => "No packages found" / "没有匹配的软件包";
            FontsFrom => "Fonts: Inter, Noto Sans SC. Icons: Lucide" / "字体：Inter、Noto Sans SC。图标：Lucide";

            // Accessible names and tooltips
            CardOf => "{title}, {stage}" / "{title}，{stage}";
            LeadsTo => "leads to {title}" / "通往 {title}";
            DragToConnect => "Drag to connect" / "拖动以连接";
            DragToMove => "Drag to move" / "拖动以移动";
            ScoreIs => "{metric} {value}, n {n}" / "{metric} {value}，n {n}";
            ZoomIs => "Zoom {percent}" / "缩放 {percent}";
            Canvas => "Journey map" / "旅程图画布";
            UndoOf => "Undo {what}" / "撤销{what}";
            RedoOf => "Redo {what}" / "重做{what}";

            // Shortcut help
            KeysDrawing => "Drawing" / "绘制";
            KeysEditing => "Editing" / "编辑";
            KeysMoving => "Moving about" / "移动与浏览";
            EnterNext => "Next stage or touchpoint" / "下一个阶段或接触点";
            TabNextStage => "Next stage" / "下一个阶段";
            SpaceDragPans => "Hold the space bar and drag to move the map" / "按住空格键拖动以移动旅程图";
        }
    };
}
