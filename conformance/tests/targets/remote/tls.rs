//! A good server behind TLS, with a certificate of an authority that nobody knows. The key beside
//! this file guards nothing but this test; certificate and authority are valid for a century.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::Arc,
    time::Duration,
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};

/// The authority's certificate.
pub(super) const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/targets/tls/ca.pem");

/// Starts it; its port. Each connection carries one request, as the program sends them.
pub(super) fn start() -> u16 {
    let inner = super::good("127.0.0.1");
    let certificate = CertificateDer::from_pem_slice(include_bytes!("../tls/server.pem"));
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("../tls/server.key"));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.expect("a certificate")],
            key.expect("a key"),
        )
        .expect("they fit together");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = Arc::clone(&config);
            std::thread::spawn(move || {
                // A client that does not trust this server hangs up.
                let _ = pass_on(stream, config, inner);
            });
        }
    });
    port
}

fn pass_on(stream: TcpStream, config: Arc<ServerConfig>, inner: u16) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut tls = StreamOwned::new(connection, stream);
    let mut server = TcpStream::connect(("127.0.0.1", inner))?;
    server.set_read_timeout(Some(Duration::from_millis(20)))?;
    let mut buffer = [0; 16 * 1024];
    // The request may come in two pieces: the server answers once it has both.
    loop {
        let count = tls.read(&mut buffer)?;
        server.write_all(&buffer[..count])?;
        let mut answer = Vec::new();
        match server.read_to_end(&mut answer) {
            Err(_) if answer.is_empty() && count > 0 => {}
            _ => {
                tls.write_all(&answer)?;
                tls.conn.send_close_notify();
                return tls.flush();
            }
        }
    }
}
