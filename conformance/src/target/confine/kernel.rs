//! What the kernel forbids a process and all that it starts: Landlock.

use std::{io, path::PathBuf};

use super::Confinement;

/// What a program needs of the system to run at all. Homes, other folders and what others put
/// into the temporary folder are not among it.
#[cfg(target_os = "linux")]
const SYSTEM: [&str; 14] = [
    "/bin", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/opt", "/proc", "/sbin",
    "/snap", "/sys", "/usr", "/var/lib",
];

/// Devices that hold nothing. All others, such as a disk that root could read, stay closed.
#[cfg(target_os = "linux")]
const DEVICES: [&str; 6] = [
    "/dev/null",
    "/dev/zero",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/dev/tty",
];

/// What this kernel cannot keep a command from, in words; empty where it can do all of it.
#[cfg(target_os = "linux")]
pub fn missing() -> Vec<&'static str> {
    use landlock::{
        ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset,
        RulesetAttr as _, Scope,
    };
    let strict = || Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    let files = strict().handle_access(AccessFs::from_all(ABI::V3));
    let connections = strict().handle_access(AccessNet::from_all(ABI::V4));
    let signals = strict().scope(Scope::Signal);
    let can =
        |asked: Result<Ruleset, landlock::RulesetError>| asked.and_then(Ruleset::create).is_ok();
    let all = [
        (can(files), "reading and writing files of others"),
        (can(connections), "opening TCP ports and connections"),
        (can(signals), "sending signals to others"),
        // No version of Landlock knows these yet.
        (false, "sending datagrams (UDP)"),
        (false, "connecting to sockets that are files"),
        (false, "seeing the command lines of other processes"),
    ];
    let missing = all.into_iter().filter(|(can, _)| !can);
    missing.map(|(_, what)| what).collect()
}

/// What this system cannot keep a command from.
#[cfg(not(target_os = "linux"))]
pub fn missing() -> Vec<&'static str> {
    vec!["anything: confinement needs Linux"]
}

/// Confines this process, as far as this kernel can.
#[cfg(target_os = "linux")]
pub(super) fn put_on(
    confinement: &Confinement,
    installed: &[PathBuf],
    port: Option<u16>,
) -> io::Result<()> {
    use landlock::{
        ABI, Access as _, AccessFs, AccessNet, BitFlags, NetPort, PathBeneath, PathFd, Ruleset,
        RulesetAttr as _, RulesetCreatedAttr as _, Scope,
    };
    let abi = ABI::V6;
    let read = AccessFs::from_read(abi);
    let device = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::IoctlDev;
    let mut ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(abi)))
        .and_then(|ruleset| ruleset.scope(BitFlags::<Scope>::all()))
        .and_then(Ruleset::create)
        .map_err(io::Error::other)?;
    let system = SYSTEM.iter().map(PathBuf::from);
    let readable = system
        .chain(installed.iter().cloned())
        .chain(confinement.read.iter().cloned())
        .map(|path| (path, read));
    let devices = DEVICES.iter().map(|path| (PathBuf::from(path), device));
    let own = confinement.write.iter().cloned();
    let own = own.map(|path| (path, AccessFs::from_all(abi)));
    for (path, access) in readable.chain(devices).chain(own) {
        // What is not there needs no rule.
        let (Ok(handle), Ok(metadata)) = (PathFd::new(&path), path.metadata()) else {
            continue;
        };
        let access = if metadata.is_dir() {
            access
        } else {
            access & AccessFs::from_file(abi)
        };
        ruleset = ruleset
            .add_rule(PathBeneath::new(handle, access))
            .map_err(io::Error::other)?;
    }
    if let Some(port) = port {
        ruleset = ruleset
            .add_rule(NetPort::new(port, AccessNet::BindTcp))
            .map_err(io::Error::other)?;
    }
    ruleset.restrict_self().map_err(io::Error::other)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn put_on(_: &Confinement, _: &[PathBuf], _: Option<u16>) -> io::Result<()> {
    // Said before the grading starts.
    Ok(())
}
