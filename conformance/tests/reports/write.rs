//! Writing: whole or not at all, and one that cannot be written spoils no other.

use std::{
    fs,
    io::{self, Write},
};

use authspec::{
    report::{Format, ReportRequest, write},
    verdict::baseline::Judgement,
};

use crate::sample;

fn request(text: &str) -> ReportRequest {
    text.parse().unwrap()
}

#[test]
fn all_formats_are_written_where_they_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let requests = Format::ALL.map(|format| {
        let path = folder.path().join(format.as_str());
        request(&format!("{}={}", format.as_str(), path.display()))
    });
    write::check(&requests).unwrap();
    let (run, baseline) = (sample::failing(), Judgement::default());
    let problems = write::write_all(&requests, &run, &baseline, None, &mut io::sink());
    assert!(problems.is_empty(), "{problems:?}");
    for format in Format::ALL {
        let text = fs::read_to_string(folder.path().join(format.as_str())).unwrap();
        assert_eq!(text, format.render(&run, &baseline, None));
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        Format::ALL.len()
    );
}

#[test]
fn one_that_cannot_be_written_spoils_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let fine = folder.path().join("fine.json");
    let requests = [
        request(&format!("html={}/gone/x.html", folder.path().display())),
        request(&format!("json={}", fine.display())),
    ];
    let problems = write::write_all(
        &requests,
        &sample::passing(),
        &Judgement::default(),
        None,
        &mut io::sink(),
    );
    assert_eq!(problems.len(), 1);
    let message = problems[0].to_string();
    assert!(
        message.starts_with("cannot write the html report to "),
        "{message}"
    );
    assert!(message.ends_with("/gone does not exist"), "{message}");
    assert!(fs::read_to_string(fine).unwrap().ends_with("}\n"));
}

#[test]
fn what_cannot_be_written_is_found_out_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| format!("{}/{name}", folder.path().display());
    let check = |texts: &[String]| {
        let requests: Vec<_> = texts.iter().map(|text| request(text)).collect();
        write::check(&requests).unwrap_err().error.to_string()
    };
    assert_eq!(
        check(&[format!("json={}", folder.path().display())]),
        "it is a folder"
    );
    assert!(check(&[format!("json={}", at("no/a"))]).contains("does not exist"));
    assert_eq!(
        check(&[format!("json={}", at("a")), format!("html={}", at("./a"))]),
        "another report goes there"
    );
    assert_eq!(
        check(&["json=-".to_owned(), "junit=-".to_owned()]),
        "another report goes there"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Standard output whose reader has gone, or whose disk is full.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_report_on_standard_output_may_be_read_in_part() {
    let to = |kind| {
        let requests = [request("json=-")];
        let (run, baseline) = (sample::passing(), Judgement::default());
        write::write_all(&requests, &run, &baseline, None, &mut Broken(kind)).len()
    };
    assert_eq!(to(io::ErrorKind::BrokenPipe), 0);
    assert_eq!(to(io::ErrorKind::StorageFull), 1);
    let mut stdout = Vec::new();
    let (run, baseline) = (sample::passing(), Judgement::default());
    write::write_all(
        &[request("badge-json=-")],
        &run,
        &baseline,
        None,
        &mut stdout,
    );
    assert_eq!(
        String::from_utf8(stdout).unwrap(),
        Format::BadgeJson.render(&run, &baseline, None)
    );
}
