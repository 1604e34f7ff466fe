//! Messages: the command line.

macro_rules! cli {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            CliPlace => "{problem}: {path}" / "{problem}：{path}";
            CliOtherProject => "This is not a version of the same project; give two copies of one file and the version both came from" / "这不是同一项目的版本；请提供同一文件的两个副本及其共同来源";
            CliTwoVersions => "Name two versions, the older first" / "请指定两个版本，较早的在前";
            CliUnmerged => "{path} has unresolved conflicts" / "{path} 尚有未解决的冲突";
            CliNoTemplate => "There is no template {name}; the templates are {names}" / "没有模板 {name}；可用的有 {names}";
            CliNoJourney => "There is no journey {name}; the project has {names}" / "没有旅程 {name}；项目中有 {names}";
            CliEmptyProject => "The project holds no journey" / "项目中没有旅程";
            CliEnding => "The name must end in .png, .svg, .md, .mmd or .csv" / "文件名须以 .png、.svg、.md、.mmd 或 .csv 结尾";
            CliPictureEnding => "The name must end in .png or .svg" / "文件名须以 .png 或 .svg 结尾";
            CliSize => "{value} is not a valid picture size; give a number above 0" / "{value} 不能作为图片尺寸；请指定大于 0 的数字";
            CliExists => "The file already exists; use --force to overwrite it" / "文件已存在；加 --force 可覆盖";
            CliNeedsOutput => "Name the file to write with -o, or use --dry-run to write nothing" / "请用 -o 指定输出文件，或用 --dry-run 只查看不写入";
            CliKeepsOriginal => "The damaged file is kept as it is; name another one with -o" / "损坏的文件保持原样；请用 -o 指定其他文件";
            CliNothingWrong => "Nothing is wrong with the file" / "文件没有问题";
            CliNewer => "The file is of version {version} and can only be read; update the program to change it" / "文件版本为 {version}，只能读取；请更新程序后再修改";
            CliNoScores => "No column of {path} holds scores of this journey; name one with --touchpoint NAME=COLUMN or --outcome COLUMN" / "{path} 中没有属于此旅程的得分列；请用 --touchpoint NAME=COLUMN 或 --outcome COLUMN 指定";
            CliAgain => "{told}; nothing was changed; choose what to do with {flags}" / "{told}；未做更改；请用 {flags} 指定如何处理";
            CliRecipeEncoding => "The recipe names an unknown encoding, {name}; expected utf-8, utf-16le, utf-16be, gb18030, cp1252 or another name of the Encoding Standard" / "导入方案中的编码 {name} 未知；应为 utf-8、utf-16le、utf-16be、gb18030、cp1252 或编码标准中的其他名称";
            CliAbsent => "The recipe names columns that the table lacks: {names}" / "导入方案中的列在表格中不存在：{names}";
            CliUnknown => "The recipe does not name these columns, so they are not read: {names}" / "导入方案中没有以下列，未读取：{names}";
            CliPersonal => "Looks like personal data or ids, left out: {names}" / "像是个人信息或编号，已略去：{names}";
            CliNoColumn => "There is no column {name}; the table has {names}" / "没有列 {name}；表格中有 {names}";
            CliForm => "Can’t read {value}; expected {form}" / "无法识别 {value}；应为 {form} 的形式";
            CliNoScale => "{column} holds no answers on a known scale; give the values of its words with --value TEXT=NUMBER, or its ends with --scale COLUMN=LOW-HIGH" / "{column} 中没有已知量表的回答；请用 --value TEXT=NUMBER 说明文字的分值，或用 --scale COLUMN=LOW-HIGH 指定两端";
            CliNotAggregated => "No column is named after an answer and holds its counts or shares, so --answers changes nothing; leave it out, or look at the columns with --dry-run" / "没有以答案命名、且含其人数或占比的列，--answers 不起作用；请去掉该参数，或用 --dry-run 查看各列";
            CliNoDates => "No column holds dates; name one with --date-column" / "没有日期列；请用 --date-column 指定";
            CliAsk => "{column}: {doubt}; decide with {flags}" / "{column}：{doubt}；请用 {flags} 指明";
            CliStaysAnswer => "{column}: {code} is on the scale and counts as an answer; use --missing COLUMN=CODE if it means no answer" / "{column}：{code} 在量表内，按回答计入；如表示未回答，请用 --missing COLUMN=CODE 指定";
            CliNoWave => "There is no wave {name}; the project has {names}" / "没有期次 {name}；项目中有 {names}";
            CliNoSegment => "There is no segment column {name}; the project has {names}" / "没有客群列 {name}；项目中有 {names}";
            CliNoOutcome => "There is no outcome {name} with drivers; the project has {names}" / "没有带驱动因素的结果指标 {name}；项目中有 {names}";
            CliNoOutcomes => "No import holds both an outcome and touchpoints; name the outcome with import --outcome COLUMN" / "没有同时含结果指标与接触点的导入；请用 import --outcome COLUMN 指定结果列";
            CliNoShares => "{outcome}: {problem}" / "{outcome}：{problem}";
            CliEditWrong => "{n} {n|line|lines} could not be carried out and changed nothing" / "有 {n} 行无法执行，未做任何更改";
            CliEditLong => "Line {line} is longer than 1 MiB; nothing from there on was carried out" / "第 {line} 行超过 1 MiB；该行及其后各行均未执行";
            CliEditUnsafe => "{n} {n|change|changes} could not be kept anywhere and {n|is|are} lost; save, or name a folder with --state-dir" / "{n} 处更改无处保存，已丢失；请保存，或用 --state-dir 指定文件夹";
            CliEditUnknown => "{word} is not a command; the commands are stage, touchpoint, rename, feeling, pain, gain, need, quote, question, note, delete, undo, redo and save" / "没有命令 {word}；可用的有 stage、touchpoint、rename、feeling、pain、gain、need、quote、question、note、delete、undo、redo 和 save";
            CliEditForm => "expected {form}" / "应为 {form}";
            CliEditMissing => "there is no element called {name}" / "没有名为 {name} 的元素";
            CliEditAmbiguous => "several elements are called {name}; name one by its id" / "有多个元素名为 {name}；请用编号指定";
            CliEditNoPersona => "the journey has no persona; name one" / "旅程中没有客户画像；请指定一个";
            CliEditStays => "{name} can’t be deleted" / "无法删除 {name}";
            CliEditNoUndo => "there is nothing to undo" / "没有可撤销的操作";
            CliEditNoRedo => "there is nothing to redo" / "没有可重做的操作";
            CliEditDoesNotFit => "the change no longer fits the project" / "此更改已不适用于当前项目";
            CliNoState => "No folder for program data is known for this user; name one with --state-dir" / "找不到此用户的程序数据文件夹；请用 --state-dir 指定";
            CliNothingLeft => "Nothing was left unsaved" / "没有未保存的内容";
            CliSeveralLeft => "Several documents were left unsaved; name one, --list shows them" / "有多个文档未保存；请指定一个（--list 可列出）";
            CliReplacedByOther => "The file now holds another project. Nothing was saved; choose another name" / "文件中现在是另一个项目。未保存；请选择其他名称";
            CliUnproven => "The file now holds a version that is not known to come from the one that was opened. Nothing was saved: bring both together with merge, or save under another name" / "无法确认文件中现在的版本来自先前打开的版本。未保存：请用 merge 合并双方，或以其他名称保存";
            CliDamaged => "A journal can’t be read to its end; it was put aside as {path}" / "日志无法完整读取；已另存为 {path}";
            CliDamagedThere => "A journal can’t be read to its end: {path}" / "日志无法完整读取：{path}";
            CliSetAside => "The only unsaved work is in a damaged journal that was put aside; name that journal to recover its readable part: {path}" / "未保存的内容仅存于一份因损坏而另存的日志；请指定该日志以恢复可读部分：{path}";
            CliUnreadJournal => "The disk could not read the journal ({detail}); it was left as it is: {path}" / "无法从磁盘读取日志（{detail}）；日志保持原样：{path}";
            CliUnreadJournals => "{n} {n|journal|journals} could not be read; nothing in {n|it|them} is lost, try again" / "有 {n} 份日志无法读取；内容没有丢失，请重试";
            CliReading => "Reading {name}: {percent} %" / "正在读取 {name}：{percent} %";
            CliDrawing => "Drawing {name}: {percent} %" / "正在绘制 {name}：{percent} %";
            CliStopped => "Stopped, nothing was changed" / "已停止，未做任何更改";
            CliChange => "{told}; to change it: {flags}" / "{told}；如需更改：{flags}";
            CliRejected => "{column}: {n} {n|cell|cells} rejected, {reason}, first in line {lines}" / "{column}：{n} 个单元格无效，{reason}，首见于第 {lines} 行";
        }
    };
}
