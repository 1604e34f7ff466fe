//! Messages: journeys read from outlines, mermaid diagrams and tables, and written as such.

macro_rules! exchange {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            UnreadLine => "Line {line}: {reason} ({text})" / "第 {line} 行：{reason}（{text}）";
            UnreadSome => "{n} {n|place|places} in {file} could not be read" / "{file} 中有 {n} 处无法读取";
            UnreadMore => "and {n} more; the command line lists all" / "另有 {n} 处；命令行会列出全部";
            UnreadUnknown => "it does not begin with an outline mark such as ## or -" / "行首不是 ## 或 - 等大纲符号";
            UnreadEmpty => "there is no text after the mark" / "符号后没有内容";
            UnreadNoStage => "a touchpoint needs a stage above it" / "接触点上方须有阶段";
            UnreadNoTouchpoint => "this needs a touchpoint" / "此内容须有接触点";
            UnreadSecondTitle => "the journey has another title already" / "旅程已有另一个标题";
            UnreadTask => "a touchpoint is written as name: score: persona" / "接触点应写成名称、分数、客户画像，以半角冒号分隔";
            UnreadScore => "the score is not a number from 1 to 5, so no feeling was set" / "分数不是 1 到 5 的数字，未设置情绪";
            UnreadRest => "nothing is read from here on" / "此处之后的内容不予读取";
            UnreadLooks => "mermaid’s drawing settings are not kept" / "不保留 mermaid 的绘图设置";
            UnreadColumn => "the table of a journey has no such column" / "旅程表格没有这样的列";
            UnreadColumnTwice => "the column occurs twice; only the first is read" / "该列重复，只读取第一列";
            UnreadScores => "scores come from answers, not from a table; import the survey" / "得分来自客户回答而非表格；请导入调查数据";
            UnreadFeeling => "a feeling is a number from -2 to 2" / "情绪应为 -2 到 2 的数字";
            UnreadStep => "a step is a whole number from 1; the row got a step of its own" / "步骤应为从 1 开始的整数；该行单独成为一步";
            UnreadWide => "the row has more cells than the header" / "该行的单元格多于表头";
            AnswerCount => "Answers (n)" / "回答数（n）";
            RefusedSize => "The file has {size}; at most {limit} can be read as a journey" / "文件大小为 {size}；作为旅程最多可读取 {limit}";
            RefusedLines => "The file has {n} lines; at most {limit} can be read as a journey" / "文件有 {n} 行；作为旅程最多可读取 {limit} 行";
            RefusedTooMuch => "The file holds more than 200,000 elements, too many for one map; divide it" / "文件包含超过 20 万个元素，一张旅程图无法容纳；请拆分";
            RefusedText => "This is not text in a known encoding; save it as UTF-8" / "不是已知编码的文本；请保存为 UTF-8";
            RefusedMermaid => "Line {line}: expected the word journey, found {found}; only mermaid journeys can be read" / "第 {line} 行：应为 journey，实际为 {found}；只能读取 mermaid 的 journey 图";
            RefusedNoMermaid => "The file holds no mermaid journey; one begins with the word journey" / "文件中没有 mermaid 的 journey 图；这种图以 journey 开头";
            RefusedColumns => "Line {line}: no column is called Touchpoint or Stage; the columns are {names}" / "第 {line} 行：没有名为“接触点”或“阶段”的列；现有列为 {names}";
            HoldsOutline => "Holds stages, touchpoints, channels, personas, pain points, gains and moments of truth; the rest is left out" / "包含阶段、接触点、渠道、客户画像、痛点、爽点和关键时刻；其余内容略去";
            HoldsMermaid => "Holds the title, goal, stages, touchpoints, personas and feelings; the rest is left out" / "包含标题、目标、阶段、接触点、客户画像和情绪；其余内容略去";
            HoldsTable => "Holds a row for each touchpoint with channels, personas, feelings, insights, improvements, texts of lanes and scores; flows, pictures, answers and insights about flows or the whole journey are left out" / "每个接触点一行，含渠道、客户画像、情绪、洞察、改进、泳道文本和得分；流转、图片、回答以及关于流转或整个旅程的洞察略去";
            RefusedForm => "The name must end in .md, .mmd or .csv" / "文件名须以 .md、.mmd 或 .csv 结尾";
        }
    };
}
