//! Targets elsewhere: HTTPS, headers, a path prefix, IPv6, a name with several addresses, and a
//! look at them with `authspec doctor`.

mod tls;

use std::net::{TcpListener, ToSocketAddrs as _};

use crate::{
    small::Small,
    support::{authspec, report, run, verdict},
};

/// A good server on an address; its port.
fn good(address: &str) -> u16 {
    let listener = TcpListener::bind((address, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || Small::new().serve(&listener));
    port
}

const ONE: [&str; 2] = ["--requirement", "ROOT-1,LOGIN-1"];

#[test]
fn an_unknown_certificate_is_refused_until_its_authority_is_trusted_or_any_is_accepted() {
    let url = format!("https://localhost:{}", tls::start());
    let refused = run(&["--base-url", &url, "--wait", "0s", ONE[0], ONE[1]]);
    assert_eq!(refused.status, 3, "{}", refused.text);
    assert!(refused.text.contains("certificate"), "{}", refused.text);
    let trusted = run(&["--base-url", &url, "--ca", tls::AUTHORITY, ONE[0], ONE[1]]);
    assert_eq!(trusted.status, 0, "{}", trusted.text);
    let accepted = run(&["--base-url", &url, "--insecure", ONE[0], ONE[1]]);
    assert_eq!(accepted.status, 0, "{}", accepted.text);
    let by_address = url.replace("localhost", "127.0.0.1");
    let trusted = run(&[
        "--base-url",
        &by_address,
        "--ca",
        tls::AUTHORITY,
        ONE[0],
        ONE[1],
    ]);
    assert_eq!(trusted.status, 0, "{}", trusted.text);
}

#[test]
fn a_file_that_holds_no_certificate_is_status_2() {
    for file in ["/no/such/file", file!()] {
        let ended = run(&["--base-url", "https://localhost:1", "--ca", file]);
        assert_eq!(ended.status, 2, "{}", ended.text);
        assert!(ended.text.contains("cannot read"), "{}", ended.text);
    }
}

#[test]
fn a_machine_without_certificates_of_its_own_judges_plain_http_and_what_ca_names() {
    let without = |arguments: &[&str]| {
        let output = authspec(arguments)
            .env("SSL_CERT_FILE", "/no/such/file")
            .env("SSL_CERT_DIR", "/no/such/folder")
            .output()
            .expect("it starts");
        crate::support::Ended::from(output)
    };
    let plain = without(&ONE);
    assert_eq!(plain.status, 0, "{}", plain.text);
    let url = format!("https://localhost:{}", tls::start());
    let named = without(&["--base-url", &url, "--ca", tls::AUTHORITY, ONE[0], ONE[1]]);
    assert_eq!(named.status, 0, "{}", named.text);
}

#[test]
fn headers_go_with_every_request_and_never_into_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let mut small = Small::new();
        small.wants_header = Some("x-key: sesame-4711".to_owned());
        small.serve(&listener);
    });
    let to = format!("json={}", json.display());
    let with = [
        "--base-url",
        &url,
        "--verbose",
        "--report",
        &to,
        "--header",
        "X-Key: sesame-4711",
    ];
    let ended = run(&[&with[..], &ONE[..]].concat());
    assert_eq!(ended.status, 0, "{}", ended.text);
    let text = std::fs::read_to_string(&json).expect("the report");
    assert!(text.contains("(redacted)"));
    assert!(!text.contains("sesame") && !ended.text.contains("sesame"));
    let without = run(&["--base-url", &url, ONE[0], ONE[1]]);
    assert_eq!(without.status, 1, "{}", without.text);
}

#[test]
fn a_path_prefix_ipv6_and_a_name_with_several_addresses() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let prefixed = format!(
        "http://{}/api/v1",
        listener.local_addr().expect("an address")
    );
    std::thread::spawn(move || {
        let mut small = Small::new();
        small.prefix = "/api/v1";
        small.serve(&listener);
    });
    let mut urls = vec![prefixed, format!("http://localhost:{}", good("127.0.0.1"))];
    if TcpListener::bind("[::1]:0").is_ok() {
        let port = good("::1");
        urls.push(format!("http://[::1]:{port}"));
        // Where the name stands for both families, a server in one of them is found.
        let mut both = ("localhost", port).to_socket_addrs().expect("addresses");
        if both.any(|address| address.is_ipv6()) {
            urls.push(format!("http://localhost:{port}"));
        }
    } else {
        eprintln!("SKIPPED: this machine has no IPv6");
    }
    for url in urls {
        let ended = run(&[
            "--base-url",
            &url,
            "--requirement",
            "ROOT-1,LOGIN-1,LOGOUT-1",
        ]);
        assert_eq!(ended.status, 0, "{url}: {}", ended.text);
    }
}

