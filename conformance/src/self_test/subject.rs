//! Who is judged: every fault, every null server and every freedom, in one list.

use std::io;

use serde::Serialize;

use crate::{
    faults::{self, Fault},
    freedoms::{self, Freedom, Past},
    null_servers::{self, NullServer},
    proxy::{self, Running, Upstream},
};

/// What a subject is there to prove.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// That a requirement can fail.
    Fault,
    /// That nothing passes by itself.
    NullServer,
    /// That nothing fails without a cause.
    Freedom,
}

/// A server whose verdict is known.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is there to prove.
    pub kind: Kind,
    /// Its id, unique within its kind.
    pub id: &'static str,
    /// What it does.
    pub sentence: &'static str,
    /// The requirements that it is about: those that must catch a fault, those that a null server
    /// truly keeps, those that a freedom may fail.
    pub about: &'static [&'static str],
    /// What has happened to its target before.
    pub past: Past,
    /// Whether it shows only while the target's store holds next to nothing.
    pub needs_fresh_start: bool,
    server: Server,
}

#[derive(Clone, Debug)]
enum Server {
    Proxy(proxy::Behaviour),
    Null(NullServer),
}

impl Subject {
    /// All of them, those that take longest first.
    pub fn all() -> Vec<Self> {
        let mut subjects: Vec<Self> = faults::all()
            .into_iter()
            .map(Self::from)
            .chain(null_servers::all().into_iter().map(Self::from))
            .chain(freedoms::all().into_iter().map(Self::from))
            .collect();
        subjects.sort_by_key(|subject| match (subject.past, subject.kind) {
            (Past::Populated(_), _) => 0,
            (Past::Judged, _) => 1,
            (Past::Fresh, Kind::NullServer) => 2,
            (Past::Fresh, Kind::Freedom) => 3,
            (Past::Fresh, Kind::Fault) => 4,
        });
        subjects
    }

    /// Whether it stands in front of a target.
    pub fn needs_target(&self) -> bool {
        matches!(self.server, Server::Proxy(_))
    }

    /// Whether it takes offence at requests without a pause between them.
    pub fn minds_haste(&self) -> bool {
        matches!(&self.server, Server::Proxy(behaviour) if behaviour.minds_haste())
    }

    /// Starts it, in front of `upstream` where it needs one.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start(&self, upstream: Upstream) -> io::Result<Running> {
        match &self.server {
            Server::Proxy(behaviour) => proxy::before(upstream, behaviour.clone()).await,
            Server::Null(server) => server.start().await,
        }
    }
}

impl From<Fault> for Subject {
    fn from(fault: Fault) -> Self {
        Self {
            kind: Kind::Fault,
            id: fault.id,
            sentence: fault.sentence,
            about: fault.caught_by,
            past: Past::Fresh,
            needs_fresh_start: fault.needs_fresh_start,
            server: Server::Proxy(fault.behaviour),
        }
    }
}

impl From<NullServer> for Subject {
    fn from(server: NullServer) -> Self {
        Self {
            kind: Kind::NullServer,
            id: server.id,
            sentence: server.sentence,
            about: server.keeps,
            past: Past::Fresh,
            needs_fresh_start: false,
            server: Server::Null(server),
        }
    }
}

impl From<Freedom> for Subject {
    fn from(freedom: Freedom) -> Self {
        Self {
            kind: Kind::Freedom,
            id: freedom.id,
            sentence: freedom.sentence,
            about: freedom.may_fail,
            past: freedom.past,
            needs_fresh_start: false,
            server: Server::Proxy(freedom.behaviour),
        }
    }
}
