//! Finds the paths that the modules of the house name, and resolves them as the compiler does: through use trees,
//! aliases, globs, re-exports and chains of `super`. Code of unit tests inside a file is left out.
//!
//! A name that a macro puts together from several of its arguments is not found.

use super::tokens::{read_attribute, read_macro};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};

/// The most uses that one path goes through.
const DEEPEST: usize = 64;

/// The segments of a path; the first is empty if it begins with `::`.
pub(super) type Segments = Vec<String>;

/// What one module declares and names, with the paths as they are written.
#[derive(Default)]
pub(super) struct Module {
    children: BTreeSet<String>,
    /// Names of `use` and `extern crate`, with what each may stand for: uses of all blocks are put together.
    aliases: BTreeMap<String, BTreeSet<Segments>>,
    globs: BTreeSet<Segments>,
    paths: BTreeSet<Segments>,
    /// Paths of one segment: names of this module, of the language, or of variables.
    words: BTreeSet<String>,
}

impl Module {
    pub(super) fn add_path(&mut self, mut path: Segments) {
        if path.len() == 1 {
            self.words.extend(path.pop());
        } else {
            self.paths.insert(path);
        }
    }

    /// Adds a leaf of a use tree; `name` is what it is called here, and `*` stands for a glob.
    pub(super) fn add_use(&mut self, mut path: Segments, name: &str) {
        if name == "*" {
            self.globs.insert(path.clone());
            path.push("*".to_owned());
        } else {
            self.aliases.entry(name.to_owned()).or_default().insert(path.clone());
        }
        self.paths.insert(path);
    }
}

/// The modules of all crates, by their full paths; the first segment is the crate.
#[derive(Default)]
pub(super) struct Modules {
    all: BTreeMap<Segments, Module>,
    /// The files that were read, each with its module.
    files: BTreeMap<Segments, String>,
}

impl Modules {
    /// Reads a crate from its root on. `files` are its sources, by their places.
    pub(super) fn add_crate(&mut self, name: &str, root: &str, files: &BTreeMap<String, String>) {
        let at = vec![name.to_owned()];
        let reader = Reader { files, modules: self, at, place: root.to_owned(), module: Module::default() };
        reader.read_file();
    }

    /// Returns the places of all files that belong to a module.
    pub(super) fn places(&self) -> BTreeSet<&str> {
        self.files.values().map(String::as_str).collect()
    }

    /// Returns each file with the paths it names: full ones, and those that they stand for.
    pub(super) fn named_paths(&self) -> BTreeMap<&str, BTreeSet<Segments>> {
        let mut named: BTreeMap<&str, BTreeSet<Segments>> = BTreeMap::new();
        for (at, module) in &self.all {
            let mut file = at.as_slice();
            while !self.files.contains_key(file) {
                file = &file[..file.len() - 1];
            }
            let found = named.entry(&self.files[file]).or_default();
            for path in &module.paths {
                self.resolve(at, path, &mut BTreeSet::new(), found);
            }
            for word in module.words.iter().filter(|word| self.has_name(at, word, &mut BTreeSet::new())) {
                self.resolve(at, std::slice::from_ref(word), &mut BTreeSet::new(), found);
            }
        }
        named
    }

    /// Adds what a path means in a module. `open` holds the paths that are being resolved: a use may name itself.
    fn resolve(
        &self,
        at: &[String],
        path: &[String],
        open: &mut BTreeSet<(Segments, Segments)>,
        found: &mut BTreeSet<Segments>,
    ) {
        let key = (at.to_vec(), path.to_vec());
        if open.len() > DEEPEST || !open.insert(key.clone()) {
            // `use egui;` names no other name of this module.
            found.insert(path.to_vec());
            return;
        }
        let mut rest = path;
        let mut base = at.to_vec();
        match path[0].as_str() {
            "" => {
                base = Vec::new();
                rest = &path[1..];
            }
            "crate" => {
                base.truncate(1);
                rest = &path[1..];
            }
            "self" | "super" => {
                rest = &path[usize::from(path[0] == "self")..];
                while let Some(("super", behind)) = rest.split_first().map(|(first, rest)| (&**first, rest)) {
                    base.pop();
                    rest = behind;
                }
            }
            _ if !self.has_name(at, &path[0], open) => base = Vec::new(),
            _ => {}
        }
        self.follow(base, rest, open, found);
        open.remove(&key);
    }

    /// Walks down from a module, or from outside of all crates, and adds each path that is passed.
    fn follow(
        &self,
        mut base: Segments,
        rest: &[String],
        open: &mut BTreeSet<(Segments, Segments)>,
        found: &mut BTreeSet<Segments>,
    ) {
        for (index, name) in rest.iter().enumerate() {
            let Some(module) = self.all.get(&base) else {
                base.extend_from_slice(&rest[index..]);
                break;
            };
            if !module.children.contains(name) {
                let behind = &rest[index + 1..];
                for target in module.aliases.get(name).into_iter().flatten() {
                    self.resolve(&base, &[target, behind].concat(), open, found);
                }
                for glob in &module.globs {
                    for target in self.meanings(&base, glob, open) {
                        if self.has_name(&target, name, open) {
                            let own = ["self".to_owned()];
                            self.resolve(&target, &[&own, &rest[index..]].concat(), open, found);
                        }
                    }
                }
            }
            base.push(name.clone());
        }
        found.insert(base);
    }

