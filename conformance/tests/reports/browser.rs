//! The page in a real browser: it renders, its filters work, it logs no error, and what a
//! hostile target put into it executes nothing. The pages stay in the target folder to be
//! looked at.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use authspec::{report::Format, run::Run, verdict::baseline::Judgement};

use crate::sample;

/// What a browser made of a page.
pub(crate) struct Rendered {
    pub(crate) dom: String,
    log: String,
}

pub(crate) fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let found = [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .map(PathBuf::from)
    .into_iter()
    .find(|path| path.exists());
    let browser = named.or(found);
    assert!(
        browser.is_some() || std::env::var_os("CI").is_none(),
        "CI has to have a browser (Debian: chromium)"
    );
    if browser.is_none() {
        eprintln!("skipped: no chromium here to open the HTML report in");
    }
    browser
}

fn saved(name: &str, run: &Run) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.html"));
    fs::write(&path, Format::Html.render(run, &Judgement::default(), None)).unwrap();
    path
}

/// Opens the page with a query, lets it settle, and reads it back.
pub(crate) fn open(browser: &Path, page: &Path, query: &str) -> Rendered {
    let profile = tempfile::tempdir().unwrap();
    let child = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
        ])
        .args(["--no-first-run", "--disable-background-networking"])
        .args([
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ])
        .args([
            "--enable-logging=stderr",
            "--virtual-time-budget=3000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}{query}", page.display()))
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id();
    // A browser that hangs is ended by its own process id, so that the test ends.
    let (done, watch) = std::sync::mpsc::channel::<()>();
    let watchdog = std::thread::spawn(move || {
        if watch.recv_timeout(Duration::from_mins(1)).is_err() {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        }
    });
    let output = child.wait_with_output().unwrap();
    let _ = done.send(());
    watchdog.join().unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    assert!(dom.contains("</html>"), "the browser wrote no page");
    Rendered {
        dom,
        log: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Rendered {
    pub(crate) fn console(&self) -> Vec<&str> {
        self.log
            .lines()
            .filter(|line| line.contains("CONSOLE"))
            .collect()
    }

    /// The ids of the requirements that are to be seen.
    fn shown(&self) -> Vec<&str> {
        self.dom
            .split("<details class=\"requirement ")
            .skip(1)
            .map(|rest| rest.split_once('>').unwrap().0)
            .filter(|tag| !tag.contains(" hidden"))
            .map(|tag| {
                tag.split("id=\"")
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
            })
            .collect()
    }
}

#[test]
fn it_renders_logs_no_error_and_executes_nothing_that_a_target_sent() {
    let Some(browser) = browser() else { return };
    for (name, run) in sample::all() {
        let page = open(&browser, &saved(name, &run), "");
        assert_eq!(page.console(), Vec::<&str>::new(), "{name}");
        assert_eq!(page.shown().len(), run.requirements.len(), "{name}");
        assert!(
            page.dom.contains("9 of 9 requirements shown"),
            "its script runs"
        );
        assert!(!page.dom.contains("<img"), "markup came alive");
        assert_eq!(page.dom.matches("<script").count(), 1);
    }
}

#[test]
fn its_policy_stops_what_gets_past_the_escaping() {
    let Some(browser) = browser() else { return };
    let path = saved("past-the-escaping", &sample::failing());
    let page = fs::read_to_string(&path).unwrap();
    let attack = "<h1 id=\"pwned\">no</h1><script>document.getElementById('pwned').textContent = 'yes'</script>";
    fs::write(&path, page.replacen("<main", &format!("{attack}<main"), 1)).unwrap();
    let page = open(&browser, &path, "");
    assert!(page.dom.contains("<h1 id=\"pwned\">no</h1>"));
    assert!(
        page.console()
            .iter()
            .any(|line| line.contains("Content Security Policy"))
    );
}

#[test]
fn it_shows_the_reference_server_s_answer_beside() {
    let Some(browser) = browser() else { return };
    let run = sample::failing();
    let mut reference = run.clone();
    for scenario in &mut reference.scenarios {
        for exchange in &mut scenario.exchanges {
            if let Ok(response) = &mut exchange.answer {
                response.status = 401;
            }
        }
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("beside.html");
    let text = Format::Html.render(&run, &Judgement::default(), Some(&reference));
    fs::write(&path, text).unwrap();
    let page = open(&browser, &path, "");
    assert_eq!(page.console(), Vec::<&str>::new());
    assert!(page.dom.contains("The reference server answered"));
}

#[test]
fn its_filters_work() {
    let Some(browser) = browser() else { return };
    let path = saved("filters", &sample::failing());
    let shown = |query: &str| open(&browser, &path, query).shown().join(" ");
    assert_eq!(shown("?verdict=fail"), "REG-6 LOGIN-4 PROFILE-1");
    assert_eq!(shown("?verdict=fail&level=must"), "LOGIN-4 PROFILE-1");
    assert_eq!(shown("?area=Logging+in&level=may"), "LOGIN-10");
    assert_eq!(shown("?task=7"), "REG-1");
    assert_eq!(shown("?search=unauthorized+wrong"), "LOGIN-4");
    let nothing = open(&browser, &path, "?search=nosuchword");
    assert!(nothing.shown().is_empty());
    assert!(
        nothing.dom.contains("id=\"nothing\" class=\"nothing\">"),
        "it says so"
    );
}

#[test]
fn a_link_to_a_requirement_opens_it_whatever_the_filters_hide() {
    let Some(browser) = browser() else { return };
    let path = saved("link", &sample::failing());
    let page = open(&browser, &path, "?verdict=fail#ROOT-1");
    assert!(page.shown().contains(&"ROOT-1"));
    let tag = page
        .dom
        .split("id=\"ROOT-1\"")
        .nth(1)
        .unwrap()
        .split('>')
        .next()
        .unwrap();
    assert!(tag.contains("open"));
}
