//! Messages: survey files that can't be read, and warnings about those that can.

macro_rules! sources {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            // Other formats: the finding, the expectation, the remedy
            FormatJson => "This is a JSON file. A table such as XLSX or CSV is needed: export the answers from the survey tool in one of these formats" / "这是 JSON 文件，应为 XLSX、CSV 等表格。请从调查工具导出为其中一种格式";
            FormatXml => "This is an XML file that did not come from a spreadsheet program. A table such as XLSX or CSV is needed: export the answers in one of these formats" / "这是 XML 文件，但不是由表格软件保存的。应为 XLSX、CSV 等表格，请导出为其中一种格式";
            FormatSpss => "This is an SPSS data file. A table such as XLSX or CSV is needed: in SPSS choose File, Export, and save the data with value labels as Excel or CSV" / "这是 SPSS 数据文件，应为 XLSX、CSV 等表格。请在 SPSS 中选择“文件”“导出”，带值标签另存为 Excel 或 CSV";
            FormatStata => "This is a Stata data file. A table such as XLSX or CSV is needed: in Stata choose File, Export, and save the data as Excel or comma-separated text" / "这是 Stata 数据文件，应为 XLSX、CSV 等表格。请在 Stata 中选择“文件”“导出”，另存为 Excel 或逗号分隔文本";
            FormatSas => "This is a SAS data file. A table such as XLSX or CSV is needed: export the data from SAS in one of these formats" / "这是 SAS 数据文件，应为 XLSX、CSV 等表格。请从 SAS 导出为其中一种格式";
            FormatParquet => "This is a Parquet file. A table such as XLSX or CSV is needed: have the data exported in one of these formats" / "这是 Parquet 文件，应为 XLSX、CSV 等表格。请将数据导出为其中一种格式";
            FormatAccess => "This is an Access database. A table such as XLSX or CSV is needed: in Access select the table and choose External Data, Excel" / "这是 Access 数据库，应为 XLSX、CSV 等表格。请在 Access 中选中数据表，再选择“外部数据”“Excel”导出";
            FormatProtected => "The workbook is protected with a password. Open it in a spreadsheet program, remove the password, save it, and import it again" / "工作簿设有密码，无法读取。请在表格软件中打开，取消密码并保存，然后重新导入";
            FormatNumbers => "This is a Numbers spreadsheet. A table such as XLSX or CSV is needed: in Numbers choose File, Export To, Excel" / "这是 Numbers 表格，应为 XLSX、CSV 等表格。请在 Numbers 中选择“文件”“导出为”“Excel”";
            FormatDocument => "This is a text document. A table such as XLSX or CSV is needed: copy the table of the document into a spreadsheet program and save it there" / "这是文字文档，应为 XLSX、CSV 等表格。请将文档中的表格复制到表格软件并保存";
            FormatSlides => "This is a presentation. A table such as XLSX or CSV is needed: export the answers from the survey tool, not its report" / "这是演示文稿，应为 XLSX、CSV 等表格。请从调查工具导出原始回答，而不是报告";
            FormatPdf => "This is a PDF. A table such as XLSX or CSV is needed: export the answers from the survey tool, not its report" / "这是 PDF 文件，应为 XLSX、CSV 等表格。请从调查工具导出原始回答，而不是报告";
            FormatPicture => "This is a picture. A table such as XLSX or CSV is needed: export the answers from the survey tool in one of these formats" / "这是图片，应为 XLSX、CSV 等表格。请从调查工具导出为其中一种格式";
            FormatWebPage => "This is a web page without a table, perhaps one that asks to sign in: the download brought the page instead of the file. Sign in to the survey tool in the browser and download the export again" / "这是不含表格的网页，可能是登录页面：下载到的是网页而不是文件。请在浏览器中登录调查工具，然后重新下载导出文件";
            FormatUnfinished => "The download has not finished or was cut off, so part of the file is missing. Wait until it has finished, or download the file again" / "下载尚未完成或已中断，文件不完整。请等待下载完成，或重新下载";

            // Archives
            ArchiveSeveral => "The archive holds several tables: {names}. Unpack it and import one of them" / "压缩包中有多个表格：{names}。请解压后选择其中一个导入";
            ArchiveNoTable => "The archive holds no table, but {names}. A table such as XLSX or CSV is needed" / "压缩包中没有表格，只有 {names}。需要一个 XLSX、CSV 等表格";
            ArchiveEncrypted => "{name} in the archive is protected with a password. Unpack the archive with the password and import the unpacked file" / "压缩包中的 {name} 设有密码。请用密码解压，然后导入解压后的文件";
            ArchivePacked => "{name} in the archive is packed in a way that can’t be read here. Unpack the archive and import the unpacked file" / "无法读取压缩包中 {name} 的压缩方式。请解压后导入解压出的文件";
            FileInArchive => "File in the archive" / "压缩包中的文件";

            // Files that end early or change
            FileEndsEarly => "The file ends in the middle: part of it is missing. Copy or download it again" / "文件不完整，中途结束。请重新复制或下载";
            FileChangedMeanwhile => "Another program changed the file while it was being read. Wait until it is saved there, and import it again" / "读取期间文件被其他程序更改。请等待其保存完成后重新导入";

            // Warnings about a file that was read
            WarnUncalculated => "{columns}: {n} {n|formula has|formulas have} no result in the file and {n|is|are} read as blank. Open the file in a spreadsheet program, let it recalculate, save it, and import it again" / "{columns}：{n} 个公式在文件中没有计算结果，按空白读取。请在表格软件中打开，重新计算并保存，然后重新导入";
            WarnErrorCells => "{columns}: {n} {n|cell shows an error|cells show errors} such as #N/A or #REF!. Correct the {n|formula|formulas} in a spreadsheet program, save the file, and import it again" / "{columns}：{n} 个单元格显示 #N/A、#REF 等错误。请在表格软件中更正公式并保存，然后重新导入";
            WarnHiddenRows => "{n} {n|row is|rows are} hidden in the sheet, by a filter or by hand, and {n|was|were} read as well. To see {n|it|them}, show all rows in a spreadsheet program; to leave {n|it|them} out, delete {n|it|them} there" / "工作表中有 {n} 行被筛选或手动隐藏，也已读取。要查看，请在表格软件中显示所有行；要排除，请在其中删除这些行";
            WarnSecondTable => "A second table from row {row} on was not read: {names}. To read it, move it to a sheet or file of its own" / "未读取从第 {row} 行开始的第二个表格：{names}。要读取它，请将其移到单独的工作表或文件";
            WarnSideTable => "Cells beside the table, from column {column} on, were not read: {names}. To read them, move them to a sheet or file of their own" / "未读取表格右侧从 {column} 列开始的内容：{names}。要读取它们，请将其移到单独的工作表或文件";
            WarnNotes => "Notes below the table, from row {row} on, were not read: {text}" / "未读取表格下方从第 {row} 行开始的备注：{text}";
            WarnUnevenRows => "{n} {n|row has|rows have} fewer or more cells than the header and {n|was|were} read as whole: only columns of text at the end differ" / "有 {n} 行的单元格数与表头不同，已按完整行读取：差异只在末尾的文字列";
            WarnMixedEncodings => "{n} {n|line is|lines are} not in the encoding of the rest, the first is line {line}; {n|it was|they were} read as {encoding}. Check the letters there, and save the file as UTF-8" / "有 {n} 行的编码与其余部分不同，首次出现在第 {line} 行，已按 {encoding} 读取。请核对这些文字，并将文件另存为 UTF-8";
            WarnGarbled => "Letters in the file are garbled, such as {example} in line {line}: it was once saved in a wrong encoding. Export it again from the survey tool as UTF-8 or XLSX" / "文件中的文字在保存时已成乱码，例如第 {line} 行的 {example}。请从调查工具重新导出为 UTF-8 或 XLSX";
        }
    };
}
