//! Detects columns of personal data, which are left out and reported.

use super::cell::{fold_text, parse_number};
use super::header_text::HeaderText;
use super::names::split_words;
use super::profile::ColumnProfile;
use super::vocabulary::{Topic, is_listed};
use crate::model::choice::DateOrder;
use std::net::IpAddr;

const IDENTIFIER: &str = "id number no key uuid index 编号 序号";
const PERSONAL: &str = "\
    email mail phone mobile telephone address ip ipaddres postcode postal zip surname firstname lastname \
    birthday birthdate dob latitude longitude 邮箱 邮件 电话 手机 地址 姓名 微信 身份 生日";
/// Names of columns that survey tools add, folded, without spaces.
const TOOL: &str = "\
    finished status progress duration duration(inseconds) responseset responsetype distributionchannel \
    userlanguage externaldatareference externalreference locationaccuracy collectorid networkid 所用时间 \
    来源 来源详情";
/// A column with at most this many different numbers holds codes, whatever its name.
const CODES: usize = 10;
/// Upper bound of codes for age bands.
const BANDS: f64 = 16.0;
/// Upper bound of codes.
const MOST: f64 = 100.0;
/// The most words of a name; longer ones are sentences.
const SHORT: usize = 5;
/// Words that turn "name" into a person's name.
const WHOSE: &str = "your first last full family given recipient customer respondent contact user guest";

/// True if a column looks like personal data: by its name, or because its cells are mail or IP addresses.
pub(super) fn is_personal(column: &ColumnProfile) -> bool {
    let words = split_words(&split_joined_words(&column.name));
    let any = |list: &str| words.iter().any(|word| is_listed(list, word));
    // A cell of 1 or 2 answers a question about the person, and long sentences mention many things.
    let code = |value: &String| parse_number(value).is_some_and(|n| n.get().fract() == 0.0 && n.get() < MOST);
    let coded = !column.many && column.values.len() <= CODES && column.values.keys().all(code);
    let short = words.len() <= SHORT || words.iter().any(|word| word == "your");
    let named = words.iter().any(|word| word == "name")
        && (any(WHOSE) || (words.len() == 1 && has_unique_values(column)));
    named
        || (any(PERSONAL) && short && !coded)
        || column.examples.iter().any(|example| is_mail(example))
        || (!column.examples.is_empty() && column.examples.iter().all(|e| e.parse::<IpAddr>().is_ok()))
}

/// True if the survey tool writes this column about the answering itself.
pub(super) fn is_of_tool(column: &ColumnProfile) -> bool {
    is_listed(TOOL, &fold_text(&column.name).replace([' ', '_'], ""))
}

/// True if a column holds a trait of the respondents, with few values.
pub(super) fn is_trait(column: &ColumnProfile, header: &HeaderText, most: usize) -> bool {
    // Ages in years are too many groups; codes of age bands are not.
    let grouped = |value: &String| parse_number(value).is_none_or(|number| number.get() < BANDS);
    let few = !column.many && (2..=most).contains(&column.values.len());
    let named = header.has_topic(Topic::Trait) && !header.is_rated();
    named
        && few
        && split_words(&split_joined_words(&column.name)).len() <= SHORT
        && column.values.keys().all(grouped)
}

/// True if most cells are phone numbers or mail addresses, whatever the column's name.
pub(super) fn has_personal_cells(column: &ColumnProfile) -> bool {
    let reaches = column.examples.iter().filter(|example| is_phone(example) || is_mail(example)).count();
    !column.examples.is_empty() && 2 * reaches > column.examples.len()
}

/// True for a phone number: at least seven digits with only dialling characters between them, at least one of
/// which no plain number has.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let dialled = text.chars().all(|sign| sign.is_ascii_digit() || " +-()/.".contains(sign));
    let marked = text.starts_with(['+', '0', '(']) || text.contains([' ', '-', '/']);
    dialled
        && marked
        && (7..=16).contains(&digits)
        && super::dates::read_date(text, DateOrder::DayFirst).is_err()
}

/// True if a column looks like an identifier: by its name, with hardly a repeated value.
pub(super) fn is_identifier(column: &ColumnProfile) -> bool {
    let words = split_words(&split_joined_words(&column.name));
    words.iter().any(|word| is_listed(IDENTIFIER, word)) && has_unique_values(column)
}

fn has_unique_values(column: &ColumnProfile) -> bool {
    column.many || column.values.values().all(|count| *count == 1)
}

fn is_mail(text: &str) -> bool {
    let parts = text.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
    parts.is_some_and(|(_, host)| !host.contains(' ') && !host.contains('@'))
}

/// Splits the joined words of a name: `RecipientLastName` becomes `Recipient Last Name`.
pub(super) fn split_joined_words(name: &str) -> String {
    let signs: Vec<char> = name.chars().collect();
    let mut apart = String::with_capacity(name.len() + 8);
    for (place, sign) in signs.iter().enumerate() {
        // "Q19AGE" becomes "Q19 AGE".
        let before = place.checked_sub(1).and_then(|before| signs.get(before));
        let after = signs.get(place + 1);
        let coded = sign.is_alphabetic() && before.is_some_and(char::is_ascii_digit);
        let begins = sign.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if begins || coded {
            apart.push(' ');
        }
        apart.push(*sign);
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column_with_examples(name: &str, examples: &[&str]) -> ColumnProfile {
        let examples: Vec<String> = examples.iter().map(|example| (*example).to_owned()).collect();
        let values = examples.iter().map(|example| (example.clone(), 1)).collect();
        let texts = examples.iter().filter(|example| parse_number(example).is_none()).count() as u64;
        ColumnProfile {
            name: name.to_owned(),
            texts,
            many: true,
            examples,
            values,
            ..ColumnProfile::default()
        }
    }

    #[test]
    fn people_are_recognised_by_name_and_content() {
        for (name, examples) in [
            ("What is your name?", &["Joe", "Timi"][..]),
            ("Name", &["Anonymous", "Joe"]),
            ("RecipientLastName", &["Li"]),
            ("IPAddress", &["x"]),
            ("LocationLatitude", &["42.4"]),
            ("客户姓名", &["王"]),
            ("手机号", &["138"]),
            ("Contact", &["a.b@c.de"]),
            ("V6", &["10.0.0.1", "192.168.1.1"]),
        ] {
            assert!(is_personal(&column_with_examples(name, examples)), "{name}");
        }
        for name in
            ["Departure/Arrival time convenient", "Airline name", "Checkin service", "Q7SIGN", "@home"]
        {
            assert!(!is_personal(&column_with_examples(name, &["4", "late @ gate 5. Bad"])), "{name}");
        }
        assert!(is_personal(&column_with_examples("LocationLatitude", &["42.401", "-71.5"])));
        for (name, expected) in
            [("Q19AGE", true), ("Gender", true), ("Language of our staff on board", false)]
        {
            let few = ColumnProfile { many: false, ..column_with_examples(name, &["1", "2"]) };
            let header = HeaderText::parse(name, crate::survey::vocabulary::Languages::ALL);
            assert_eq!(is_trait(&few, &header, 30), expected, "{name}");
        }
        assert!(
            is_of_tool(&column_with_examples("Duration (in seconds)", &[]))
                && !is_of_tool(&column_with_examples("Status of my order", &[]))
        );
        assert!(is_identifier(&column_with_examples("RespondentID", &["1", "2"])));
        assert!(!is_identifier(&column_with_examples("Did you sleep?", &["1", "2"])));
    }
}
