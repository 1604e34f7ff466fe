//! Finds paths and uses in the tokens of macros and attributes, which have no syntax tree.

use super::paths::{Module, Segments};
use syn::buffer::{Cursor, TokenBuffer};

/// Adds the paths in a macro's tokens: its arguments, or its rules.
pub(super) fn read_macro(item: &syn::Macro, module: &mut Module) {
    let buffer = TokenBuffer::new2(item.tokens.clone());
    read_tokens(buffer.begin(), module);
}

/// Adds the path of an attribute, and those in its arguments.
pub(super) fn read_attribute(attribute: &syn::Attribute, module: &mut Module) {
    let path = attribute.path().segments.iter().map(|segment| segment.ident.to_string());
    module.add_path(path.collect());
    if let syn::Meta::List(list) = &attribute.meta {
        let buffer = TokenBuffer::new2(list.tokens.clone());
        read_tokens(buffer.begin(), module);
    }
}

fn read_tokens(cursor: Cursor<'_>, module: &mut Module) {
    let mut words = Vec::new();
    flatten(cursor, &mut words);
    let mut words = Words { all: &words, at: 0, module };
    while let Some(word) = words.peek() {
        let is_path = is_word(word) || (word == "::" && !words.is_behind(">"));
        match word {
            "use" => {
                words.at += 1;
                words.read_use(Vec::new());
            }
            _ if is_path => {
                let path = words.read_path(Vec::new());
                if path.len() > 1 {
                    words.module.add_path(path);
                }
            }
            _ => words.at += 1,
        }
    }
}

/// Writes tokens out flat: words, `::`, and signs one by one; literals and lifetimes have no meaning here.
fn flatten(mut cursor: Cursor<'_>, words: &mut Vec<String>) {
    while !cursor.eof() {
        if let Some((word, next)) = cursor.ident() {
            words.push(word.to_string());
            cursor = next;
        } else if let Some((sign, next)) = cursor.punct() {
            let second = next.punct().filter(|(second, _)| sign.as_char() == ':' && second.as_char() == ':');
            words.push(if second.is_some() { "::".to_owned() } else { sign.as_char().to_string() });
            cursor = second.map_or(next, |(_, next)| next);
        } else if let Some((inside, _, _, next)) = cursor.any_group() {
            words.push("{".to_owned());
            flatten(inside, words);
            words.push("}".to_owned());
            cursor = next;
        } else if let Some((_, next)) = cursor.literal() {
            words.push("0".to_owned());
            cursor = next;
        } else if let Some((_, next)) = cursor.lifetime() {
            cursor = next;
        } else {
            return;
        }
    }
}

fn is_word(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// A place in flat tokens, and the module that they belong to.
struct Words<'a> {
    all: &'a [String],
    at: usize,
    module: &'a mut Module,
}

impl<'a> Words<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.all.get(self.at).map(String::as_str)
    }

    fn is_behind(&self, word: &str) -> bool {
        self.at > 0 && self.all[self.at - 1] == word
    }

    fn skip(&mut self, word: &str) -> bool {
        let is_next = self.peek() == Some(word);
        self.at += usize::from(is_next);
        is_next
    }

    /// Reads words parted by `::`, behind those of `path`; stops behind a last `::` that no word follows.
    fn read_path(&mut self, mut path: Segments) -> Segments {
        if self.skip("::") && path.is_empty() {
            path.push(String::new());
        }
        while let Some(word) = self.peek().filter(|word| is_word(word)).map(str::to_owned) {
            self.at += 1;
            path.push(word);
            if !self.skip("::") {
                break;
            }
        }
        path
    }

    /// Reads a use tree below a prefix.
    fn read_use(&mut self, prefix: Segments) {
        // A macro's own crate, or a variable of it.
        self.skip("$");
        let start = self.at;
        let mut path = self.read_path(prefix);
        if self.skip("{") {
            while self.at < self.all.len() && !self.skip("}") {
                self.read_use(path.clone());
                self.skip(",");
            }
            return;
        }
        if self.skip("*") {
            self.module.add_use(path, "*");
            return;
        }
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        let Some(last) = path.last().filter(|_| self.at > start).cloned() else {
            // A sign of the macro's rules.
            self.at += 1;
            return;
        };
        let name = if self.skip("as") { self.read_path(Vec::new()).pop().unwrap_or_default() } else { last };
        self.module.add_use(path, &name);
    }
}
