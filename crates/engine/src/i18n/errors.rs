//! Messages: errors: the finding, the expectation, the remedy.

macro_rules! errors {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            ErrorTitle => "That did not work" / "操作未成功";
            CannotOpen => "{file} can’t be opened" / "无法打开 {file}";
            CannotSave => "{file} could not be saved" / "无法保存 {file}";
            CannotExport => "The map could not be exported" / "无法导出旅程图";
            CannotImport => "{file} can’t be imported" / "无法导入 {file}";
            FileMissing => "The file does not exist" / "文件不存在";
            FolderMissing => "The folder does not exist, nothing was saved" / "文件夹不存在，未保存";
            FileEmpty => "The file is empty" / "文件为空";
            FileTooBig => "The file has {size}; the limit is {limit}" / "文件大小为 {size}，超过上限 {limit}";
            FileDamaged => "Line {line}, column {column}: {problem}" / "第 {line} 行第 {column} 列：{problem}";
            FileNotOurs => "This is not a Desireline file" / "这不是 Desireline 文件";
            FileNewer => "Written by version {version}; please update the program to open it" / "此文件由版本 {version} 保存，请更新程序后再打开";
            FileReadOnly => "The file is read-only, nothing was saved; save it under another name" / "文件为只读，未保存；请另存为其他名称";
            FileChanged => "Another program changed the file since it was opened, nothing was saved" / "文件打开后已被其他程序更改，未保存";
            DiskFull => "The disk is full, nothing was saved" / "磁盘已满，未保存";
            NotPermitted => "You don’t have permission to write here; choose another folder" / "您没有在此写入的权限；请选择其他文件夹";
            NotEncoding => "Line {line}, column {column}: not valid {encoding}; choose the encoding of the file" / "第 {line} 行第 {column} 列：不是有效的 {encoding}；请选择文件的编码";
            NotATable => "This is neither a text table such as CSV nor a workbook such as XLSX" / "这既不是 CSV 等文本表格，也不是 XLSX 等工作簿";
            NoSheet => "There is no sheet {name}; the workbook has {names}" / "没有工作表 {name}；工作簿中有 {names}";
            WorkbookDamaged => "The workbook is damaged ({problem}); save it again in a spreadsheet program and try again" / "工作簿已损坏（{problem}）；请用表格软件重新保存后再试";
            LimitParts => "The workbook has more than 10,000 parts, which no spreadsheet program writes; open it in one and save it again, or save the sheet as CSV" / "工作簿的部件超过 1 万个，表格软件不会写出这样的文件；请用表格软件打开并重新保存，或将工作表另存为 CSV";
            LimitUnpacked => "The file unpacks to more than 100 times its size and was stopped; open it in a spreadsheet program and save the sheet as CSV" / "文件解压后超过其大小的 100 倍，已停止读取；请用表格软件打开并将工作表另存为 CSV";
            LimitCells => "The sheet spans more than 100 million cells; delete the cells far outside the table" / "工作表跨越超过 1 亿个单元格；请删除远在表格之外的单元格";
            LimitDoctype => "The workbook defines its own document type, which no spreadsheet program does; save it again in one and try again" / "工作簿自带文档类型定义，表格软件不会写出这样的文件；请用表格软件打开并重新保存，或将工作表另存为 CSV；请用表格软件重新保存后再试";
            LimitDepth => "The workbook nests elements more than 128 deep, which no spreadsheet program does; save it again in one and try again" / "工作簿的元素嵌套超过 128 层，表格软件不会写出这样的文件；请用表格软件打开并重新保存，或将工作表另存为 CSV；请用表格软件重新保存后再试";
            LimitText => "The texts of the workbook are too long; save the sheet as CSV UTF-8 and try again" / "工作簿中的文本过长；请将工作表另存为 CSV UTF-8 后重试";
            OldWorkbook => "The workbook can’t be read ({problem}); save it as XLSX or CSV UTF-8 and try again" / "无法读取工作簿（{problem}）；请另存为 XLSX 或 CSV UTF-8 后重试";
            OldWorkbookDied => "The workbook needs too much memory or is damaged; save it as XLSX or CSV UTF-8 and try again" / "工作簿所需内存过多或已损坏；请另存为 XLSX 或 CSV UTF-8 后重试";
            OldWorkbookLate => "The workbook could not be read in time; save it as XLSX or CSV UTF-8 and try again" / "未能在限定时间内读取工作簿；请另存为 XLSX 或 CSV UTF-8 后重试";
            OpenQuote => "Line {line}: a quotation mark is never closed, so whole rows fall into one cell; close or remove it" / "第 {line} 行：引号没有闭合，整行数据落入同一单元格；请补上或删除该引号";
            CellTooLong => "Line {line}: a cell is longer than 1 MiB; perhaps a quotation mark is not closed there" / "第 {line} 行：单元格超过 1 MiB，可能有引号没有闭合";
            NotAFile => "This is not a file" / "这不是文件";
            ReadFailed => "The file can’t be read: {problem}" / "无法读取文件：{problem}";
            NoRows => "The table has a header but no rows" / "表格只有表头，没有数据行";
            TooManyColumns => "The table has {n} columns; the limit is {limit}" / "表格有 {n} 列，超过上限 {limit}";
            PictureTooBig => "The pictures of a project may take {limit} in total" / "项目中的图片总计不得超过 {limit}";
            PictureUnknown => "Not a PNG, JPEG or WebP picture" / "不是 PNG、JPEG 或 WebP 图片";
            ExportTooBig => "{width} × {height} px is more than {limit} px a side; choose a smaller size" / "{width} × {height} 像素超过每边 {limit} 像素的上限；请选择较小的尺寸";
            ExportMemory => "not enough memory for a row of {n} pixels" / "内存不足以容纳一行 {n} 像素";
            ExportNotDrawn => "the renderer can't draw this page ({detail})" / "渲染器无法绘制此页（{detail}）";
            ExportNotWritten => "the picture could not be written ({detail})" / "无法写入图片（{detail}）";
            ExportCancelled => "cancelled" / "已取消";
            WindowFailed => "The window can’t be opened; the command line works without one" / "无法打开窗口；命令行仍可使用";
            DetailsAt => "{problem} ({path})" / "{problem}（{path}）";
        }
    };
}
