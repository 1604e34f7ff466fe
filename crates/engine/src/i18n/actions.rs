//! Messages: the actions of menus, buttons, palette and shortcuts.

macro_rules! actions {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            // File
            New => "New" / "新建";
            NewFromTemplate => "New from template…" / "从模板新建…";
            NewFromOutline => "New from outline or table…" / "从大纲或表格新建…";
            NewJourney => "New journey" / "新建旅程";
            DuplicateAsToBe => "Duplicate as to-be…" / "复制为未来旅程…";
            Open => "Open…" / "打开…";
            OpenRecent => "Open recent" / "最近打开";
            Save => "Save" / "保存";
            Versions => "Earlier versions…" / "历史版本…";
            SaveAs => "Save as…" / "另存为…";
            DuplicateProject => "Duplicate as new project…" / "复制为新项目…";
            SaveCopy => "Save a copy…" / "保存副本…";
            DontSave => "Don’t save" / "不保存";
            Close => "Close" / "关闭";
            Quit => "Quit" / "退出";
            Export => "Export…" / "导出…";
            ExportNow => "Export" / "导出";
            ImportFeedback => "Import feedback…" / "导入反馈…";
            ImportNow => "Import" / "导入";
            RemoveImport => "Remove import" / "移除此次导入";
            ReplaceImport => "Replace import…" / "替换此次导入…";
            AddPicture => "Add picture…" / "添加图片…";

            // Edit
            Undo => "Undo" / "撤销";
            Redo => "Redo" / "重做";
            Cut => "Cut" / "剪切";
            Copy => "Copy" / "复制";
            Paste => "Paste" / "粘贴";
            Duplicate => "Duplicate" / "创建副本";
            Delete => "Delete" / "删除";
            Remove => "Remove" / "移除";
            Rename => "Rename" / "重命名";
            Edit => "Edit" / "编辑";
            SelectAll => "Select all" / "全选";
            SelectNone => "Select none" / "取消选择";
            Find => "Find…" / "查找…";
            Apply => "Apply" / "应用";
            Cancel => "Cancel" / "取消";
            Ok => "OK" / "确定";
            Yes => "Yes" / "是";
            No => "No" / "否";
            Choose => "Choose…" / "选择…";
            Add => "Add" / "添加";
            Reset => "Reset" / "重置";
            Retry => "Try again" / "重试";
            CopyText => "Copy text" / "复制文字";
            MoveLeft => "Move left" / "左移";
            MoveRight => "Move right" / "右移";
            MoveUp => "Move up" / "上移";
            MoveDown => "Move down" / "下移";

            // Draw
            AddStage => "Add stage" / "添加阶段";
            AddStageAfter => "Add stage after" / "在后面添加阶段";
            AddTouchpoint => "Add touchpoint" / "添加接触点";
            AddTouchpointAfter => "Add touchpoint after" / "在后面添加接触点";
            AddAlternative => "Add alternative" / "添加并行接触点";
            AddPain => "Add pain point" / "添加痛点";
            AddGain => "Add gain" / "添加爽点";
            AddNeed => "Add need" / "添加需求";
            AddQuote => "Add quote" / "添加客户原话";
            QuotesFromComments => "Quotes from comments…" / "从意见中摘取客户原话…";
            AddQuestion => "Add open question" / "添加待研究问题";
            AddNote => "Add note" / "添加备注";
            AddOpportunity => "Add opportunity" / "添加机会点";
            AddSolution => "Add solution" / "添加改进措施";
            AddFlow => "Add flow" / "添加流转";
            AddLoop => "Add loop back" / "添加回流";
            AddLane => "Add lane" / "添加泳道";
            AddPersona => "Add persona" / "添加客户画像";
            AddChannel => "Add channel" / "添加渠道";
            AddMetric => "Add metric" / "添加指标";
            AddEvidence => "Add evidence" / "添加证据";
            ChooseChannels => "Channels…" / "渠道…";
            ChoosePersona => "Personas…" / "客户画像…";
            ChooseStatus => "Status…" / "状态…";
            ChooseOwner => "Owner…" / "负责人…";
            SeverityOne => "Severity 1, slight" / "严重程度 1，轻微";
            SeverityTwo => "Severity 2" / "严重程度 2";
            SeverityThree => "Severity 3" / "严重程度 3";
            SeverityFour => "Severity 4" / "严重程度 4";
            SeverityFive => "Severity 5, customers leave" / "严重程度 5，客户流失";
            NextPane => "Go to next pane" / "转到下一窗格";
            PreviousPane => "Go to previous pane" / "转到上一窗格";
            ToggleMoment => "Mark as moment of truth" / "标为关键时刻";
            FoldLane => "Fold lane" / "折叠泳道";
            UnfoldLane => "Unfold lane" / "展开泳道";
            ConnectTo => "Connect to…" / "连接到…";

            // Short forms for buttons that add, and faint invitations on the map
            PlusStage => "+ stage" / "+ 阶段";
            PlusTouchpoint => "+ touchpoint" / "+ 接触点";
            PlusLane => "+ lane" / "+ 泳道";
            PlusPain => "+ pain" / "+ 痛点";
            PlusGain => "+ gain" / "+ 爽点";
            PlusNeed => "+ need" / "+ 需求";
            PlusOpportunity => "+ opportunity" / "+ 机会点";
            PlusSolution => "+ solution" / "+ 改进措施";
            PlusQuote => "+ quote" / "+ 客户原话";
            PlusNote => "+ note" / "+ 备注";
            PlusPersona => "+ persona" / "+ 客户画像";
            PlusChannel => "+ channel" / "+ 渠道";

            // View
            ZoomIn => "Zoom in" / "放大";
            ZoomOut => "Zoom out" / "缩小";
            ZoomActual => "Actual size" / "实际大小";
            ZoomFit => "Fit map" / "适应全图";
            ZoomSelection => "Fit selection" / "适应所选";
            Present => "Present" / "演示";
            HideChrome => "Hide panels" / "隐藏面板";
            ShowOutline => "Outline" / "大纲";
            ShowInspector => "Inspector" / "检查器";
            ToggleOutline => "Show or hide outline" / "显示或隐藏大纲";
            ToggleInspector => "Show or hide inspector" / "显示或隐藏检查器";
            ToggleMinimap => "Show or hide overview" / "显示或隐藏缩略图";
            Minimap => "Overview of the map" / "旅程图缩略图";
            Theme => "Theme" / "主题";
            Language => "Language" / "语言";
            CommandPalette => "Command palette" / "命令面板";
            SearchOrCommand => "Search or run a command" / "搜索或执行命令";
            Shortcuts => "Keyboard shortcuts" / "键盘快捷键";
            Settings => "Settings" / "设置";
            ThirdPartyLicences => "Third-party licences" / "第三方许可证";
            AboutProgram => "About Desireline" / "关于 Desireline";
            Help => "Help" / "帮助";
            Menu => "Menu" / "菜单";
            MenuFile => "File" / "文件";
            MenuEdit => "Edit" / "编辑";
            MenuInsert => "Insert" / "插入";
            MenuView => "View" / "视图";
            ViewMap => "Map" / "旅程图";
        }
    };
}
