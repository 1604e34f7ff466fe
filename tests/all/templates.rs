//! Tests that every template is a complete, sound journey in canonical bytes.

use engine::model::Project;
use engine::model::check::find_problems;
use engine::store::load::{load_project as read, to_bytes};
use std::path::{Path, PathBuf};

fn templates() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut found: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("templates are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .map(|path| (path.clone(), std::fs::read(&path).expect("a template is readable")))
        .collect();
    found.sort();
    found
}

fn load(path: &Path, bytes: &[u8]) -> Project {
    read(bytes).unwrap_or_else(|error| panic!("{}: {error:?}", path.display())).project
}

#[test]
fn templates_are_canonical() {
    for (path, bytes) in templates() {
        let written = to_bytes(&load(&path, &bytes));
        if std::env::var_os("UPDATE_TEMPLATES").is_some() {
            std::fs::File::create(&path)
                .and_then(|mut file| std::io::Write::write_all(&mut file, &written))
                .expect("written");
            continue;
        }
        assert!(written == bytes, "{} is not as saving would write it", path.display());
    }
}

#[test]
fn templates_have_no_problems() {
    for (path, bytes) in templates() {
        let project = load(&path, &bytes);
        let blank = path.ends_with("blank.ron");
        let found: Vec<_> =
            find_problems(&project).into_iter().map(|problem| (problem.code, problem.element)).collect();
        assert_eq!(found.len(), usize::from(blank), "{}: {found:?}", path.display());
        if !blank {
            assert!(
                project.info().note.contains("nvented") || project.info().note.contains("虚构"),
                "says it is invented"
            );
        }
    }
}