#[test]
fn proxies_are_used_only_when_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let url = format!("http://127.0.0.1:{}", good("127.0.0.1"));
    // Nobody listens on port 1.
    let nowhere = "http://127.0.0.1:1";
    let to = format!("json={}", json.display());
    let output = authspec(&["--base-url", &url, "--report", &to, ONE[0], ONE[1]])
        .env("http_proxy", nowhere)
        .env("HTTP_PROXY", nowhere)
        .env("ALL_PROXY", nowhere)
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(verdict(&report(&json), "ROOT-1"), "pass");
    let asked = run(&[
        "--base-url",
        &url,
        "--proxy",
        nowhere,
        "--wait",
        "0s",
        ONE[0],
        ONE[1],
    ]);
    assert_eq!(asked.status, 3, "{}", asked.text);
}

/// What the doctor says, without what differs from run to run.
fn steady(text: &str, port: u16) -> String {
    let time = regex::Regex::new(r"under 1 ms|\d+ ms|\d+\.\d s").expect("a pattern");
    let whole = regex::Regex::new(r"should take about [^:]+:").expect("a pattern");
    let text = text.replace(&port.to_string(), "PORT");
    let text = time.replace_all(&text, "TIME");
    whole
        .replace_all(&text, "should take about TIME:")
        .into_owned()
}

#[test]
fn the_doctor_finds_a_good_target_ready() {
    let port = good("127.0.0.1");
    let ended = run(&["doctor", "--base-url", &format!("http://127.0.0.1:{port}")]);
    assert_eq!(ended.status, 0, "{}", ended.text);
    insta::assert_snapshot!(steady(&ended.text, port), @r"
    authspec 0.2.0 looks at http://127.0.0.1:PORT

      ✓ reachable    it accepts connections at 127.0.0.1:PORT
      ✓ speaks HTTP  GET / is answered 200 in TIME over HTTP/1.1
      ✓ works        a newcomer registers in TIME, logs in in TIME and sees her profile
      ✓ at once      16 requests at the same time are all answered

    A whole run should take about TIME: authspec --base-url http://127.0.0.1:PORT
    ");
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let nobody = run(&["doctor", "--base-url", "http://127.0.0.1:1", "--wait", "0s"]);
    assert_eq!(nobody.status, 3);
    insta::assert_snapshot!(nobody.text, @r"
    authspec 0.2.0 looks at http://127.0.0.1:1

      ✗ reachable    nobody accepts connections at 127.0.0.1:1 (connection refused)
                     Is it running, and is this its address? A server in a container has to listen on 0.0.0.0 and to publish its port.

    There is nothing to judge yet.
    ");
    let port = tls::start();
    let distrusted = run(&[
        "doctor",
        "--base-url",
        &format!("https://localhost:{port}"),
        "--wait",
        "0s",
    ]);
    assert_eq!(distrusted.status, 3);
    assert!(distrusted.text.contains("--ca FILE"), "{}", distrusted.text);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        let mut small = Small::new();
        small.wants_header = Some("x-key: sesame".to_owned());
        small.serve(&listener);
    });
    let closed = run(&["doctor", "--base-url", &format!("http://127.0.0.1:{port}")]);
    assert_eq!(closed.status, 1, "{}", closed.text);
    insta::assert_snapshot!(steady(&closed.text, port), @r"
    authspec 0.2.0 looks at http://127.0.0.1:PORT

      ✓ reachable    it accepts connections at 127.0.0.1:PORT
      ✗ speaks HTTP  GET / is answered 403 in TIME over HTTP/1.1
                     The document wants 200. Behind a gateway, --header 'Name: value' sends what it asks for; a path prefix belongs into the base URL.
      ✗ works        POST /users is answered 403
                     Most requirements need an account and a session: begin with this one. A target that has been used before may have to be started with an empty store.
      ✓ at once      16 requests at the same time are all answered

    A run can judge little before that works: authspec --base-url http://127.0.0.1:PORT
    ");
}
