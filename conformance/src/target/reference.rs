//! The reference server, started in this process on a free port.

use std::{io, sync::Arc, time::Duration};

use authspec_server::{Settings, Store, serve};
use futures::{FutureExt as _, future::BoxFuture};
use reqwest::Url;
use tokio::{net::TcpListener, sync::Mutex, sync::oneshot, task::JoinHandle};

use super::{FreshStart, Target, TargetKind};

/// How long it may take to finish what it has begun: whoever judges has no question left.
const GRACE: Duration = Duration::from_millis(500);

/// A reference server that is running.
#[derive(Debug)]
pub struct Reference {
    /// Where it is, and how to start another one.
    pub target: Target,
    running: Running,
    others: Arc<Others>,
}

/// One server in this process.
#[derive(Debug)]
struct Running {
    base: Url,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), authspec_server::ServeError>>,
}

/// Fresh ones. In memory each has a store of its own, so all may go on beside each other: two
/// runs that share a target must not take each other's fresh server away.
#[derive(Debug)]
struct Others {
    bcrypt_cost: u32,
    running: Mutex<Vec<Running>>,
}

impl Reference {
    /// The lowest cost that bcrypt has. Nobody attacks the passwords of a server that lives for
    /// one run, and the suite sees no difference.
    pub const LOWEST_BCRYPT_COST: u32 = 4;

    /// Starts one with an empty store in memory. Must be called inside a runtime, which has to
    /// have more than one thread if the caller blocks its own.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(bcrypt_cost: u32) -> io::Result<Self> {
        let running = Running::start(bcrypt_cost).await?;
        let others = Arc::new(Others {
            bcrypt_cost,
            running: Mutex::default(),
        });
        let mut target = Target::at(running.base.clone());
        target.info.kind = TargetKind::Reference;
        target.info.description =
            format!("the reference server, in this process (bcrypt cost {bcrypt_cost})");
        target.fresh = Some(Arc::clone(&others) as Arc<dyn FreshStart>);
        Ok(Self {
            target,
            running,
            others,
        })
    }

    /// Stops it, and what was started afresh, and waits until they are gone.
    pub async fn stop(self) {
        let mut others = self.others.running.lock().await;
        let all = others.drain(..).chain([self.running]);
        futures::future::join_all(all.map(Running::stop)).await;
    }
}

impl Running {
    async fn start(bcrypt_cost: u32) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let settings = Settings {
            store: Store::Memory,
            bcrypt_cost,
            ..Settings::default()
        };
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(listener, settings, async {
            let _ = stopped.await;
        }));
        let base = format!("http://{address}")
            .parse()
            .map_err(|error| io::Error::other(format!("{error}")))?;
        Ok(Self { base, stop, task })
    }

    async fn stop(mut self) {
        let _ = self.stop.send(());
        if tokio::time::timeout(GRACE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

impl FreshStart for Others {
    fn fresh(&self) -> BoxFuture<'_, Result<Url, String>> {
        async {
            let other = Running::start(self.bcrypt_cost)
                .await
                .map_err(|error| format!("the reference server finds no free port: {error}"))?;
            let base = other.base.clone();
            self.running.lock().await.push(other);
            Ok(base)
        }
        .boxed()
    }
}