    fn meanings(
        &self,
        at: &[String],
        path: &[String],
        open: &mut BTreeSet<(Segments, Segments)>,
    ) -> BTreeSet<Segments> {
        let mut found = BTreeSet::new();
        self.resolve(at, path, open, &mut found);
        found.retain(|target| self.all.contains_key(target));
        found
    }

    /// True if a module declares or imports a name, by a glob too.
    fn has_name(&self, at: &[String], name: &str, open: &mut BTreeSet<(Segments, Segments)>) -> bool {
        let Some(module) = self.all.get(at) else { return false };
        if module.children.contains(name) || module.aliases.contains_key(name) {
            return true;
        }
        // Two modules may import each other by globs.
        let key = (at.to_vec(), vec!["*".to_owned(), name.to_owned()]);
        if !open.insert(key.clone()) {
            return false;
        }
        let is_in = |glob: &Segments, open: &mut _| {
            self.meanings(at, glob, open).iter().any(|target| self.has_name(target, name, open))
        };
        let found = module.globs.iter().any(|glob| is_in(glob, open));
        open.remove(&key);
        found
    }
}

/// Reads one module, and those that it declares.
struct Reader<'a> {
    files: &'a BTreeMap<String, String>,
    modules: &'a mut Modules,
    at: Segments,
    place: String,
    module: Module,
}

impl Reader<'_> {
    fn read_file(mut self) {
        let text = self.files.get(&self.place).unwrap_or_else(|| panic!("no file {}", self.place));
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", self.place));
        self.visit_file(&file);
        self.modules.files.insert(self.at.clone(), self.place);
        self.modules.all.insert(self.at, self.module);
    }

    /// Returns the place of a child's file: beside this one, or as its `path` attribute says.
    fn place_of(&self, item: &syn::ItemMod) -> String {
        let named = item.attrs.iter().find_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
                _ => panic!("{}: a path that is no text", self.place),
            },
            _ => None,
        });
        let folder = self.place.rsplit_once('/').map_or("", |(folder, _)| folder);
        let below = |folder: &str, name: &str| format!("{folder}/{name}").trim_start_matches('/').to_owned();
        match named {
            Some(named) => below(folder, named.trim_end_matches(".rs")),
            None if self.at.len() == 1 => item.ident.to_string(),
            None => below(&self.place, &item.ident.to_string()),
        }
    }

    fn add_tree(&mut self, tree: &syn::UseTree, mut prefix: Segments) {
        match tree {
            syn::UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.add_tree(&path.tree, prefix);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add_tree(tree, prefix.clone()));
            }
            syn::UseTree::Glob(_) => self.module.add_use(prefix, "*"),
            syn::UseTree::Name(leaf) => {
                if leaf.ident != "self" {
                    prefix.push(leaf.ident.to_string());
                }
                let name = prefix[prefix.len() - 1].clone();
                self.module.add_use(prefix, &name);
            }
            syn::UseTree::Rename(leaf) => {
                if leaf.ident != "self" {
                    prefix.push(leaf.ident.to_string());
                }
                self.module.add_use(prefix, &leaf.rename.to_string());
            }
        }
    }

    /// Adds the first segments of a path, without their generic arguments.
    fn add_segments(&mut self, path: &syn::Path, count: usize) {
        let root = path.leading_colon.iter().map(|_| String::new());
        let segments = path.segments.iter().take(count).map(|segment| segment.ident.to_string());
        self.module.add_path(root.chain(segments).collect());
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let is_file = matches!(item, syn::Item::Mod(module) if module.content.is_none());
        if is_file || !attributes_of(item).iter().any(is_test_only) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !item.attrs.iter().any(is_test_only) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        self.module.children.insert(name.clone());
        let at = [&self.at[..], &[name]].concat();
        match &item.content {
            None => {
                let place = self.place_of(item);
                let module = Module::default();
                Reader { files: self.files, modules: self.modules, at, place, module }.read_file();
            }
            Some((_, items)) => {
                let outer_at = std::mem::replace(&mut self.at, at);
                let outer = std::mem::take(&mut self.module);
                for item in items {
                    self.visit_item(item);
                }
                let at = std::mem::replace(&mut self.at, outer_at);
                self.modules.all.insert(at, std::mem::replace(&mut self.module, outer));
            }
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree(&item.tree, item.leading_colon.iter().map(|_| String::new()).collect());
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name).to_string();
        let path = if item.ident == "self" {
            vec!["crate".to_owned()]
        } else {
            vec![String::new(), item.ident.to_string()]
        };
        self.module.add_use(path, &name);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add_segments(path, path.segments.len());
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, item: &'ast syn::ExprPath) {
        // In `<A as b::C>::d`, `b::C` is a path; in `<A>::d` nothing is.
        match &item.qself {
            None => visit::visit_expr_path(self, item),
            Some(own) => self.visit_qualified(own, &item.path),
        }
    }

    fn visit_type_path(&mut self, item: &'ast syn::TypePath) {
        match &item.qself {
            None => visit::visit_type_path(self, item),
            Some(own) => self.visit_qualified(own, &item.path),
        }
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        read_macro(item, &mut self.module);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        read_attribute(attribute, &mut self.module);
    }
}

impl<'ast> Reader<'_> {
    fn visit_qualified(&mut self, own: &'ast syn::QSelf, path: &'ast syn::Path) {
        self.visit_type(&own.ty);
        if own.position > 0 {
            self.add_segments(path, own.position);
        }
        path.segments.iter().for_each(|segment| self.visit_path_segment(segment));
    }
}

/// True for `#[cfg(test)]` alone: what holds under other conditions too is part of the program.
fn is_test_only(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
}

fn attributes_of(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
