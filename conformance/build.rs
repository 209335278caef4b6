//! The features are compiled in; a new or changed file has to trigger that.

fn main() {
    println!("cargo::rerun-if-changed=features");
    println!("cargo::rerun-if-changed=../features");
    println!("cargo::rerun-if-changed=build.rs");
}
