//! Characters with a meaning in mermaid's grammar, written as its entities: `#58;` is a colon.

use std::borrow::Cow;

/// The most common named entities.
const NAMED: &[(&str, char)] =
    &[("quot", '"'), ("amp", '&'), ("lt", '<'), ("gt", '>'), ("apos", '\''), ("nbsp", '\u{a0}')];

/// Returns the length of the entity at the beginning of a text.
pub(super) fn entity_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('#')?;
    let end = inside.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'))?;
    (end > 0 && inside[end..].starts_with(';')).then_some(end + 2)
}

/// Returns a text with its entities as characters; unknown names are kept as they are.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('#') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('#') {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        let length = entity_length(rest).unwrap_or(1);
        let (written, behind) = rest.split_at(length);
        match written.strip_prefix('#').and_then(|name| name.strip_suffix(';')).and_then(entity_character) {
            Some(sign) => plain.push(sign),
            None => plain.push_str(written),
        }
        rest = behind;
    }
    plain.push_str(rest);
    plain.into()
}

fn entity_character(name: &str) -> Option<char> {
    let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    named.or_else(|| name.parse().ok().and_then(char::from_u32))
}

/// Reverses [`encode_name`].
pub(super) fn decode_name(text: &str) -> String {
    decode_entities(text.trim()).into_owned()
}

/// Returns a text that mermaid reads as one name: characters and words with another meaning become entities.
pub(super) fn encode_name(text: &str) -> String {
    let keyword = is_keyword(text);
    let last = text.chars().count().saturating_sub(1);
    let mut written = String::with_capacity(text.len());
    let mut before = ' ';
    for (place, sign) in text.chars().enumerate() {
        let edge = place == 0 || place == last;
        let special = matches!(sign, '#' | ';' | ':' | ',' | '<' | '{' | '}') || sign.is_control();
        let comment = sign == '%' && (place == 0 || before == '%');
        if special || comment || (edge && sign.is_whitespace()) || (place == 0 && keyword) {
            written.extend(["#", &u32::from(sign).to_string(), ";"]);
        } else {
            written.push(sign);
        }
        before = sign;
    }
    written
}

/// True if a text begins with a keyword of the grammar.
fn is_keyword(text: &str) -> bool {
    let begins = |word: &&str| text.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
    ["journey", "title", "section", "acctitle", "accdescr", "---"].iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_themselves_again() {
        for text in [
            "a: b; c, #d",
            "title page",
            "Sections",
            "%% no comment",
            " blanks ",
            "two\nlines",
            "#58;",
            "#",
            "x#",
            "#;",
            "5 %%",
            "<b>",
            "名称：一",
            "---",
            "# no score",
        ] {
            let written = encode_name(text);
            assert_eq!(decode_name(&written), text, "{written}");
            assert!(!written.contains([':', ',', '\n']), "{written}");
        }
        assert_eq!(decode_entities("a #quot;b#quot; #unknown; #9"), "a \"b\" #unknown; #9");
    }
}
