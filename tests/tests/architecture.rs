//! The house holds its shape: crates, their directions, and the page that describes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn crates() -> BTreeSet<String> {
    fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// The kinfolk crates that each crate's manifest depends on, development aside.
fn dependencies(name: &str) -> BTreeSet<String> {
    let path = root().join("crates").join(name).join("Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    manifest["dependencies"]
        .as_table()
        .unwrap()
        .keys()
        .filter(|key| key.starts_with("kinfolk"))
        .cloned()
        .collect()
}

/// What `docs/architecture.md` says that each crate uses.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let all = crates();
    let mut table = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| `kinfolk")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let name = cells[0].trim_matches('`').to_owned();
        let uses = match cells[3] {
            "–" => BTreeSet::new(),
            "all of the above" => all
                .iter()
                .filter(|other| table.contains_key(*other))
                .cloned()
                .collect(),
            "kinfolk" => BTreeSet::from(["kinfolk".to_owned()]),
            list => list
                .split(", ")
                .map(|short| format!("kinfolk-{short}"))
                .collect(),
        };
        table.insert(name, uses);
    }
    table
}

#[test]
fn every_crate_is_on_the_page_and_every_row_is_a_crate() {
    assert_eq!(documented().into_keys().collect::<BTreeSet<_>>(), crates());
}

#[test]
fn dependencies_follow_the_page() {
    for (name, uses) in documented() {
        assert_eq!(dependencies(&name), uses, "{name}");
    }
}

#[test]
fn folder_and_crate_are_named_alike() {
    for name in crates() {
        let path = root().join("crates").join(&name).join("Cargo.toml");
        let manifest: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        assert_eq!(manifest["package"]["name"].as_str(), Some(name.as_str()));
        assert_eq!(
            manifest["lints"]["workspace"].as_bool(),
            Some(true),
            "{name}"
        );
    }
}

#[test]
fn lib_files_hold_only_docs_modules_and_exports() {
    for name in crates().into_iter().filter(|name| name != "kinfolk-cli") {
        let path = root().join("crates").join(&name).join("src/lib.rs");
        let text = fs::read_to_string(path).unwrap();
        for line in text.lines() {
            assert!(!line.trim_start().starts_with("fn "), "{name}: {line}");
            assert!(!line.trim_start().starts_with("pub fn "), "{name}: {line}");
        }
    }
}

#[test]
fn plotters_is_built_without_system_fonts() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    assert!(!lock.contains("name = \"font-kit\""));
}

#[test]
fn pointers_are_handled_at_the_border_to_python_only() {
    for name in crates().iter().filter(|name| *name != "kinfolk-python") {
        let folder = root().join("crates").join(name).join("src");
        for file in sources(&folder) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("unsafe_code"), "{}", file.display());
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => sources(&path),
            false => vec![path],
        })
        .collect()
}
