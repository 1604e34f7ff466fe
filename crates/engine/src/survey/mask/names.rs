//! Names of people, found by the words before or behind them.

use super::lists::{WordList, is_common, is_given, is_role, is_surname, word_list};
use super::text::{TextCharacters, TextWord};
use super::{MaskKind, MaskSpan, hanzi};
use std::sync::LazyLock;

/// Titles that are no other words: a name behind them may be in small letters.
static TITLES: WordList = LazyLock::new(|| word_list("mr mrs ms dr mme herr herrn messrs mlle"));
/// Words before a title that make it a plain word: "my dr called", "eine Frau Mitte 40".
static NOUN: WordList = LazyLock::new(|| {
    word_list(
        "a an another any each every female good her his male my new our same that the their this which \
    your eine einer einem einen kein keine jede jeder junge jüngere ältere alte ein un una le la el",
    )
});
/// Of these, the ones that make a German title a plain word: "die Frau Weber" is somebody.
static GERMAN_NOUN: WordList =
    LazyLock::new(|| word_list("eine einer einem einen ein kein keine jede jeder junge jüngere ältere alte"));
/// Titles that are also plain words: a name behind them needs a capital.
static WORDS: WordList = LazyLock::new(|| {
    word_list(
        "miss mx mister doctor prof professor nurse sir madam frau fräulein frl monsieur madame \
    mademoiselle señor señora señorita srta doña don sister captain pastor reverend signor signora hr sra sr",
    )
});
/// Those of them that need a capital: "24 hr".
static SHORT_WORDS: WordList = LazyLock::new(|| word_list("hr sr sra don mister mx"));
/// Titles that count only with a capital and a dot: "M. Dupont", "Fr. Weber".
static DOTTED: WordList = LazyLock::new(|| word_list("m fr"));
/// Words between a title and the name: "Dr. med. Weber".
static DEGREES: WordList = LazyLock::new(|| word_list("med phil rer nat jur ing habil dent vet pol"));
/// Words between the parts of a name.
static PARTICLES: WordList =
    LazyLock::new(|| word_list("van von de der den la le bin al del di da dos zu zum vom"));
/// Phrases by which people introduce themselves; true if a name in small letters is accepted.
const INTRODUCTIONS: &[(&[&str], bool)] = &[
    (&["my", "name", "is"], true),
    (&["my", "name's"], true),
    (&["i", "am", "called"], true),
    (&["i'm", "called"], true),
    (&["call", "me"], false),
    (&["ich", "heiße"], true),
    (&["ich", "heisse"], true),
    (&["mein", "name", "ist"], true),
    (&["je", "m'appelle"], true),
    (&["me", "llamo"], true),
];
/// Closings of letters.
const CLOSINGS: &[&str] = &["regards", "sincerely", "faithfully", "grüße", "grüßen"];
/// Words that may come between a phrase and a name.
static ARTICLES: WordList = LazyLock::new(|| {
    word_list("the a our my der dem die den einem einer unserem unserer meinem meiner le la el los")
});
/// Words before a letter that is a size: "in size M. Good."
static SIZES: WordList =
    LazyLock::new(|| word_list("size größe grösse groesse taille talla gr s m l xl in or und et"));
/// The longest word of capitals that is no name.
const ACRONYM: usize = 4;
/// The most words of a name.
const PARTS: usize = 3;
/// Phrases before the name of somebody who was spoken with or heard from.
const PHRASES: &[&str] = &[
    "interview with",
    "interviewed",
    "interviewee",
    "interviewer",
    "conversation with",
    "talk with",
    "talked to",
    "talked with",
    "spoke to",
    "spoke with",
    "call with",
    "meeting with",
    "chat with",
    "session with",
    "feedback from",
    "feedback by",
    "quote from",
    "quote by",
    "comment from",
    "comment by",
    "according to",
    "reported by",
    "answered by",
    "written by",
    "conducted by",
    "moderated by",
    "interview mit",
    "gespräch mit",
    "gespraech mit",
    "telefonat mit",
    "termin mit",
    "rücksprache mit",
    "absprache mit",
    "rückmeldung von",
    "rueckmeldung von",
    "feedback von",
    "aussage von",
    "zitat von",
    "kommentar von",
    "hinweis von",
    "nach angaben von",
    "laut",
    "befragt von",
    "durchgeführt von",
    "entretien avec",
    "interview de",
    "échange avec",
    "appel avec",
    "retour de",
    "avis de",
    "témoignage de",
    "selon",
    "d'après",
    "entrevista con",
    "entrevista a",
    "entrevista de",
    "conversación con",
    "llamada con",
    "comentario de",
    "opinión de",
    "testimonio de",
    "según",
];
/// First words of the phrases.
static STARTS: WordList =
    LazyLock::new(|| PHRASES.iter().filter_map(|phrase| phrase.split(' ').next()).collect());
/// Those of them that German nouns follow too, with a capital.
const GERMAN: &[&str] = &["mit", "von", "laut"];

/// Finds names.
pub(super) fn find_names(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    let words = signs.word_list();
    for place in 0..words.len() {
        spans.extend(titled(signs, words, place));
        spans.extend(introduced(signs, words, place));
        spans.extend(signed(signs, words, place));
        spans.extend(heard(signs, words, place));
    }
    hanzi::find_chinese(signs, spans);
}

fn is_title(word: &TextWord) -> bool {
    TITLES.contains(word.small.as_str()) || WORDS.contains(word.small.as_str())
}

