//! What is built in besides our own code: its licences, and what it takes to build it.

use std::process::Command;

use serde_json::Value;

/// Licences under which a dependency may come. All of them let anybody use the program.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that compile C or assembly. TLS needs one; everything else is Rust.
const NEED_A_C_COMPILER: [&str; 1] = ["ring"];

/// The packages that are built on this kind of machine, as cargo resolves them.
fn packages() -> Vec<Value> {
    let host = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc is there, it has built this");
    let host = String::from_utf8_lossy(&host.stdout).into_owned();
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc names its host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo is there, it runs this");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    metadata["packages"].as_array().expect("a list").clone()
}

#[test]
fn every_dependency_comes_under_an_allowed_licence() {
    let mut refused = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default().to_owned();
        let licence = package["license"].as_str().unwrap_or_default();
        let allowed = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX).is_ok_and(|e| {
            e.evaluate(|requirement| {
                requirement
                    .license
                    .id()
                    .is_some_and(|id| ALLOWED.contains(&id.name))
            })
        });
        if !allowed {
            refused.push(format!("{name}: {licence}"));
        }
    }
    assert_eq!(refused, [""; 0]);
}

#[test]
fn nothing_but_tls_needs_a_c_compiler() {
    let needy: Vec<String> = packages()
        .iter()
        .filter(|package| {
            package["dependencies"].as_array().is_some_and(|all| {
                all.iter().any(|dependency| {
                    dependency["kind"] == "build"
                        && dependency["optional"] == false
                        && (dependency["name"] == "cc" || dependency["name"] == "cmake")
                })
            })
        })
        .filter_map(|package| package["name"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(needy, NEED_A_C_COMPILER);
}
