//! Identifying numbers that contain letters: booking references, passports, licence plates.

use super::lists::{WordList, word_list};
use super::text::{TextCharacters, TextWord};
use super::{MaskKind, MaskSpan};
use crate::survey::names::is_chinese;
use std::sync::LazyLock;

/// Words followed by a reference, or by the number of a passport or customer.
static CODE_WORDS: WordList = LazyLock::new(|| {
    word_list(
        "pnr booking reservation reference ref confirmation locator ticket order passport visa id \
    membership member customer policy contract case licence license buchungscode buchung buchungsnummer \
    reservierung reservierungscode reservierungsnummer vorgangsnummer referenz auftragsnummer bestellnummer \
    kundennummer vertragsnummer reisepass pass passnummer reisepassnummer personalausweis ausweis ausweisnummer \
    vorgang réservation réference référence dossier commande passeport client reserva localizador referencia pedido \
    pasaporte dni nie nif cliente",
    )
});
/// Those that may be followed by a reference of six capitals without a digit.
static BOOKING: WordList = LazyLock::new(|| {
    word_list("pnr buchungscode localizador locator booking reference code réservation reserva")
});
/// Words for a plate.
static PLATE_WORDS: WordList = LazyLock::new(|| {
    word_list(
        "plate plates registration reg kennzeichen nummernschild autokennzeichen immatriculation \
    plaque matrícula matricula placa licence license",
    )
});
/// Words that may come between such a word and the number.
static FILLERS: WordList = LazyLock::new(|| {
    word_list(
        "number no nr num code reference ref id is was are lautet ist nummer kennung numéro n° est número \
    es of the plate locator record card document",
    )
});
/// Words before a number in Chinese.
const HANZI: &[&str] = &[
    "订单号",
    "预订号",
    "预定号",
    "订座号",
    "确认号",
    "编码",
    "护照号码",
    "护照号",
    "护照",
    "会员号",
    "票号",
    "身份证号",
    "身份证",
    "通行证号",
    "通行证",
    "港澳通行证",
    "车牌号码",
    "车牌号",
    "车牌",
    "工单号",
    "客户号",
];
/// The first character of a Chinese plate.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
/// The most words between them.
const BETWEEN: usize = 3;
/// Groups of letters in front of a hyphen that are things, not German districts, and words behind it.
static THINGS: WordList = LazyLock::new(|| {
    word_list(
        "USB LED LCD UHD OLED VIP CEO DIN EN ISO IEC TÜV SSD HDD GPS PDF XML API HTML CSS SQL CSAT NPS CES",
    )
});
static THINGS_BEHIND: WordList = LazyLock::new(|| word_list("TV PC EU ID IT QR AI KI UV HD"));
/// Airports behind a flight's number: "BA12 LHR" is no British plate.
static AIRPORTS: WordList = LazyLock::new(|| {
    word_list(
        "LHR LGW LCY LTN STN MAN EDI DUB FRA MUC DUS HAM BER TXL STR CGN HAJ LEJ NUE VIE ZRH GVA BSL CDG \
    ORY NCE LYS TLS BRU AMS MAD BCN AGP PMI LIS OPO FCO MXP LIN VCE ATH IST SAW CPH ARN OSL HEL WAW PRG BUD JFK LGA EWR \
    BOS ORD ATL DFW LAX SFO SEA MIA YYZ DXB DOH AUH SIN HKG PEK PKX PVG SHA CAN SZX CTU NRT HND ICN BKK SYD MEL",
    )
});

/// Finds these numbers.
pub(super) fn find_codes(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    let words = signs.word_list();
    for place in 0..words.len() {
        let found = told(signs, words, place).or_else(|| plate(signs, words, place));
        spans.extend(found.or_else(|| mixed(signs, words, place)));
    }
    for place in (0..signs.len()).filter(|place| signs.char_at(*place).is_some_and(is_chinese)) {
        spans.extend(behind_hanzi(signs, place));
        spans.extend(chinese_plate(signs, place));
    }
}

fn number(start: usize, end: usize) -> MaskSpan {
    MaskSpan { start, end, what: MaskKind::Number }
}

/// Returns a text of capitals and digits, and the number of changes between them; `None` for any other
/// character.
fn changes(text: &str) -> Option<usize> {
    let is_own = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let kinds: Vec<bool> = text.chars().map(|c| c.is_ascii_digit()).collect();
    let all = text.chars().all(is_own);
    all.then(|| kinds.iter().zip(kinds.iter().skip(1)).filter(|(one, other)| one != other).count())
}

/// Finds a number behind a word that announces it: "PNR X7K2LM", "passport C01X00T47", "Kennzeichen B AB
/// 1234".
fn told(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let word = words.get(place)?;
    let code = CODE_WORDS.contains(word.small.as_str());
    let plates = PLATE_WORDS.contains(word.small.as_str());
    if !code && !plates {
        return None;
    }
    let mut last = word;
    for (here, next) in words.iter().enumerate().skip(place + 1).take(BETWEEN) {
        if !signs.is_joined_by(last, next, ":#.()=") {
            return None;
        }
        let text = signs.text(next.start, next.end);
        if plates && let Some(end) = plate_end(signs, words, here) {
            return Some(number(next.start, end));
        }
        let length = text.chars().count();
        // Six capitals are a booking reference only if the word before is in small letters: not in a
        // headline.
        let letters = length == 6 && changes(text) == Some(0) && text.chars().all(|c| c.is_ascii_uppercase());
        let letters = letters && BOOKING.contains(last.small.as_str());
        let mixed = (5..=12).contains(&length) && changes(text).is_some_and(|changes| changes > 0);
        if code && (mixed || letters) && !is_flight(text) {
            return Some(number(next.start, next.end));
        }
        if !FILLERS.contains(next.small.as_str()) {
            return None;
        }
        last = next;
    }
    None
}

