//! Detects which number formats show dates and times.

use super::super::error::TableError;
use super::super::package::Package;
use super::super::progress::ReadProgress;
use super::book::for_each_element;
use super::xml::attribute_value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most formats; Excel allows 64,000.
const FORMATS: usize = 1 << 17;

/// The kind of value that a number format shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) enum NumberFormat {
    /// A plain number.
    #[default]
    Number,
    /// A date.
    Date,
    /// A date and a time.
    DateTime,
    /// A time of day, or a duration.
    Time,
}

impl NumberFormat {
    /// Returns the kind of a built-in format by its id.
    fn built_in(id: u32) -> Self {
        match id {
            14..=17 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Self::Date,
            18..=21 | 32..=33 | 45..=47 | 55..=56 => Self::Time,
            22 => Self::DateTime,
            _ => Self::Number,
        }
    }

    /// Parses a format code. Quoted and escaped characters are literal; brackets hold colours, conditions,
    /// languages, and hours, minutes or seconds of a duration. `m` is a month unless it is next to hours or
    /// seconds, so it only decides if nothing else does.
    pub(super) fn from_code(code: &str) -> Self {
        let mut day = false;
        let mut time = false;
        let mut month = false;
        let first = code.split(';').next().unwrap_or_default().to_lowercase();
        let mut signs =
            first.replace("am/pm", "").replace("general", "").chars().collect::<Vec<_>>().into_iter();
        while let Some(sign) = signs.next() {
            match sign {
                '"' => drop(signs.by_ref().find(|sign| *sign == '"')),
                '\\' | '_' | '*' => drop(signs.next()),
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    time |= !inside.is_empty() && inside.chars().all(|sign| "hms".contains(sign));
                }
                'y' | 'd' | '年' | '月' | '日' => day = true,
                'h' | 's' => time = true,
                'm' => month = true,
                _ => {}
            }
        }
        match (day, time) {
            (true, true) => Self::DateTime,
            (true, false) => Self::Date,
            (false, true) => Self::Time,
            (false, false) if month => Self::Date,
            (false, false) => Self::Number,
        }
    }
}

/// Reads the number formats of cell styles, by index.
pub(super) fn read_formats(
    package: &Package,
    part: &str,
    progress: &Arc<ReadProgress>,
) -> Result<Vec<NumberFormat>, TableError> {
    let mut own: BTreeMap<u32, NumberFormat> = BTreeMap::new();
    let mut ids: Vec<u32> = Vec::new();
    let mut in_cells = false;
    for_each_element(package, part, progress, |start| match start.local_name().as_ref() {
        "numFmt" => {
            let id = attribute_value(start, "numFmtId").and_then(|id| id.parse().ok());
            if let (Some(id), Some(code)) = (id, attribute_value(start, "formatCode")) {
                own.insert(id, NumberFormat::from_code(&code));
            }
        }
        "cellXfs" => in_cells = true,
        "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
        "xf" if in_cells && ids.len() < FORMATS => {
            let id = attribute_value(start, "numFmtId").and_then(|id| id.parse().ok());
            ids.push(id.unwrap_or(0));
        }
        _ => {}
    })?;
    let format = |id: &u32| own.get(id).copied().unwrap_or_else(|| NumberFormat::built_in(*id));
    Ok(ids.iter().map(format).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_tells_days_times_and_numbers_apart() {
        for (code, format) in [
            ("yyyy-mm-dd", NumberFormat::Date),
            ("[$-409]d\\-mmm\\-yy;@", NumberFormat::Date),
            ("m/d/yy h:mm AM/PM", NumberFormat::DateTime),
            ("yyyy\"年\"m\"月\"d\"日\"", NumberFormat::Date),
            ("[h]:mm:ss", NumberFormat::Time),
            ("mmm", NumberFormat::Date),
            ("0.00", NumberFormat::Number),
            ("General", NumberFormat::Number),
            ("[Red]0.0\" days\"", NumberFormat::Number),
            ("#,##0\\ \"h\"", NumberFormat::Number),
            ("0.00E+00", NumberFormat::Number),
        ] {
            assert_eq!(NumberFormat::from_code(code), format, "{code}");
        }
    }
}
