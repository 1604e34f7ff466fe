//! Tests the language of the code: a type name is found once, public functions say what they do to what,
//! a binding has its own line, a condition is written as one, and comments say what things are.

use std::collections::BTreeMap;

use crate::sources::house;
use syn::visit::{self, Visit};

/// One-word names that public functions may have: conventions of Rust and egui, getters, and terms of the
/// product and of drawing.
const ONE_WORD: &[&str] = &[
    "abouts",
    "bits",
    "block",
    "blocks",
    "bounds",
    "cancel",
    "cell",
    "cells",
    "center",
    "clear",
    "close",
    "color",
    "column",
    "columns",
    "commit",
    "contains",
    "description",
    "dialect",
    "display",
    "draw",
    "encoding",
    "entries",
    "entry",
    "everyone",
    "extend",
    "field",
    "fields",
    "file",
    "finish",
    "flows",
    "folder",
    "font",
    "get",
    "glyph",
    "height",
    "history",
    "id",
    "index",
    "info",
    "insert",
    "insights",
    "jobs",
    "journey",
    "journeys",
    "kind",
    "label",
    "lane",
    "lanes",
    "lang",
    "len",
    "lines",
    "mapping",
    "merge",
    "message",
    "messages",
    "n",
    "name",
    "new",
    "next",
    "note",
    "opacity",
    "open",
    "parse",
    "path",
    "persona",
    "pictures",
    "points",
    "pop",
    "profile",
    "progress",
    "project",
    "pt",
    "push",
    "read",
    "record",
    "records",
    "redo",
    "remove",
    "replace",
    "retain",
    "revision",
    "run",
    "save",
    "scene",
    "segments",
    "selection",
    "severity",
    "show",
    "size",
    "stages",
    "start",
    "steps",
    "sum",
    "text",
    "theme",
    "time",
    "title",
    "touchpoints",
    "ui",
    "undo",
    "union",
    "value",
    "width",
    "write",
];

/// The names and idioms that one walk over the sources finds.
#[derive(Default)]
struct Findings {
    place: String,
    in_trait_impl: bool,
    types: BTreeMap<String, Vec<String>>,
    functions: usize,
    one_word: usize,
    unclear: Vec<String>,
    tuples: Vec<String>,
    filters: Vec<String>,
}

impl Findings {
    /// Walks all sources of the program and the engine.
    fn of_sources() -> Self {
        let mut findings = Self::default();
        for source in house() {
            let file = syn::parse_file(&source.text).unwrap();
            findings.place = source.place;
            findings.visit_file(&file);
        }
        findings
    }

    fn add_type(&mut self, name: &syn::Ident) {
        self.types.entry(name.to_string()).or_default().push(self.place.clone());
    }

    fn add_function(&mut self, signature: &syn::Signature, visibility: Option<&syn::Visibility>) {
        let name = signature.ident.to_string();
        self.functions += 1;
        if name.trim_matches('_').contains('_') {
            return;
        }
        self.one_word += 1;
        let is_public =
            visibility.is_some_and(|visibility| !matches!(visibility, syn::Visibility::Inherited));
        if is_public && !ONE_WORD.contains(&name.as_str()) {
            self.unclear.push(format!("{}: {name}", self.place));
        }
    }
}

impl<'ast> Visit<'ast> for Findings {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add_type(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add_type(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.add_type(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.add_type(&item.ident);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let outer = std::mem::replace(&mut self.in_trait_impl, item.trait_.is_some());
        visit::visit_item_impl(self, item);
        self.in_trait_impl = outer;
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add_function(&item.sig, Some(&item.vis));
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        // The names in an implementation are those of its trait.
        if !self.in_trait_impl {
            self.add_function(&item.sig, Some(&item.vis));
        }
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.add_function(&item.sig, None);
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        let is_tuple = local.init.as_ref().is_some_and(|init| matches!(*init.expr, syn::Expr::Tuple(_)));
        if is_tuple && let syn::Pat::Tuple(pattern) = &local.pat {
            let names = pattern.elems.iter().map(|element| match element {
                syn::Pat::Ident(name) if name.subpat.is_none() => Some(name.ident.to_string()),
                _ => None,
            });
            // A pattern inside needs the tuple: `let (Some(a), Some(b)) = (x, y) else { … }`.
            if let Some(names) = names.collect::<Option<Vec<_>>>() {
                self.tuples.push(format!("{}: {}", self.place, names.join(", ")));
            }
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let is_blind = call.args.first().is_some_and(|argument| match argument {
            syn::Expr::Closure(closure) => matches!(closure.inputs.first(), Some(syn::Pat::Wild(_))),
            _ => false,
        });
        if call.method == "filter" && is_blind {
            self.filters.push(self.place.clone());
        }
        visit::visit_expr_method_call(self, call);
    }
}

#[test]
fn a_type_name_is_found_once() {
    let types = Findings::of_sources().types;
    let twice: Vec<_> = types.iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn public_functions_have_two_words_or_a_known_one() {
    let findings = Findings::of_sources();
    assert!(findings.unclear.is_empty(), "{}: {:#?}", findings.unclear.len(), findings.unclear);
    let one_word = findings.one_word;
    let all = findings.functions;
    assert!(one_word * 100 < all * 40, "{one_word} of {all} functions have names of one word");
}

#[test]
fn a_binding_has_its_own_line() {
    let tuples = Findings::of_sources().tuples;
    assert!(tuples.is_empty(), "{tuples:#?}");
}

#[test]
fn a_condition_is_no_filter_of_one_value() {
    let filters = Findings::of_sources().filters;
    assert!(filters.is_empty(), "{filters:#?}");
}

/// Words with which a doc comment asks instead of saying what something is or does.
const QUESTION_WORDS: [&str; 9] =
    ["What", "Whether", "How", "Where", "Which", "When", "Who", "Whom", "Whose"];

#[test]
fn doc_comments_say_what_things_are() {
    let mut all = 0_usize;
    let mut asking = Vec::new();
    for source in house() {
        let mut in_doc = false;
        for line in source.text.lines().map(str::trim_start) {
            let words = line.strip_prefix("/// ").or_else(|| line.strip_prefix("//! "));
            if let Some(words) = words
                && !in_doc
            {
                all += 1;
                if QUESTION_WORDS.contains(&words.split(' ').next().unwrap_or_default()) {
                    asking.push(format!("{}: {words}", source.place));
                }
            }
            in_doc = line.starts_with("///") || line.starts_with("//!");
        }
    }
    assert!(asking.len() * 100 < all, "{} of {all} begin with a question word: {asking:#?}", asking.len());
}
