//! Guesses of damaged values: a missing quote added, surplus text removed, sound entries kept.

/// Returns candidates for the value, the likeliest first.
pub(super) fn candidate_values(found: &str) -> Vec<String> {
    let mut likely = Vec::new();
    let inner = found.get(1..).unwrap_or_default();
    if let Some(end) = found.rfind(['"', ']', '}']).filter(|end| *end > 0 && end + 1 < found.len()) {
        likely.push(found[..=end].to_owned());
    }
    if found.starts_with('"') {
        likely.push(format!("{found}\""));
        // A quote within the text.
        if let Some(text) = inner.strip_suffix('"').filter(|text| text.contains('"')) {
            likely.push(format!("\"{}\"", text.replace('\\', "").replace('"', "'")));
        }
        if let Some(text) = inner.strip_suffix('"').filter(|text| text.contains('\\')) {
            likely.push(format!("\"{}\"", text.replace('\\', "/")));
        }
    }
    if found.ends_with('"') {
        likely.push(format!("\"{found}"));
    }
    let mut rest = found.chars();
    rest.next();
    likely.push(rest.as_str().to_owned());
    likely
}

/// Splits a list or map into its entries, which can then be tried one by one.
pub(super) fn split_entries(found: &str) -> Option<Vec<&str>> {
    let inside = found.strip_prefix(['[', '{'])?;
    let inside = inside.trim_end_matches([',', ']', '}', ')']);
    let mut start = 0;
    let mut quoted = false;
    let mut parts = Vec::new();
    for (at, c) in inside.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(inside[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(inside[start..].trim());
    parts.retain(|part| !part.is_empty());
    Some(parts)
}

/// Returns the only name that differs from `found` by one changed, missing or added character.
pub(super) fn nearest_name<'a>(found: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let found: Vec<char> = found.chars().collect();
    let mut near = names.filter(|name| is_near(&found, &name.chars().collect::<Vec<_>>()));
    let first = near.next()?;
    near.next().is_none().then_some(first)
}

fn is_near(a: &[char], b: &[char]) -> bool {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let a = &a[start..];
    let b = &b[start..];
    let skip = |list: &[char], n: usize| list.get(n..).map(<[char]>::to_vec);
    match a.len().abs_diff(b.len()) {
        0 => skip(a, 1) == skip(b, 1),
        1 if a.len() > b.len() => skip(a, 1).is_some_and(|a| a == b),
        1 => skip(b, 1).is_some_and(|b| b == a),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_guessed_where_one_alone_is_near() {
        let names = ["title", "wait", "useful", "usable", "key"];
        let guess = |found| nearest_name(found, names.into_iter());
        assert_eq!(guess("tItle"), Some("title"));
        assert_eq!(
            (guess("ttle"), guess("titlee"), guess("ti|tle")),
            (Some("title"), Some("title"), Some("title"))
        );
        assert_eq!((guess("glow"), guess("usaful")), (None, Some("useful")));
    }

    #[test]
    fn entries_are_found_in_brackets_that_do_not_match() {
        assert_eq!(split_entries("[\"a, b\", \"c\"}"), Some(vec!["\"a, b\"", "\"c\""]));
        assert_eq!(split_entries("{1: 2, 3: 4"), Some(vec!["1: 2", "3: 4"]));
        assert_eq!(split_entries("7"), None);
    }
}
