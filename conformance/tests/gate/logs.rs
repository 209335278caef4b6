//! What a target's words may do in a pipeline's log: nothing.

use crate::{authspec, stderr, stdout, target::encoding};

#[test]
fn reports_on_the_standard_output_hold_no_command_whatever_the_target_sends() {
    let url = encoding(
        "##[error]x, \u{202e}y",
        "\n::error::forged\n##[group]g\n\u{1b}[2J",
    );
    for format in ["json", "junit", "html", "markdown"] {
        let mut command = authspec();
        command
            .args(["--base-url", &url, "--requirement", "ROOT-1", "--verbose"])
            .args(["--report", &format!("{format}=-")])
            .env("GITHUB_ACTIONS", "true");
        let text = stdout(&mut command);
        assert!(text.len() > 500, "{format}: {text}");
        assert!(!text.contains("##["), "{format}: {text}");
        assert!(!text.contains('\u{202e}'), "{format}: {text}");
        assert!(!text.contains('\u{1b}'), "{format}: {text}");
        let forged = |line: &str| line.trim_start().starts_with("::error::");
        assert!(!text.lines().any(forged), "{format}: {text}");
        let aside = stderr(&mut command);
        assert!(!aside.contains("##["), "{format}: {aside}");
        assert!(!aside.contains('\u{202e}'), "{format}: {aside}");
    }
}