/// Finds the name of somebody who was spoken with or heard from.
fn heard(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    words.get(place).filter(|word| STARTS.contains(word.small.as_str()))?;
    let said = |phrase: &&&str| {
        let mut here = words.iter().skip(place);
        phrase.split(' ').all(|said| here.next().is_some_and(|word| word.small == said))
    };
    let phrase = PHRASES.iter().find(said)?;
    let mut first = place + phrase.split(' ').count();
    let strict = GERMAN.iter().any(|last| phrase.ends_with(last));
    let mut last = words.get(first - 1)?;
    loop {
        let word = words.get(first).filter(|word| signs.is_joined_by(last, word, ":\"“„'"))?;
        if is_title(word) {
            return None;
        }
        let is_before =
            ARTICLES.contains(word.small.as_str()) || (is_role(&word.small) && !is_common(&word.small));
        if !is_before || is_given(&word.small) {
            break;
        }
        (last, first) = (word, first + 1);
    }
    let span = name(signs, words, first, false)?;
    let inside: Vec<&TextWord> = words.iter().skip(first).take_while(|word| word.start < span.end).collect();
    let own = inside.iter().take_while(|word| {
        PARTICLES.contains(word.small.as_str()) || !is_role(&word.small) || is_given(&word.small)
    });
    let own: Vec<&&TextWord> = own.collect();
    let telling: Vec<&&&TextWord> =
        own.iter().filter(|word| !PARTICLES.contains(word.small.as_str())).collect();
    let listed = telling.iter().any(|word| is_given(&word.small) || is_surname(&word.small));
    let fits = listed || telling.len() > 1 || (!strict && !is_acronym(signs, telling.first()?));
    let end = own.last()?.end.min(span.end);
    (fits && (listed || own.len() == inside.len())).then_some(MaskSpan { end, ..span })
}

/// True if a word is a few capitals, such as "IT".
fn is_acronym(signs: &TextCharacters<'_>, word: &TextWord) -> bool {
    let text = signs.text(word.start, word.end);
    text.chars().count() <= ACRONYM && text.chars().all(|c| !c.is_lowercase())
}

fn titled(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let title = words.get(place)?;
    let small = TITLES.contains(title.small.as_str());
    let dotted =
        title.capital && DOTTED.contains(title.small.as_str()) && signs.char_at(title.end) == Some('.');
    let before = place.checked_sub(1).and_then(|before| words.get(before));
    let is_word = WORDS.contains(title.small.as_str())
        && (title.capital || !SHORT_WORDS.contains(title.small.as_str()));
    if !small && !dotted && !is_word {
        return None;
    }
    // "size M. Good", "in the 3 h. Fr. Mai": a dotted letter is a title only behind a small word.
    if dotted && before.is_some_and(|before| SIZES.contains(before.small.as_str())) {
        return None;
    }
    let is_german = matches!(title.small.as_str(), "frau" | "herr");
    if is_german && before.is_some_and(|before| GERMAN_NOUN.contains(before.small.as_str())) {
        return None;
    }
    let mut first = place + 1;
    while words.get(first).is_some_and(|word| DEGREES.contains(word.small.as_str())) {
        first += 1;
    }
    let last = words.get(first - 1)?;
    let name_begins = words.get(first).filter(|word| signs.is_joined_by(last, word, "."))?;
    let noun = before.is_some_and(|before| NOUN.contains(before.small.as_str()));
    let is_word = is_role(&name_begins.small) && !is_given(&name_begins.small);
    let is_plain = is_word && (!name_begins.capital || (dotted && !small));
    if is_title(name_begins) || is_plain { None } else { name(signs, words, first, small && !noun) }
}

fn introduced(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let says = |(phrase, _): &&(&[&str], bool)| {
        let here = words.get(place..place + phrase.len());
        here.is_some_and(|here| here.iter().zip(*phrase).all(|(word, said)| word.small == *said))
    };
    let (phrase, small) = INTRODUCTIONS.iter().find(says)?;
    let first = place + phrase.len();
    let joined = signs.is_joined_by(words.get(first - 1)?, words.get(first)?, ":");
    if joined { name(signs, words, first, *small) } else { None }
}

/// Finds the signature of a letter: everything behind its closing.
fn signed(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let closing = words.get(place).filter(|word| CLOSINGS.contains(&word.small.as_str()))?;
    let rest = words.get(place + 1..)?;
    let (first, last) = rest.first().zip(rest.last())?;
    let name = rest.len() <= PARTS
        && rest.iter().all(|word| word.capital)
        && signs.is_joined_by(closing, first, ",\n\r");
    name.then_some(MaskSpan { start: first.start, end: last.end, what: MaskKind::Name })
}

/// Returns the name that begins with a word.
fn name(signs: &TextCharacters<'_>, words: &[TextWord], first: usize, small: bool) -> Option<MaskSpan> {
    let fits = |word: &TextWord| !is_common(&word.small) && word.small.chars().all(|c| !c.is_numeric());
    let is_particle = |word: &TextWord| PARTICLES.contains(word.small.as_str());
    let mut place = first;
    let mut parts = 0;
    let mut end = None;
    while let Some(word) = words.get(place)
        && parts < PARTS
    {
        let before = if place > first { words.get(place - 1) } else { None };
        let initial = before.is_some_and(|before| before.end - before.start == 1);
        if before.is_some_and(|before| !signs.is_joined_by(before, word, if initial { "." } else { "" })) {
            break;
        }
        if is_particle(word) && words.get(place + 1).is_some_and(|next| next.capital) {
            place += 1;
            continue;
        }
        if !fits(word) || !(word.capital || (small && place == first && word.end - word.start > 1)) {
            break;
        }
        (parts, place) = (parts + 1, place + 1);
        end = Some(if word.small.ends_with("'s") { word.end - 2 } else { word.end });
    }
    Some(MaskSpan { start: words.get(first)?.start, end: end?, what: MaskKind::Name })
}
