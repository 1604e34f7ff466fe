//! Characters written as named or numbered references in HTML.

use memchr::memchr;

/// The longest reference in bytes, with its ampersand and semicolon.
const LONGEST: usize = 12;
/// The names of the characters from U+00A1 to U+00FF.
const LATIN: &str = "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave \
Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml \
Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth \
ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
/// Other characters that office programs write.
const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("bull", '•'),
    ("euro", '€'),
    ("trade", '™'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
];

/// Replaces references by their characters. Unknown ones are kept.
pub(super) fn unescape_references(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest) {
        let (before, behind) = rest.split_at(at);
        plain.extend_from_slice(before);
        let reference = behind.get(..LONGEST.min(behind.len())).unwrap_or_default();
        let found = memchr(b';', reference)
            .and_then(|end| Some((resolve_reference(reference.get(1..end)?)?, end + 1)));
        if let Some((character, length)) = found {
            plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            rest = behind.get(length..).unwrap_or_default();
        } else {
            plain.push(b'&');
            rest = behind.get(1..).unwrap_or_default();
        }
    }
    plain.extend_from_slice(rest);
    plain
}

fn resolve_reference(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        // A no-break space is treated as an ordinary space.
        return char::from_u32(code).map(|sign| if sign == '\u{a0}' { ' ' } else { sign });
    }
    let known = OTHERS.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    let latin = || LATIN.split_whitespace().zip('\u{a1}'..='\u{ff}').find(|(known, _)| *known == name);
    known.or_else(|| latin().map(|(_, sign)| sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        for (text, plain) in [
            ("a &amp; b&nbsp;&lt;c&gt;", "a & b <c>"),
            ("Stra&szlig;e &#252;ber &#x4E2D;&yuml;&iexcl;", "Straße über 中ÿ¡"),
            ("R&D; &unknown; &#xFFFFFFFF; &#55296; &", "R&D; &unknown; &#xFFFFFFFF; &#55296; &"),
        ] {
            assert_eq!(String::from_utf8(unescape_references(text.as_bytes())).as_deref(), Ok(plain));
        }
    }
}
