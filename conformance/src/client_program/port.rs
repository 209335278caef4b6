//! The document's port, for clients that have it built in.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// Where the document's server listens (task 6).
const PORT: u16 = 5000;

/// Passes everything that comes to port 5000 of this machine on to `to`, until what comes out is
/// dropped. `None` where the port is taken.
pub(super) async fn relay(to: SocketAddr) -> Option<JoinSet<()>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).await.ok()?;
    let mut tasks = JoinSet::new();
    tasks.spawn(pass_on(listener, to));
    // Where the name localhost stands for both families, a client may try this one first.
    if let Ok(listener) = TcpListener::bind((Ipv6Addr::LOCALHOST, PORT)).await {
        tasks.spawn(pass_on(listener, to));
    }
    Some(tasks)
}

async fn pass_on(listener: TcpListener, to: SocketAddr) {
    // Dropping the set ends what is still going on.
    let mut connections = JoinSet::new();
    loop {
        let Ok((mut client, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        connections.spawn(async move {
            if let Ok(mut server) = TcpStream::connect(to).await {
                // Either side may hang up when it likes.
                let _ = copy_bidirectional(&mut client, &mut server).await;
            }
        });
        while connections.try_join_next().is_some() {}
    }
}
