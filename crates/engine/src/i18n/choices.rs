//! Messages: the closed lists of the field, one message for each choice.

macro_rules! choices {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            // States of a journey
            AsIs => "As is" / "现状";
            ToBe => "To be" / "未来";
            Hypothesis => "Hypothesis" / "假设";

            // Kinds of lane
            LaneTouchpoints => "Touchpoints" / "接触点";
            LaneDoing => "Doing" / "行为";
            LaneThinking => "Thinking" / "想法";
            LaneFeeling => "Feeling" / "情绪";
            LaneScores => "Scores" / "得分";
            LaneInsights => "Insights" / "洞察";
            LanePictures => "Pictures" / "图片";
            LaneText => "Text" / "文本";
            LanePhysicalEvidence => "Physical evidence" / "有形展示";
            LaneFrontStage => "Front stage" / "前台";
            LaneBackStage => "Back stage" / "后台";
            LaneSupport => "Support" / "支持流程";

            // Levels of a pain
            LevelInteraction => "Interaction" / "单次互动";
            LevelJourney => "Journey" / "整个旅程";
            LevelRelationship => "Relationship" / "客户关系";

            // Moments of truth
            MomentZero => "Zero, research before purchase" / "零次时刻：购前研究";
            MomentFirst => "First, choosing" / "第一时刻：选择";
            MomentSecond => "Second, using" / "第二时刻：使用";
            MomentThird => "Third, telling others" / "第三时刻：分享";
            MomentUltimate => "Ultimate, the story told" / "终极时刻：口碑";
            MomentOwn => "Own kind" / "自定义";

            // Who starts it, who sees it, whether it is there
            Customer => "Customer" / "客户";
            Company => "Company" / "企业";
            Partner => "Partner" / "合作伙伴";
            FrontStage => "Front stage" / "前台";
            BackStage => "Back stage" / "后台";
            Exists => "Exists" / "已有";
            Planned => "Planned" / "规划中";

            // Business value (CARE)
            Acquisition => "Acquisition" / "获客";
            Retention => "Retention" / "留存";
            Efficiency => "Efficiency" / "效率";

            // Status of an improvement
            StatusIdea => "Idea" / "想法";
            StatusPlanned => "Planned" / "已计划";
            StatusStarted => "Started" / "进行中";
            StatusDone => "Done" / "已完成";
            StatusDropped => "Dropped" / "已放弃";

            // Metrics
            Nps => "NPS" / "NPS";
            Csat => "Satisfied" / "满意率";
            Ces => "Effort score" / "费力度";
            Mean => "Mean" / "平均分";
            NpsLong => "Net promoter score" / "净推荐值";
            CsatLong => "Customer satisfaction" / "客户满意度";
            CesLong => "Customer effort score" / "客户费力度";
            HighIsGood => "High is good" / "高分为好";
            LowIsGood => "Low is good" / "低分为好";

            // Usual channels
            ChannelWeb => "Web" / "网站";
            ChannelApp => "App" / "手机应用";
            ChannelShop => "Shop" / "门店";
            ChannelDealer => "Dealer" / "经销商";
            ChannelPhone => "Phone" / "电话";
            ChannelCallCentre => "Call centre" / "呼叫中心";
            ChannelMail => "Mail" / "邮件";
            ChannelMobile => "Mobile" / "移动端";
            ChannelSocial => "Social media" / "社交媒体";
            ChannelCatalogue => "Catalogue" / "目录册";
            ChannelChat => "Chat" / "在线聊天";
            ChannelPartner => "Partner" / "合作伙伴";
            ChannelOnSite => "On site" / "现场";

            // Themes
            ThemeSystem => "Same as system" / "跟随系统";
            ThemeLight => "Light" / "浅色";
            ThemeDark => "Dark" / "深色";
            ThemePrint => "Print" / "打印";
        }
    };
}
