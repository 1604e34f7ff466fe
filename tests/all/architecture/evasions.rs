//! Tests that no way to name another room, or a library, is overlooked, and that what only looks like a path is not.

use super::paths::Modules;
use std::collections::BTreeMap;

/// Reads a house of three rooms whose `id` holds this code, and returns the paths that the room names.
fn named_by(code: &str) -> Vec<String> {
    let sources = [
        ("lib", "pub mod id; pub mod model; pub mod store; pub use store as cellar;"),
        ("id", code),
        ("id/inner", "pub use super::super::store as hidden;"),
        ("id_beside", "pub fn f() { super::super::store::load() }"),
        ("model", "pub mod record; pub use record::Card;"),
        ("model/record", "pub struct Card;"),
        ("store", "pub mod disk; pub fn load() {}"),
        ("store/disk", "pub trait Disk {}"),
    ];
    let files: BTreeMap<_, _> =
        sources.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect();
    let mut modules = Modules::default();
    modules.add_crate("engine", "lib", &files);
    let mut found = modules.named_paths();
    let mut paths = found.remove("id").unwrap_or_default();
    paths.extend(found.remove("id_beside").unwrap_or_default());
    paths.extend(found.remove("id/inner").unwrap_or_default());
    paths.iter().map(|path| path.join("::")).collect()
}

fn names(paths: &[String], goal: &str) -> bool {
    paths.iter().any(|path| path == goal || path.starts_with(&format!("{goal}::")))
}

#[test]
fn every_way_to_a_room_is_found() {
    let ways = [
        "use crate::store; fn f() { store::load() }",
        "use crate::store as model; fn f() { model::load() }",
        "use crate as c; fn f() { c::store::load() }",
        "use crate::{self as c}; fn f() { c::store::load() }",
        "use crate as c; use c as d; fn f() { d::store::load() }",
        "extern crate self as own; fn f() { own::store::load() }",
        "use crate::*; fn f() { store::load() }",
        "use super::*; fn f() { store::load() }",
        "use crate::model::*; mod a { use super::*; } mod b { use super::super::*; fn f() { store::load() } }",
        "use crate::cellar; fn f() { cellar::load() }",
        "use crate::cellar::load; fn f() { load() }",
        "use super::store::disk::Disk as _;",
        "mod a { fn f() { super::super::store::load() } }",
        "mod a { mod b { use super::super::super::{model, store as s}; fn f() { s::load() } } }",
        "mod a { fn f() { self::super::super::store::load() } }",
        "mod inner; fn f() { inner::hidden::load() }",
        "#[path = \"id_beside.rs\"] mod beside;",
        "fn f() { use crate as c; c::store::load() }",
        "fn f() { let _ = || { crate::store::load() }; }",
        "fn f(disk: &dyn crate::store::disk::Disk) {}",
        "fn f<D: crate::store::disk::Disk>() {}",
        "fn f(all: Vec<Box<dyn super::store::disk::Disk>>) {}",
        "struct A; impl crate::store::disk::Disk for A {}",
        "fn f<T>() { <T as crate::store::disk::Disk>::read() }",
        "type A = <u8 as super::store::disk::Disk>::B;",
        "#[cfg(test)] mod tests {} fn f() { crate::store::load() }",
        "#[cfg(test)] use crate::model; use crate::store;",
        "#[cfg(any(test, unix))] use crate::store;",
        "#[cfg(test)] #[path = \"id_beside.rs\"] mod tests;",
        "fn f() { println!(\"{:?}\", crate::store::load()) }",
        "fn f() { assert!(vec![1].iter().all(|_| { super::store::load(); true })) }",
        "macro_rules! m { () => { $crate::store::load() } }",
        "macro_rules! m { ($x:expr) => { use $crate::{model::{self, Card}, store::load as l}; l($x) } }",
        "macro_rules! m { () => { use crate as c; c::store::load() } }",
        "macro_rules! m { ($($x:ident),*) => { use crate::model::{$($x),*}; use crate::store; } }",
        "use crate as c; m! { a => c::store::load }",
        "fn f() { crate::store::m!() }",
        "#[derive(crate::store::Write)] struct A;",
        "#[with(crate::store::load)] struct A;",
        "#[crate::store::test] fn f() {}",
    ];
    for way in ways {
        let paths = named_by(way);
        assert!(names(&paths, "engine::store"), "{way}: {paths:?}");
    }
}

#[test]
fn every_way_to_a_library_is_found() {
    let ways = [
        ("use egui::Ui;", "egui"),
        ("use egui;", "egui"),
        ("use egui::{self, Ui};", "egui"),
        ("use egui as e; fn f(ui: &mut e::Ui) {}", "egui::Ui"),
        ("extern crate egui as e; fn f(ui: &mut e::Ui) {}", "egui::Ui"),
        ("fn f(ui: &mut ::egui::Ui) {}", "egui::Ui"),
        ("fn f() { dbg!(::egui::vec2(0.0, 0.0)) }", "egui::vec2"),
        ("use std::{fs as files, io}; fn f() { files::read(\"a\") }", "std::fs::read"),
        ("use std as s; fn f() { s::fs::read(\"a\") }", "std::fs::read"),
        ("use std::*; fn f() { fs::read(\"a\") }", "std::*"),
        ("#[derive(serde::Serialize)] struct A;", "serde::Serialize"),
        ("macro_rules! m { () => { use egui as e; e::Ui } }", "egui::Ui"),
    ];
    for (way, goal) in ways {
        let paths = named_by(way);
        assert!(names(&paths, goal), "{way}: {paths:?}");
    }
}

#[test]
fn what_only_looks_like_a_path_is_not_found() {
    let others = [
        "#[cfg(test)] mod tests { use crate::store; use egui::Ui; }",
        "struct A; impl A { #[cfg(test)] fn f() { crate::store::load() } }",
        "//! Beside [`crate::store`].\n/// As [`crate::store::load`] with `egui::Ui`.\nfn f() {}",
        "const A: &str = \"crate::store::load egui::Ui\";",
        "fn f() { println!(\"crate::store egui::Ui\") }",
        "mod egui { pub struct Ui; } fn f(ui: egui::Ui) {}",
        "mod egui {} mod a { use super::egui; fn f(ui: egui::Ui) {} }",
        "fn f(store: u8, egui: u8) -> u8 { store + egui }",
        "fn f<T>() { <T>::egui(); Vec::<u8>::egui() }",
        "fn f<T>() { println!(\"{}\", Vec::<u8>::egui()) }",
        "mod store { pub fn load() {} } fn f() { store::load() }",
        "use crate::model::Card as store; fn f() { store::new() }",
        "use self::a::b as a; fn f() { a::g() }",
        "use self::a as b; use self::b as a; mod c { use super::*; use super::c::*; } use c::*; fn f() { a::g() }",
    ];
    for other in others {
        let paths = named_by(other);
        assert!(!names(&paths, "engine::store") && !names(&paths, "egui"), "{other}: {paths:?}");
    }
}
