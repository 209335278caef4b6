//! What the kernel bounds for each process, whoever it belongs to.

use std::io;

use super::{Limits, MEBIBYTE};

/// The most processor time of one process, in seconds: no server needs as much for one run.
const SECONDS: u64 = 900;

/// Bounds this process and all that it will start.
#[cfg(target_os = "linux")]
pub(super) fn put_on(limits: &Limits) -> io::Result<()> {
    use rustix::{
        process::{Resource, Rlimit, getrlimit, setrlimit},
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
        // Whoever started us may have set a lower bound, which cannot be lifted.
        let most = getrlimit(resource)
            .maximum
            .map_or(most, |known| known.min(most));
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
    give_up_powers()
}

/// Root could lift every bound again. Whoever is not root has nothing to give up.
#[cfg(target_os = "linux")]
fn give_up_powers() -> io::Result<()> {
    use rustix::thread::{
        CapabilitySet, CapabilitySets, remove_capability_from_bounding_set, set_capabilities,
        set_no_new_privs,
    };
    set_no_new_privs(true)?;
    for capability in CapabilitySet::all().iter() {
        // One that this kernel does not know is not there to be given up.
        let _ = remove_capability_from_bounding_set(capability);
    }
    let none = CapabilitySets {
        effective: CapabilitySet::empty(),
        permitted: CapabilitySet::empty(),
        inheritable: CapabilitySet::empty(),
    };
    Ok(set_capabilities(None, none)?)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn put_on(_: &Limits) -> io::Result<()> {
    // Said before the grading starts.
    Ok(())
}
