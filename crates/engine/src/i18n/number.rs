//! Figures and dates in the style of a language.

use super::Lang;
use jiff::civil::Date;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Formats a whole number with separated thousands: 25,324.
pub fn format_count(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Formats a size in the unit that suits it, rounded up: 3 KB, 1.5 MB.
pub fn format_bytes(size: u64) -> String {
    match size {
        0..=999_999 => format!("{} KB", size.div_ceil(1000)),
        _ => format!("{} MB", format_figure((size as f64 / 100_000.0).ceil() / 10.0, 1)),
    }
}

/// Formats a number with a fixed count of decimals and a true minus sign; never a negative zero, "–" if there
/// is no number.
pub fn format_decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.decimals$}", value.abs());
    let zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !zero { format!("−{text}") } else { text }
}

/// Formats a number with as many decimals as it needs, at most `decimals`: 4, 4.5, −0.25.
pub fn format_figure(value: f64, decimals: usize) -> String {
    let text = format_decimal(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Formats a number that always shows its sign: +1.0, −0.5; zero has none.
pub fn format_signed(value: f64, decimals: usize) -> String {
    let text = format_decimal(value, decimals);
    let positive = value > 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if positive { format!("+{text}") } else { text }
}

/// Formats a share (0 to 1) in percent: 51.4 % in English, 51.4% in Chinese.
pub fn format_percent(lang: Lang, share: f64, decimals: usize) -> String {
    let text = format_decimal(share * 100.0, decimals);
    match lang {
        Lang::En => format!("{text}\u{202f}%"),
        Lang::ZhCn => format!("{text}%"),
    }
}

/// Formats a date: 22 Nov 2026, or 2026年11月22日.
pub fn format_date(lang: Lang, date: Date) -> String {
    let year = date.year();
    let month = date.month();
    let day = date.day();
    match lang {
        Lang::En => {
            let name = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
            format!("{day} {name} {year}")
        }
        Lang::ZhCn => format!("{year}年{month}月{day}日"),
    }
}

/// Formats a month: Nov 2026, or 2026年11月.
pub fn month_name(lang: Lang, day: Date) -> String {
    let name = usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    match lang {
        Lang::En => format!("{name} {}", day.year()),
        Lang::ZhCn => format!("{}年{}月", day.year(), day.month()),
    }
}

/// Returns the days of the week above a calendar, from Monday on.
pub fn weekday_letters(lang: Lang) -> &'static [&'static str; 7] {
    match lang {
        Lang::En => &["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        Lang::ZhCn => &["一", "二", "三", "四", "五", "六", "日"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(
            [0, 999, 1000, 25_324, 1_234_567].map(format_count),
            ["0", "999", "1,000", "25,324", "1,234,567"]
        );
        assert_eq!(format_decimal(-0.04, 1), "0.0");
        assert_eq!(format_decimal(-2.0, 0), "−2");
        assert_eq!(format_decimal(f64::NAN, 1), "–");
        assert_eq!(
            [format_figure(4.0, 2), format_figure(4.5, 2), format_figure(-0.25, 2), format_figure(100.0, 0)],
            ["4", "4.5", "−0.25", "100"]
        );
        assert_eq!(
            [format_signed(1.0, 1), format_signed(-0.5, 1), format_signed(0.04, 1)],
            ["+1.0", "−0.5", "0.0"]
        );
        assert_eq!(format_percent(Lang::En, 0.5142, 1), "51.4\u{202f}%");
        assert_eq!(format_percent(Lang::ZhCn, 0.5142, 0), "51%");
        let day = jiff::civil::date(2026, 11, 2);
        assert_eq!(
            (format_date(Lang::En, day), format_date(Lang::ZhCn, day)),
            ("2 Nov 2026".into(), "2026年11月2日".into())
        );
    }
}
