//! The normalised form in which texts of survey files are compared: letters and digits only, in any spelling.

use unicode_normalization::UnicodeNormalization;

/// Apostrophes, which occur inside words.
const APOSTROPHES: &[char] = &['\'', '\u{2019}', '\u{2018}', '`', '\u{b4}', '\u{2bc}'];
/// The most letters before an apostrophe that form a word of their own: l'expérience, d'accord, qu'en.
const ELIDED: usize = 2;

/// Normalises an answer or name for comparison: lower case, without accents, full width and punctuation;
/// other characters become one space, which is removed between Chinese, Japanese and Korean letters. A text
/// without any letter or digit is only trimmed.
pub fn compare_key(text: &str) -> String {
    let text = text.trim();
    let ascii = text.is_ascii();
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    let mut length = 0;
    let mut push = |letter: char| {
        if letter.is_alphanumeric() {
            if gap && !key.is_empty() {
                key.push(' ');
                length = 0;
            }
            gap = false;
            length += 1;
            key.push(letter);
        } else if !APOSTROPHES.contains(&letter) || length <= ELIDED {
            gap = true;
        }
    };
    if ascii {
        text.chars().map(|letter| letter.to_ascii_lowercase()).for_each(&mut push);
    } else {
        fold_letters(text).chars().for_each(&mut push);
    }
    if key.is_empty() {
        return text.chars().filter(|sign| *sign != '\u{fe0f}').collect();
    }
    if !ascii && key.chars().any(is_spaceless) {
        key.retain(|letter| letter != ' ');
    }
    key
}

/// Lowercases a text, without accents, Arabic vowel signs and full width.
pub fn fold_letters(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain = lower.nfkd().filter(|letter| !is_mark(*letter)).map(|letter| match letter {
        'ı' => 'i',
        'ى' => 'ي',
        'ة' => 'ه',
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        other => other,
    });
    plain.nfc().collect::<String>().replace('ß', "ss")
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// True for a letter of a script that is often or always written without spaces between words: Chinese,
/// Japanese, Korean.
pub fn is_spaceless(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_have_one_key() {
        for (key, spellings) in [
            ("tres satisfait", &["Très satisfait", "TRES  SATISFAIT", " très-satisfait. "][..]),
            ("teils teils", &["Teils/teils", "teils, teils", "TEILS / TEILS"]),
            ("dont know", &["don't know", "Don’t know", "DON'T KNOW!"]),
            ("非常满意", &["非常满意", "非常 满意", "「非常满意」"]),
            ("매우만족", &["매우 만족", "매우만족"]),
            ("とても満足", &["とても満足", "とても　満足"]),
            ("5", &["５", "5", " 5 "]),
            ("kesinlikle katiliyorum", &["Kesinlikle katılıyorum", "KESİNLİKLE KATILIYORUM"]),
            ("n a", &["n/a", "N/A", "#N/A", "n.a."]),
            ("-", &["-", " - "]),
            ("strasse", &["Straße", "STRASSE"]),
            ("راض", &["راضٍ", "راض"]),
        ] {
            for spelling in spellings {
                assert_eq!(compare_key(spelling), key, "{spelling}");
            }
        }
        assert_ne!(compare_key("か"), compare_key("が"), "a voiced letter is another one");
    }
}
