//! Messages: what went wrong: what was found, what was expected, what to do.

macro_rules! errors {
    ($next:ident [$($more:ident)*] $($rows:tt)*) => {
        $next! { [$($more)*] $($rows)*
            ErrorTitle => "That did not work" / "操作未成功";
            CannotOpen => "{file} can’t be opened" / "无法打开 {file}";
            CannotSave => "{file} could not be saved" / "无法保存 {file}";
            CannotExport => "The map could not be exported" / "无法导出旅程图";
            CannotImport => "{file} can’t be imported" / "无法导入 {file}";
            FileMissing => "The file is not there" / "文件不存在";
            FolderMissing => "The folder is not there, nothing was saved" / "文件夹不存在，未保存";
            FileEmpty => "The file is empty" / "文件为空";
            FileTooBig => "The file has {size}, more than the {limit} that are allowed" / "文件大小为 {size}，超过上限 {limit}";
            FileDamaged => "Line {line}, column {column}: {problem}" / "第 {line} 行第 {column} 列：{problem}";
            FileNotOurs => "This is not a Desireline file" / "这不是 Desireline 文件";
            FileNewer => "Written by version {version}; please update the program to open it" / "由版本 {version} 写入，请更新程序后再打开";
            FileReadOnly => "The file is read-only, nothing was saved; save it under another name" / "文件为只读，未保存；请另存为其他名称";
            FileChanged => "Another program changed the file since it was opened, nothing was saved" / "文件打开后已被其他程序更改，未保存";
            DiskFull => "The disk is full, nothing was saved" / "磁盘已满，未保存";
            NotPermitted => "You are not permitted to write here" / "您没有在此写入的权限";
            NotUtf8 => "Line {line}, column {column}: not UTF-8 text; save the table as CSV UTF-8 and try again" / "第 {line} 行第 {column} 列：不是 UTF-8 文本；请将表格另存为 CSV UTF-8 后重试";
            NotUtf16 => "The file is UTF-16; save it as CSV UTF-8 and try again" / "文件编码为 UTF-16；请另存为 CSV UTF-8 后重试";
            OpenQuote => "Line {line}: a quote is opened and not closed, so whole rows lie inside one cell" / "第 {line} 行：引号没有闭合，整行数据落入同一单元格";
            CellTooLong => "Line {line}: a cell is longer than 1 MiB; a quote may not be closed there" / "第 {line} 行：单元格超过 1 MiB，可能有引号没有闭合";
            NotAFile => "This is not a file" / "这不是文件";
            ReadFailed => "The file can’t be read: {problem}" / "无法读取文件：{problem}";
            NoRows => "The table has a header and no rows" / "表格只有表头，没有数据行";
            TooManyColumns => "The table has {n} columns, more than {limit}" / "表格有 {n} 列，超过上限 {limit}";
            PictureTooBig => "The pictures of a project may take {limit} in all" / "项目中的图片总计不得超过 {limit}";
            PictureUnknown => "Not a PNG, JPEG or WebP picture" / "不是 PNG、JPEG 或 WebP 图片";
            ExportTooBig => "{width} × {height} px is more than {limit} px a side" / "{width} × {height} 像素超过每边 {limit} 像素的上限";
            WindowFailed => "The window can’t be opened; the command line works without one" / "无法打开窗口；命令行仍可使用";
            DetailsAt => "{problem} ({path})" / "{problem}({path})";
        }
    };
}
