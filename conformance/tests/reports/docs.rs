//! `authspec docs`: the page that is read before anything is built.

use std::{fs, path::Path, process::Command};

use authspec::suite::Catalogue;

use crate::browser::{browser, open};

fn written() -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "requirements-{:?}.html",
        std::thread::current().id()
    ));
    let made = Command::new(env!("CARGO_BIN_EXE_authspec"))
        .args(["docs", "--out"])
        .arg(&path)
        .env_remove("AUTHSPEC_FEATURES")
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let page = fs::read_to_string(&path).unwrap();
    (path, page)
}

/// The part of the page about one requirement.
fn article<'a>(page: &'a str, id: &str) -> &'a str {
    let begin = page
        .find(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("{id} is not on the page"));
    page[begin..].split("</article>").next().unwrap()
}

#[test]
fn each_requirement_has_its_sentence_a_request_the_answer_and_its_scenarios() {
    let (_, page) = written();
    let catalogue = Catalogue::compiled_in().unwrap();
    for requirement in &catalogue.requirements {
        let article = article(&page, &requirement.id);
        assert!(article.contains("Try it"), "{}", requirement.id);
        assert!(article.contains("curl -i "), "{}", requirement.id);
        assert!(
            article.contains("The reference server answers"),
            "{}",
            requirement.id
        );
        assert!(
            article.contains("<ol><li>Given ") || article.contains("<ol><li>When "),
            "{}",
            requirement.id
        );
    }
    let login = article(&page, "LOGIN-4");
    assert!(login.contains("A wrong password answers 401"), "{login}");
    assert!(login.contains("http://localhost:5000/sessions"), "{login}");
    assert!(login.contains("<code>401"), "{login}");
    assert!(
        !page.contains("127.0.0.1"),
        "the address of the moment is on the page"
    );
    for loading in ["src=", "@import", "url(", "<link"] {
        assert!(
            !page.contains(loading),
            "the page loads something: {loading}"
        );
    }
}

#[test]
fn a_browser_shows_it_without_a_complaint() {
    let Some(browser) = browser() else { return };
    let (path, _) = written();
    let page = open(&browser, &path, "#LOGIN-4");
    assert_eq!(page.console(), Vec::<&str>::new());
    let catalogue = Catalogue::compiled_in().unwrap();
    assert_eq!(
        page.dom.matches("<article").count(),
        catalogue.requirements.len()
    );
}

#[test]
fn where_it_cannot_be_written_that_is_said_before_anything_runs() {
    let made = Command::new(env!("CARGO_BIN_EXE_authspec"))
        .args(["docs", "--out", "/no/such/folder/page.html"])
        .output()
        .unwrap();
    assert_eq!(made.status.code(), Some(2));
    let said = String::from_utf8(made.stderr).unwrap();
    assert!(said.contains("/no/such/folder/page.html"), "{said}");
}