/// True for a flight: two letters and up to four digits.
fn is_flight(text: &str) -> bool {
    let letters = text.chars().take_while(char::is_ascii_uppercase).count();
    let digits = text.chars().skip(letters);
    letters == 2 && (1..=4).contains(&digits.clone().count()) && digits.clone().all(|c| c.is_ascii_digit())
}

/// Returns the end of a plate that begins with this word behind "plate": groups of capitals and digits, up to
/// nine characters.
fn plate_end(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<usize> {
    let first = words.get(place)?;
    let mut end = None;
    let mut count = 0;
    let mut digits = false;
    let mut last = first;
    for word in words.iter().skip(place).take(3) {
        let text = signs.text(word.start, word.end);
        let plain = text.replace('-', "");
        let fits = plain.chars().all(|c| c.is_ascii_digit() || "ÄÖÜ".contains(c) || c.is_ascii_uppercase());
        let beside = word.start == first.start || signs.is_joined_by(last, word, "·");
        count += plain.chars().count();
        if !fits || !beside || count > 9 {
            break;
        }
        digits |= plain.chars().any(|c| c.is_ascii_digit());
        (end, last) = (Some(word.end), word);
    }
    if digits && count >= 4 { end } else { None }
}

/// True for a token that can only be a code: capitals and digits with at least two changes between them.
fn mixed(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let word = words.get(place)?;
    let text = signs.text(word.start, word.end);
    let length = text.chars().count();
    let fits = (6..=12).contains(&length) && changes(text).is_some_and(|changes| changes > 1);
    fits.then(|| number(word.start, word.end))
}

/// Finds a plate by its shape: "B-AB 1234", "AB12 CDE", "AB-123-CD".
fn plate(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let word = words
        .get(place)
        .filter(|word| word.capital || word.small.starts_with(|c: char| c.is_ascii_digit()))?;
    let text = signs.text(word.start, word.end);
    let parts: Vec<&str> = text.split('-').collect();
    let is_capitals =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || "ÄÖÜ".contains(c));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let next = words.get(place + 1).filter(|next| signs.is_joined_by(word, next, ""));
    let behind = next.map_or("", |next| signs.text(next.start, next.end));
    let whole = next.map_or(word.end, |next| next.end);
    match parts.as_slice() {
        [district, letters] if is_capitals(district) && is_capitals(letters) => {
            let digits = behind.strip_suffix(['E', 'H']).unwrap_or(behind);
            let sized = district.chars().count() <= 3
                && letters.chars().count() <= 2
                && (2..=4).contains(&digits.len());
            let thing = THINGS.contains(district) || THINGS_BEHIND.contains(letters);
            (sized && is_digits(digits) && !thing).then(|| number(word.start, whole))
        }
        [one, two, three] => {
            let kinds = [one, two, three].map(|part| (is_capitals(part), is_digits(part)));
            let turns =
                kinds.windows(2).all(|pair| matches!(pair, [(true, _), (_, true)] | [(_, true), (true, _)]));
            let length = one.len() + two.len() + three.len();
            let thing = THINGS.contains(one);
            (turns && (6..=7).contains(&length) && !thing).then(|| number(word.start, word.end))
        }
        [whole_word] => {
            let (letters, digits) = whole_word.split_at_checked(2)?;
            let british = is_capitals(letters) && is_digits(digits) && digits.len() == 2;
            let british = british && behind.len() == 3 && is_capitals(behind) && !AIRPORTS.contains(behind);
            british.then(|| number(word.start, whole))
        }
        _ => None,
    }
}

fn behind_hanzi(signs: &TextCharacters<'_>, place: usize) -> Option<MaskSpan> {
    let word = HANZI.iter().find(|word| signs.starts_with(place, word))?;
    let start = signs.while_from(place + word.chars().count(), |c| "：:是为 号码".contains(c));
    let end = signs.while_from(start, |c| c.is_ascii_alphanumeric());
    let has_digit = signs.text(start, end).bytes().any(|byte| byte.is_ascii_digit());
    ((5..=18).contains(&end.saturating_sub(start)) && has_digit).then(|| number(start, end))
}

/// Finds a Chinese plate: 京A·12345, 粤B12345D.
fn chinese_plate(signs: &TextCharacters<'_>, place: usize) -> Option<MaskSpan> {
    let is_province = signs.char_at(place).is_some_and(|sign| PROVINCES.contains(sign));
    let letter = signs.char_at(place + 1).is_some_and(|sign| sign.is_ascii_uppercase());
    if !is_province || !letter {
        return None;
    }
    let start = signs.while_from(place + 2, |c| "·.•- ".contains(c));
    let end = signs.while_from(start, |c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let has_digit = signs.text(start, end).bytes().any(|byte| byte.is_ascii_digit());
    (start <= place + 3 && (5..=6).contains(&(end - start)) && has_digit).then(|| number(place, end))
}
