//! A server that was written from the document alone, in another language, passes everything.

use std::{
    io::Write,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use authspec::{
    run::EngineSettings,
    target::{Target, base_url},
};

use crate::verdicts::{not_passed, of};

/// The second server, which ends with this.
struct Second {
    child: Child,
    port: u16,
}

impl Second {
    /// Starts it on a free port; nothing where there is no Python to run it.
    fn start() -> Option<Self> {
        let python = Command::new("python3").arg("--version").output();
        if !python.is_ok_and(|output| output.status.success()) {
            assert!(
                std::env::var_os("CI").is_none(),
                "python3 is missing, and a pipeline must not skip this test"
            );
            // Past the capture of the test's output: whoever reads it has to see that.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: the second server needs python3"
            );
            return None;
        }
        let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second_server/app.py");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let child = Command::new("python3")
            .arg("-B")
            .arg(app)
            .env("PORT", port.to_string())
            .stdin(Stdio::null())
            .spawn()
            .expect("python3 starts");
        Some(Self { child, port })
    }

    /// Waits until it accepts connections.
    fn wait(&mut self) {
        let patience = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            assert_eq!(
                self.child.try_wait().expect("its state"),
                None,
                "it has ended"
            );
            assert!(Instant::now() < patience, "it does not begin to listen");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[tokio::test]
async fn a_second_server_passes_everything() {
    let Some(mut second) = Second::start() else {
        return;
    };
    second.wait();
    let url = base_url(&format!("http://127.0.0.1:{}", second.port)).unwrap();
    let mut settings = EngineSettings {
        strict: true,
        ..EngineSettings::default()
    };
    settings.client.pause = Duration::from_millis(1);
    let verdicts = of(&Target::at(url), &settings).await;
    let open = not_passed(&verdicts);
    assert!(open.is_empty(), "{open:?}");
}
