//! The lists that distinguish names from other words, read from `assets/names`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A set of words; every word of every text is looked up in several.
pub(super) type WordSet = HashSet<&'static str, foldhash::fast::RandomState>;

/// Words of one kind, in small letters.
pub(super) type WordList = LazyLock<WordSet>;

/// Splits a text at its blanks.
pub(super) fn word_list(text: &'static str) -> WordSet {
    text.split_whitespace().collect()
}

static GIVEN: WordList = LazyLock::new(|| word_list(include_str!("../../../../../assets/names/given.txt")));
static SURNAMES: WordList =
    LazyLock::new(|| word_list(include_str!("../../../../../assets/names/surnames.txt")));
static AMBIGUOUS: WordList =
    LazyLock::new(|| word_list(include_str!("../../../../../assets/names/ambiguous.txt")));
static ROLES: WordList = LazyLock::new(|| word_list(include_str!("../../../../../assets/names/roles.txt")));
static COMMON: WordList = LazyLock::new(|| word_list(COMMON_WORDS));

/// English words that are no names, though they may begin a sentence.
const COMMON_WORDS: &str = "a about after again all also always am amazing an and any appointment appointments are as \
    at back bad be because been before best both but by can clinic could did do does during excellent few for from \
    good great had has have he her here his how i if i'm in is it just me much my never nice no not now of off office \
    on one only or our out overall poor practice really said she should so staff such surgery team than thank thanks \
    that the their them then there these they this those to told too took up very visit was we well went were what \
    when where which who why will with would you your yes no new old more most less please since while until though \
    however maybe perhaps every each another other others both either neither same next last let's don't can't it's";
/// Endings of words for roles or parts of a company.
const ROLE_ENDINGS: &str = "tion sion ment ance ence ship ness ities ity ung ungen heit keit schaft tät ción ciones \
    dad mente té erie ics ing ings ware logy logie abteilung leiter leiterin berater beraterin kunden kunde nutzer";
/// The shortest word, in characters, whose ending counts.
const LONG: usize = 6;

/// True if a word in small letters is a common given name.
pub(super) fn is_given(word: &str) -> bool {
    GIVEN.contains(word) || word.split('-').all(|part| part.chars().count() > 1 && GIVEN.contains(part))
}

/// True if it is a common family name.
pub(super) fn is_surname(word: &str) -> bool {
    SURNAMES.contains(word)
}

/// True if it is a name that is an everyday word too.
pub(super) fn is_ambiguous(word: &str) -> bool {
    AMBIGUOUS.contains(word) || is_common(word)
}

/// True if a word, in small letters, is so common that it is hardly a name.
pub fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// True if it names a role, a part of a company, a place, a day or a brand.
pub(super) fn is_role(word: &str) -> bool {
    let ends =
        || word.chars().count() >= LONG && ROLE_ENDINGS.split_whitespace().any(|end| word.ends_with(end));
    let part = |part: &str| ROLES.contains(part);
    let is_listed = part(word) || (word.contains('-') && word.split('-').any(part));
    is_listed || (!is_given(word) && !is_surname(word) && (is_common(word) || ends()))
}
