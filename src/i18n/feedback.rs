//! Messages: importing feedback: roles of columns, why they were proposed, and what happened.

macro_rules! feedback {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            ImportTitle => "Import feedback" / "导入反馈";
            ImportDone => "Imported {n} {n|row|rows} from {file}" / "已从 {file} 导入 {n} 行";
            ImportAgain => "This file was imported on {date} already" / "此文件已于 {date} 导入过";
            ImportCancelled => "Import cancelled, nothing was changed" / "已取消导入，未做任何更改";
            ImportRows => "{n} {n|row|rows} read" / "已读取 {n} 行";
            ImportRejected => "{n} {n|row|rows} rejected" / "拒收 {n} 行";
            ImportRejectedAt => "Line {line}: {reason}" / "第 {line} 行：{reason}";
            ImportAsTouchpoints => "Make the columns touchpoints" / "将各列建为接触点";
            ImportWave => "Wave" / "期次";
            ImportNoColumns => "Choose at least one column that holds scores" / "请至少选择一列得分";

            ImportValues => "Values" / "取值";
            ImportRowsShown => "Rows" / "数据行";
            ImportAsks => "{n} {n|question is|questions are} open above; the import waits for the answers" / "上方还有 {n} 个问题待确认，确认后才能导入";
            ImportPersonal => "left out as personal: {names}" / "以下列含个人信息，已略去：{names}";
            AndMore => "{names} and {n} more" / "{names} 等另 {n} 列";
            ShowValues => "Show values" / "查看取值";
            ColumnAccount => "{valid} valid · {missing} missing · {rejected} rejected" / "有效 {valid} · 未回答 {missing} · 拒收 {rejected}";
            ColumnUntold => "{n} counted later" / "{n} 个导入时计数";
            ValueText => "Value" / "取值";
            ValueCount => "Cells" / "单元格数";
            ValueLines => "First lines" / "首次出现的行";
            ValueReadAs => "Read as" / "读作";
            ValueNotCounted => "Does not count" / "不计入";
            ValuesOfRows => "of {n} {n|row|rows}" / "共 {n} 行";
            RowsFirst => "The first {n} {n|row|rows}" / "前 {n} 行";
            RowsMarks => "Grey cells are no answer, underlined ones do not count; point at one to see why" / "灰色单元格为未回答，带下划线的不计入；指向单元格可查看原因";

            CrosstabFound => "This is a crosstab: {n} columns of percentages for groups of people ({names}), a row for each answer. Expected is a row for each respondent, or a row for each touchpoint with a column for each answer. Export the answers themselves from the survey tool, or turn the table round" / "这是交叉表：{n} 列为各人群（{names}）的百分比，每行一个回答。应为每行一位受访者，或每行一个接触点、每列一个回答。请从调查工具导出原始回答，或将表格行列互换";

            // How the file is read
            FileEncoding => "Encoding" / "编码";
            FileDelimiter => "Delimiter" / "分隔符";
            FileHeaderRows => "Header rows" / "表头行数";
            FileSheet => "Sheet" / "工作表";
            FileDecimalComma => "Decimal comma" / "小数逗号";
            FileTool => "Recognised as {tool}" / "识别为 {tool}";
            DetectIt => "Detect" / "自动检测";
            DelimiterComma => "Comma" / "逗号";
            DelimiterSemicolon => "Semicolon" / "分号";
            DelimiterTab => "Tab" / "制表符";
            DelimiterPipe => "Vertical bar" / "竖线";

            // Columns
            Column => "Column" / "列";
            Role => "Role" / "用途";
            RoleTouchpoint => "About a touchpoint" / "关于接触点";
            RoleJourney => "About the journey" / "关于整个旅程";
            RoleStage => "About a stage" / "关于阶段";
            RoleSegment => "Segment" / "客群";
            RoleChoices => "Several choices in a cell" / "多选单元格";
            RoleDate => "Date of the answer" / "回答日期";
            RoleWeight => "Weight" / "权重";
            RoleNames => "Names of touchpoints" / "接触点名称";
            RoleCount => "Number of respondents" / "回答人数";
            RoleAnswerCount => "Count of one answer" / "某一回答的人数";
            RoleRespondent => "Respondent id" / "受访者编号";
            RoleAnswerShare => "Share of one answer" / "某一回答的占比";
            SplitMonth => "By month" / "按月";
            SplitQuarter => "By quarter" / "按季度";
            SplitAll => "One wave" / "整个文件为一期";
            SplitYear => "By year" / "按年";
            OrderYearFirst => "Year first" / "年在前";
            OrderDayFirst => "Day first" / "日在前";
            OrderMonthFirst => "Month first" / "月在前";
            WaveSplitLabel => "Waves" / "期次划分";
            DateOrderLabel => "Order of the date" / "日期顺序";
            RoleIgnore => "Ignore" / "忽略";
            Target => "Belongs to" / "归属";
            MissingCodes => "No answer" / "未回答代码";
            FirstValues => "First values" / "前几个值";
            NewTouchpoint => "New touchpoint" / "新接触点";

            // Why a role is proposed
            WhyName => "The name matches" / "名称相符";
            WhyAlias => "Seen under this name before" / "以前用过此名称";
            WhySimilar => "The name is similar" / "名称相近";
            WhyOutcome => "Speaks of the whole experience" / "涉及整体体验";
            WhyFewTexts => "Few different texts" / "文字取值较少";
            WhyManyValues => "Too many different values" / "取值过多";
            WhyIdentifier => "Looks like an identifier" / "像是编号";
            WhyDate => "Looks like a date" / "像是日期";
            WhyPersonal => "Looks like personal data" / "像是个人信息";
            WhyComment => "Looks like free text" / "像是自由文本";
            WhySmallNumbers => "Small whole numbers" / "较小的整数";
            WhyWords => "Words of a known scale" / "常用量表的文字选项";
            WhyWeight => "Looks like weights" / "像是权重";
            WhyGroup => "Groups of another column, which would count twice" / "另一列的分组，会重复计数";
            WhyTool => "Written by the survey tool" / "由调查工具写入";
            WhyTrait => "Says who answers" / "受访者特征";
            WhyAggregated => "Part of a table that is aggregated already" / "已汇总表格的一部分";
            WhyRow => "A row of an aggregated table" / "汇总表中的一行";
            WhyChoices => "Several choices in a cell: groups that overlap" / "单元格含多个选项：分组有重叠";
            WhyTicked => "One choice of several, ticked or not; as a segment it shows those who chose it" / "多选题中的一个选项；设为客群可查看选择者";
            WhyShares => "Shares, but no answers in the header; put the answers in columns" / "只有占比，表头中没有回答；请将各回答放在列中";
            WhyUnrated => "Small numbers, but nothing says that they are ratings; choose a role to read them" / "数值较小，但没有迹象表明是评分；如需读取，请选择用途";
            WhyCounted => "Counts, times or amounts, not ratings" / "是次数、时长或金额，不是评分";
            WhyCoded => "Numbers that name something, not ratings" / "是编号或代码，不是评分";
            WhyRespondent => "Ids of answers: used to recognise rows that came before, never kept in the project" / "答卷编号：只用于识别已导入过的行，不会存入项目";
            WhyYesNo => "Yes and no" / "是与否";
            WhySmallGroups => "Too many values occur fewer than 5 times: they could tell who answered" / "过多取值出现不足 5 次，可能暴露受访者身份";
            WhyLongNames => "Names what each row's answer is about" / "指明每行回答的对象";
            WhyRepeated => "How many respondents a row stands for" / "每行代表的受访者人数";
            WhyEmpty => "Empty" / "空列";
            WhyChosen => "Chosen by you" / "由您选择";

            // What only a person can settle
            DoubtZero => "0 may be the lowest answer or mean not applicable" / "0 可能是最低分，也可能表示不适用";
            DoubtDirection => "Which end is good is not certain" / "无法确定哪一端为好";
            DoubtOffScale => "{n} {n|cell|cells} off the scale" / "{n} 个单元格不在量表内";
            DoubtPast => "{code} may be a code for no answer" / "{code} 可能是未回答代码";
            DoubtTurn => "The scale seems to change between 1–5 and 1–10 in line {line}" / "量表似乎在第 {line} 行由 1–5 与 1–10 之间改变";
            DoubtOrder => "The day or the month may come first" / "无法确定日在前还是月在前";
            DoubtRenamed => "Only similar to the column that the mapping names" / "与导入方案中的列名仅相近";
            DoubtUnit => "These may be counts or shares" / "可能是人数，也可能是占比";
            DoubtEnds => "Scale ends are not certain: no answer goes beyond {low}–{high}" / "无法确定量表两端：没有回答超出 {low}–{high}";
            DoubtMiddle => "Nobody chose a middle answer: the scale may or may not have had one" / "没有人选择中间项：量表可能有中间项，也可能没有";
            DoubtOneTwo => "1 and 2 may be yes and no" / "1 和 2 可能表示是和否";
            DoubtCodes => "Codes of answers: their order is not told" / "是选项代码：其顺序未注明";
            DoubtWeights => "Several columns look like weights; only one can be used" / "有多列像是权重，只能使用一列";
            DoubtRepeats => "{n} {n|row repeats an id|rows repeat ids} of earlier rows" / "{n} 行的编号与前面的行重复";
            DoubtWider => "Some answers lie beyond the scale of earlier imports; they fit {low}–{high}" / "部分回答超出以往导入的量表，但符合 {low}–{high}";
            DoubtFractions => "{n} {n|answer lies|answers lie} between whole numbers; for NPS, below 7 is a detractor and below 9 a passive" / "{n} 个回答不是整数；计算 NPS 时，低于 7 为贬损者，低于 9 为中立者";
            DoubtWords => "{n} {n|cell holds|cells hold} words that the scale does not know" / "{n} 个单元格的文字不在量表内";
            DoubtImpossible => "{n} {n|date|dates} that cannot be, first in line {line}" / "{n} 个不可能的日期，首次出现在第 {line} 行";
            DoubtFuture => "{n} {n|date lies|dates lie} ahead, first {day} in line {line}" / "{n} 个日期在今天之后，首个为第 {line} 行的 {day}";
            WordListed => "{text} ({n}, line {line})" / "{text}（{n} 个，第 {line} 行）";
            SaysNoAnswer => "{code} is no answer" / "{code} 视为未回答";
            SaysAnswer => "{code} is an answer" / "{code} 是有效回答";
            SaysWordsNoAnswer => "They are no answer" / "均视为未回答";
            SaysHighIsGood => "High is good" / "高分为好";
            SaysWide => "All are on 1–10" / "全部按 1–10 计";
            SaysLeaveOut => "Leave the column out" / "略去该列";
            SaysCounts => "They are counts" / "是人数";
            SaysShares => "They are shares" / "是占比";
            SaysKeep => "Keep as proposed" / "按建议";
            SaysMiddle => "It had a middle" / "有中间项";
            SaysFiveSteps => "They are on 1–5" / "按 1–5 计";
            SaysOneIsYes => "1 is yes, 2 is no" / "1 为是，2 为否";
            SaysAscending => "The first is worst" / "第一项最差";
            SaysDescending => "The first is best" / "第一项最好";
            SaysWeight => "This is the weight" / "这一列是权重";
            SaysNoWeight => "Do not weight" / "不加权";
            SaysOnce => "Count each id once" / "每个编号只计一次";
            SaysAllRows => "Count all rows" / "所有行都计入";
            SaysSame => "It is the same" / "是同一列";
            LowIsGoodShort => "Low is good" / "低分为好";

            // Why a row or column is rejected
            RejectColumns => "{found} fields where the header has {expected}" / "有 {found} 个字段，表头为 {expected} 个";
            RejectValue => "{value} is not on the scale" / "{value} 不在量表内";
            RejectNotANumber => "neither a number nor a known word" / "既不是数字，也不是已知词语";
            RejectOffScale => "not on the scale" / "不在量表内";
            RejectNotADate => "no date, counted without one" / "不是日期，按无日期计";
            RejectUnclearDate => "day or month first is not settled, counted without a date" / "未确定日在前还是月在前，按无日期计";
            RejectImpossibleDate => "a date that cannot be, counted without one" / "不可能的日期，按无日期计";
            RejectNotAWeight => "no weight from 0 to a million, left out of weighted scores" / "不是 0 到一百万的权重，不计入加权得分";
            RejectNotACount => "no whole number of respondents, the row was left out" / "不是整数人数，该行不计";
            RejectNotAShare => "no share of respondents, the row was left out" / "不是占比，该行不计";
            RejectMoreThanAll => "the answers make more than all respondents, the row was left out" / "各回答之和超过全部回答人数，该行不计";
            RejectUnknownName => "names nothing that the mapping knows" / "导入方案中没有此名称";
            RejectRagged => "another number of fields than the header" / "字段数与表头不同";
            RejectCells => "{n} {n|cell|cells}: {reason}, first in line {line}" / "{n} 个单元格：{reason}，首次出现在第 {line} 行";
            SegmentTooMany => "{column} has more than {n} values and was left out" / "{column} 的取值超过 {n} 个，已略去";
            ImportLeftOut => "{column}: {n} {n|row|rows} left out, first in line {lines}" / "{column}：有 {n} 行不计入，首见于第 {lines} 行";
            SegmentFolded => "{column}: {n} {n|value|values} of few rows counted together as “{others}”" / "{column}：有 {n} 个取值的行数过少，已合并为“{others}”";
            SegmentDropped => "{column}: {n} {n|value|values} of few rows shown in no group" / "{column}：有 {n} 个取值的行数过少，不列入任何客群";
            RoleAmbiguous => "Several columns are taken for “{role}”: {columns}; only one can be, choose what the others are" / "多列同为“{role}”：{columns}；只能有一列，请更改其余各列";
            ImportReplaces => "Replace that import" / "替换该次导入";
            PersonalLeftOut => "Only counts are kept: no rows, no names, no addresses" / "只保留计数：不保存逐行数据、姓名或地址";
            ImportAbsent => "Columns of the mapping that the file does not have" / "导入方案中有而文件中没有的列";

            // Quotes from comments
            QuotesTitle => "Quotes from comments" / "从意见摘取客户原话";
            QuotesColumn => "Column of comments" / "意见所在列";
            QuotesAnswer => "Show answer to" / "同时显示回答";
            QuotesJourney => "The whole journey" / "整个旅程";
            QuotesNoAnswer => "None" / "无";
            QuotesSearch => "Search comments" / "搜索意见";
            QuotesMask => "Mask names and addresses" / "遮盖姓名和地址";
            QuotesCheck => "Masks follow simple rules: read each quote before you keep it" / "遮盖依据简单规则：保留前请逐条核对";
            QuotesUnmasked => "Names and addresses are kept as they were written" / "姓名和地址将按原文保留";
            QuotesLine => "Line {line}" / "第 {line} 行";
            QuotesChosen => "{n} of {all} chosen" / "已选 {n} / {all}";
            QuotesKeep => "Keep {n} {n|quote|quotes}" / "保留 {n} 条原话";
            QuotesKeptBefore => "These quotes are kept already" / "这些原话已经保留过了";
            QuotesKept => "{n} {n|quote|quotes} kept from {file}" / "已从 {file} 保留 {n} 条原话";
            QuotesFirst => "The first {n} of {all} comments are listed" / "仅列出前 {n} 条意见，共 {all} 条";
            QuotesRagged => "{n} {n|row has|rows have} another number of fields than the header and {n|was|were} passed over" / "有 {n} 行的字段数与表头不同，已跳过";
            QuotesInFile => "Search the whole file" / "搜索整个文件";
            QuotesReading => "Reading comments…" / "正在读取意见…";
            QuotesNone => "No comment says this" / "没有符合的意见";
            QuotesNoText => "No column of {file} holds free text; expected a column in which customers wrote comments" / "{file} 中没有自由文本列；应有一列为客户填写的意见";
            MaskName => "[name]" / "[姓名]";
            MaskMail => "[e-mail]" / "[邮箱]";
            MaskLink => "[link]" / "[网址]";
            MaskNumber => "[number]" / "[号码]";
            MaskAddress => "[address]" / "[地址]";
            RejectTooManyValues => "more than {n} different values" / "不同取值超过 {n} 个";
        }
    };
}
