//! What the kernel bounds for each process, whoever it belongs to.

use std::io;

use super::Limits;

const MEBIBYTE: u64 = 1 << 20;

/// The most processor time of one process, in seconds: no server needs as much for one run.
const SECONDS: u64 = 900;

/// Bounds this process and all that it will start.
#[cfg(target_os = "linux")]
pub(super) fn put_on(limits: &Limits) -> io::Result<()> {
    use rustix::{
        process::{Resource, Rlimit, setrlimit},
        thread::{CpuSet, sched_getaffinity, sched_setaffinity},
    };
    let bounds = [
        (Resource::Data, limits.memory * MEBIBYTE),
        (Resource::Fsize, limits.disk * MEBIBYTE),
        (Resource::Nofile, limits.files),
        (Resource::Cpu, SECONDS),
        (Resource::Core, 0),
    ];
    for (resource, most) in bounds {
        let bound = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, bound)?;
    }
    let free = sched_getaffinity(None)?;
    let mut some = CpuSet::new();
    // Which of them is by chance, so that neighbours do not share one while others idle.
    let first = std::process::id() as usize % CpuSet::MAX_CPU;
    (first..CpuSet::MAX_CPU)
        .chain(0..first)
        .filter(|cpu| free.is_set(*cpu))
        .take(limits.processors.max(1))
        .for_each(|cpu| some.set(cpu));
    sched_setaffinity(None, &some)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn put_on(_: &Limits) -> io::Result<()> {
    // Said before the grading starts.
    Ok(())
}
