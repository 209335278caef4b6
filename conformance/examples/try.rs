use authspec::{catalogue::Catalogue, engine::EngineSettings, self_test::*};
fn main() {
    let pats: Vec<String> = std::env::args().skip(1).collect();
    let catalogue = Catalogue::compiled_in().unwrap();
    let mut subjects = Subject::all();
    if !pats.is_empty() { subjects.retain(|s| pats.iter().any(|p| s.id.contains(p.as_str()) || (p=="-f" && s.kind==Kind::Fault) || (p=="-n" && s.kind==Kind::NullServer)|| (p=="-o" && s.kind==Kind::Freedom))); }
    let pause = std::env::var("PAUSE").ok().and_then(|p| p.parse().ok()).unwrap_or(0);
    let n = std::env::var("N").ok().and_then(|p| p.parse().ok()).unwrap_or(2);
    let mut settings = EngineSettings { strict: true, ..EngineSettings::default() };
    settings.client.pause = std::time::Duration::from_millis(pause);
    let base = match std::env::var("BASE") { Ok(u) => Base::Url(u), Err(_) => Base::Reference };
    let total = subjects.len();
    let trials = try_all(&subjects, &catalogue, &base, &settings, n.try_into().unwrap(), &false.into(), |n, t| {
        if std::env::var("V").is_ok() { println!("{n}/{total} {} {:?} {} requests {:?}", t.subject.id, t.duration, t.requests, t.broken);
        for (id, f) in &t.failures { println!("    FAIL {id}: {f}"); }
        println!("    incomplete {:?}", t.with(authspec::verdict::Verdict::Incomplete).map(|x| x.0).collect::<Vec<_>>()); }
    });
    let m = Matrix::new(&catalogue.requirements, trials);
    for w in &m.wrong { println!("{w}"); }
    println!("{} trials, {} wrong, sum {:?}", m.trials.len(), m.wrong.len(), m.trials.iter().map(|t| t.duration).sum::<std::time::Duration>());
}
