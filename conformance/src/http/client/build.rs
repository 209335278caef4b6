//! How the underlying client is made.

use reqwest::Url;

use super::ClientSettings;

/// Whether a client will ever meet a certificate. Those of the machine take longer to read than
/// many a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Tls {
    None,
    Perhaps,
}

impl Tls {
    /// No redirect is followed, so that plain HTTP stays plain, but for a proxy of unknown kind.
    pub(super) fn of(base: &Url, settings: &ClientSettings) -> Self {
        if base.scheme() == "http" && settings.proxy.is_none() {
            Self::None
        } else {
            Self::Perhaps
        }
    }
}

/// A client that keeps at most `idle` connections for another request.
pub(super) fn build(
    settings: &ClientSettings,
    tls: Tls,
    idle: usize,
) -> Result<reqwest::Client, reqwest::Error> {
    let builder = || builder(settings).pool_max_idle_per_host(idle);
    let certificates = || settings.certificates.clone();
    let with_these_alone = || builder().tls_certs_only(certificates()).build();
    if tls == Tls::None {
        return with_these_alone();
    }
    // A machine without certificates of its own is no obstacle: plain HTTP needs none, and for
    // HTTPS there is --ca. What is then missing shows when a connection is made.
    let with_all = builder().tls_certs_merge(certificates()).build();
    with_all.or_else(|_| with_these_alone())
}

fn builder(settings: &ClientSettings) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(settings.timeout)
        // The timeout says all: what else watches a connection costs a call of the system each.
        .tcp_keepalive(None)
        .tcp_keepalive_interval(None)
        .tcp_keepalive_retries(None)
        .tcp_user_timeout(None)
        .user_agent(concat!("authspec/", env!("CARGO_PKG_VERSION")))
        .tls_danger_accept_invalid_certs(settings.insecure);
    match &settings.proxy {
        Some(proxy) => builder.proxy(proxy.clone()),
        None => builder,
    }
}
