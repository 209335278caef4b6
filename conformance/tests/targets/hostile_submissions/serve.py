"""A submission that keeps to the document, after an act that the name of its folder tells."""

import os
import resource
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ACT = open(os.path.join(HERE, "act.txt")).read().split("\n")
OUT, NEIGHBOUR, HOME, SERVER, PARENT_SECRET = ACT[1:6]


def said(text):
    print("said:", text, flush=True)


def tried(name, act):
    try:
        said(f"{name}: done {act() or ''}")
    except OSError as error:
        said(f"{name}: refused {error}")


def overwrite():
    with open(os.path.join(OUT, "good.json"), "w") as file:
        file.write("{}")


def read():
    with open(NEIGHBOUR) as file:
        return file.read()


def call_home():
    socket.create_connection(("127.0.0.1", int(HOME)), timeout=2).sendall(b"hello")


def eat():
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY,) * 2)
        said("lifts: done")
    except (ValueError, OSError):
        said("lifts: refused")
    # In pieces of 64 MiB, 3 GiB at most.
    kept = []
    try:
        for _ in range(48):
            kept.append(bytearray(64 << 20))
        return "3 GiB"
    except MemoryError:
        said("eats: refused by the kernel")


def fill():
    # In files that are small enough each, 1 GiB at most.
    for number in range(64):
        with open(os.path.join(os.environ["HOME"], f"big-{number}"), "wb") as file:
            file.write(b"x" * (16 << 20))
        time.sleep(0.02)
    return "1 GiB"


def fork():
    children = []
    for _ in range(400):
        children.append(subprocess.Popen(["sleep", "60"]))
    return f"{len(children)} children"


def daemon():
    script = "import os,time\nos.setsid()\nif os.fork(): os._exit(0)\nos.execve('/bin/sleep', ['authspec-hostile-daemon', '77'], {})"
    subprocess.Popen([sys.executable, "-c", script], env={})


def signal_parent():
    os.kill(os.getppid(), signal.SIGTERM)
    time.sleep(0.2)


def shout():
    # 256 MiB at most.
    for _ in range(4096):
        sys.stdout.write("x" * (64 << 10))
    sys.stdout.flush()


def peek():
    return os.environ.get("GRADER_SECRET") or "nothing"


ACTS = {
    "overwrites": overwrite,
    "reads": read,
    "calls": call_home,
    "eats": eat,
    "fills": fill,
    "forks": fork,
    "daemon": daemon,
    "signals": signal_parent,
    "shouts": shout,
    "peeks": peek,
}

if ACT[0] in ACTS:
    if ACT[0] in ("shouts", "forks", "fills", "eats"):
        threading.Thread(target=tried, args=(ACT[0], ACTS[ACT[0]]), daemon=True).start()
    else:
        tried(ACT[0], ACTS[ACT[0]])
runpy.run_path(SERVER, run_name="__main__")
