//! The reference server, started in this process on a free port.

use std::io;

use authspec_server::{Settings, Store, serve};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::Target;
use crate::run::TargetKind;

/// A reference server that is running.
#[derive(Debug)]
pub struct Reference {
    /// Where it is.
    pub target: Target,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<(), authspec_server::ServeError>>,
}

/// Why there is no reference server.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// No port is free.
    #[error("the reference server finds no free port: {0}")]
    Listen(#[from] io::Error),
}

impl Reference {
    /// Starts one with an empty store in memory. Must be called inside a runtime, which has to
    /// have more than one thread if the caller blocks its own.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(bcrypt_cost: u32) -> Result<Self, ReferenceError> {
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
        let mut target = Target::at(base);
        target.info.kind = TargetKind::Reference;
        target.info.description =
            format!("the reference server, in this process (bcrypt cost {bcrypt_cost})");
        Ok(Self {
            target,
            stop: Some(stop),
            task,
        })
    }

    /// Stops it and waits until it is gone.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = self.task.await;
    }
}
