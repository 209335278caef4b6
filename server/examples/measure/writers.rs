//! Durable writes by many at once.

use std::time::{Duration, Instant};

use authspec_server::Db;
use tokio::task::JoinSet;

use super::{Outcome, summary};

const WINDOW: Duration = Duration::from_secs(3);

pub(crate) fn measure() -> Outcome {
    for writers in [1, 16, 64, 256] {
        let folder = tempfile::TempDir::new()?;
        tokio::runtime::Runtime::new()?.block_on(async {
            let db = Db::in_file(&folder.path().join("users.redb"), false)?;
            let mut tasks = JoinSet::new();
            let began = Instant::now();
            for writer in 0..writers {
                let db = db.clone();
                tasks.spawn(async move {
                    let mut times = Vec::new();
                    for number in 0.. {
                        let asked = Instant::now();
                        if asked - began > WINDOW {
                            break;
                        }
                        let added = db.add_user(&format!("{writer}-{number}@x"), "hash").await;
                        assert!(added.is_ok());
                        times.push(asked.elapsed());
                    }
                    times
                });
            }
            let times = tasks.join_all().await.concat();
            let seconds = began.elapsed().as_secs_f64();
            #[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
            let rate = times.len() as f64 / seconds;
            println!(
                "{writers:3} writers: {rate:.0} writes a second, {}",
                summary(times)
            );
            db.close().await;
            Ok::<_, authspec_server::OpenError>(())
        })?;
    }
    Ok(())
}
