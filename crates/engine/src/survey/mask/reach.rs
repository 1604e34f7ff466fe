//! Addresses written so that programs do not find them ("name\[at\]web.de"), and names in messengers.

use super::text::{TextCharacters, is_letter};
use super::{MaskKind, MaskSpan};

/// Spellings of the at sign in an address.
const AT: &[&str] =
    &["[at]", "(at)", "{at}", "<at>", "[ät]", "(ät)", "[@]", "(@)", "[a]", "(a)", "_at_", "-at-", "艾特"];
/// Spellings of a dot in an address.
const DOT: &[&str] = &[
    "[dot]", "(dot)", "{dot}", "[.]", "(.)", "[punkt]", "(punkt)", "[point]", "(point)", "[punto]",
    "(punto)", " dot ", " punkt ", " point ", " punto ",
];
/// Hosts where people have their addresses.
const PROVIDERS: &str = "gmail googlemail web gmx yahoo hotmail outlook live icloud me aol proton protonmail posteo mail \
    t-online freenet mailbox orange free laposte wanadoo qq 163 126 sina foxmail yandex";
/// Words before a name in a messenger; true if the name may have any shape.
const MESSENGERS: &[(&str, bool)] = &[
    ("微信号", true),
    ("微信id", true),
    ("微信账号", true),
    ("wechat id", true),
    ("wechat-id", true),
    ("wechatid", true),
    ("wxid", true),
    ("qq号", true),
    ("微信", false),
    ("威信", false),
    ("v信", false),
    ("wechat", false),
    ("vx", false),
    ("wx", false),
    ("whatsapp", false),
    ("telegram", false),
    ("skype", false),
    ("instagram", false),
    ("line id", true),
];
/// The most characters of each half of an address. A spelling such as "-at-" may be a part of both halves: a
/// text of nothing else would be read anew at each.
const LONGEST: usize = 320;
/// The shortest and longest name in a messenger.
const NAME: (usize, usize) = (5, 24);

/// Finds such addresses and names.
pub(super) fn find_addresses(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    for place in 0..signs.len() {
        match signs.char_at(place).map(|sign| sign.to_ascii_lowercase()) {
            Some(' ' | '[' | '(' | '{' | '<' | '_' | '-' | '艾') => spans.extend(hidden_mail(signs, place)),
            Some('微' | '威' | 'v' | 'w' | 'q' | 't' | 's' | 'i' | 'l') => {
                spans.extend(messenger(signs, place));
            }
            _ => {}
        }
    }
}

fn is_local(c: char) -> bool {
    is_letter(c) || "._%+-'".contains(c)
}

fn hidden_mail(signs: &TextCharacters<'_>, place: usize) -> Option<MaskSpan> {
    let spaced = signs.starts_with(place, " at ");
    if !spaced && signs.char_at(place) == Some(' ') {
        return None;
    }
    let sign = AT.iter().find(|sign| signs.starts_with(place, sign)).map_or(0, |sign| sign.chars().count());
    if sign == 0 && !spaced {
        return None;
    }
    let before = if spaced { place } else { signs.back_while(place, |c| c == ' ') };
    let start = signs.back_within(before, LONGEST, is_local);
    let behind = if spaced { place + 4 } else { signs.while_from(place + sign, |c| c == ' ') };
    let (end, host, dotted) = host(signs, behind);
    let local = signs.text(start, before);
    let provider = host
        .split('.')
        .next()
        .is_some_and(|first| PROVIDERS.split_whitespace().any(|own| own.eq_ignore_ascii_case(first)));
    let telling = provider || local.contains(|c: char| c.is_ascii_digit() || "._".contains(c));
    (start < before && dotted && (!spaced || telling)).then_some(MaskSpan {
        start,
        end,
        what: MaskKind::Mail,
    })
}

/// Returns the end of the host that begins at a place, its name, and true if it has a dot or a spelling of
/// one.
fn host(signs: &TextCharacters<'_>, start: usize) -> (usize, String, bool) {
    let part = |start: usize| {
        let end = signs.while_within(start, LONGEST, |c| is_letter(c) || "-.".contains(c));
        signs.without_end(end, ".-")
    };
    let mut end = part(start);
    let mut host = signs.text(start, end).to_owned();
    let mut dotted = host.contains('.');
    loop {
        // A spelling in brackets may have blanks around it; a word must have them.
        let at = signs.while_from(end, |c| c == ' ');
        let found = DOT.iter().find_map(|dot| {
            let from = if dot.starts_with(' ') { end } else { at };
            signs.starts_with(from, dot).then(|| from + dot.chars().count())
        });
        let Some(next) = found.map(|next| signs.while_from(next, |c| c == ' ')) else { break };
        let after = part(next);
        if after <= next {
            break;
        }
        host.push('.');
        host.push_str(signs.text(next, after));
        (end, dotted) = (after, true);
    }
    (end, host, dotted)
}

fn messenger(signs: &TextCharacters<'_>, place: usize) -> Option<MaskSpan> {
    let (word, sure) = MESSENGERS.iter().find(|(word, _)| signs.starts_with(place, word))?;
    let behind = place + word.chars().count();
    let start = signs.while_from(behind, |c| "：:=是为 ".contains(c));
    let separated = signs.text(behind, start).contains(['：', ':', '=', '是', '为']);
    let end = signs.while_from(start, |c| c.is_ascii_alphanumeric() || "_-".contains(c));
    let name = signs.text(start, end);
    let length = end.saturating_sub(start);
    let mixed = name.contains(|c: char| c.is_ascii_digit() || c == '_');
    let begins = place == 0 || !signs.char_at(place - 1).is_some_and(is_letter) || !word.is_ascii();
    let fits = (NAME.0..=NAME.1).contains(&length) && begins && (start > behind || !word.is_ascii());
    (fits && (*sure || (mixed && (separated || start > behind)))).then_some(MaskSpan {
        start,
        end,
        what: MaskKind::Name,
    })
}
