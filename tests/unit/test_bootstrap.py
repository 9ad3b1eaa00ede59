"""Setting up: one clear sentence for each obstacle, nothing to do where nothing changed."""

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import bootstrap, screens

SCRIPT = Path(bootstrap.__file__)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that has the bootstrap and its lock files, but nothing set up."""
    (tmp_path / "deploy").mkdir()
    shutil.copy(SCRIPT, tmp_path / "deploy")
    (tmp_path / "deploy" / "installer.lock").write_text("uv==1\n")
    (tmp_path / "requirements.lock").write_text("one==1\n")
    return tmp_path


def altered(project: Path, old: str, new: str) -> None:
    script = project / "deploy" / "bootstrap.py"
    assert old in script.read_text()
    script.write_text(script.read_text().replace(old, new))


def bootstrapped(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, project / "deploy" / "bootstrap.py"],
        env={"PATH": "", "HOME": str(project), **environment},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert done.stderr.startswith("Cannot set up: ")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_an_old_python_is_one_sentence(project: Path) -> None:
    altered(project, "MINIMUM = (3, 11)", "MINIMUM = (99, 0)")
    assert "this needs Python 99.0 or newer" in one_sentence(bootstrapped(project))


def test_an_old_python_hands_over_to_a_newer_one(project: Path) -> None:
    altered(project, "MINIMUM = (3, 11)", "MINIMUM = (99, 0)")
    newer = project / "bin" / "python3.13"
    newer.parent.mkdir()
    newer.write_text('#!/bin/sh\necho "newer python runs $1"\n')
    newer.chmod(0o755)
    done = bootstrapped(project, PATH=str(newer.parent))
    assert done.stdout.startswith("newer python runs ")
    assert done.stdout.rstrip().endswith("bootstrap.py")


def test_a_missing_venv_module_is_one_sentence(project: Path) -> None:
    lacking = project / "lacking"
    lacking.mkdir()
    (lacking / "ensurepip.py").write_text("raise ImportError('packaged apart')")
    assert "lacks the venv module" in one_sentence(bootstrapped(project, PYTHONPATH=str(lacking)))


def test_a_full_disk_is_one_sentence(project: Path) -> None:
    altered(project, "NEEDED_MB = 2500", "NEEDED_MB = 10**12")
    assert "the disk has" in one_sentence(bootstrapped(project))
    assert not (project / ".venv").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_one_sentence(project: Path) -> None:
    project.chmod(0o555)
    assert "cannot be written" in one_sentence(bootstrapped(project))


def test_does_nothing_where_nothing_changed(project: Path) -> None:
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("")
    locks = (project / "requirements.lock").read_bytes() + (project / "deploy" / "installer.lock").read_bytes()
    stamp = project / ".venv" / ".installed"
    stamp.write_text(bootstrap.hashlib.sha256(locks).hexdigest())
    altered(project, "NEEDED_MB = 2500", "NEEDED_MB = 10**12")

    done = bootstrapped(project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    (project / "requirements.lock").write_text("one==2\n")
    altered(project, "if not VENV.exists() and free", "if free")
    assert "the disk has" in one_sentence(bootstrapped(project))


def test_pip_s_registry_settings_reach_uv() -> None:
    listed = (
        "global.index-url='https://mirror.example/simple'\n"
        "global.extra-index-url='https://a.example/simple\\nhttps://b.example/simple'\n"
        ":env:.find-links='/wheels /more'\n"
        "global.cert='/etc/ca.pem'\n"
        ":env:.index-url='https://nearer.example/simple'\n"
        "global.break-system-packages='true'\n"
    )
    assert bootstrap.translated(listed) == {
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_DEFAULT_INDEX": "https://nearer.example/simple",
        "UV_INDEX": "https://a.example/simple https://b.example/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/etc/ca.pem",
    }


def test_a_package_can_be_left_out_of_a_lock_file() -> None:
    kept = "a==1 \\\n    --hash=sha256:00\n"
    lock = kept + "b==2 ; sys_platform == 'x' \\\n    --hash=sha256:11 \\\n    --hash=sha256:22\nb-c==3\n"
    assert bootstrap.without("b", lock) == kept + "b-c==3\n"


def test_the_real_lock_file_has_hashes_and_no_addresses() -> None:
    for lock in (bootstrap.LOCK, bootstrap.INSTALLER_LOCK):
        text = lock.read_text()
        assert "://" not in text
        assert "index-url" not in text
        packages = [line for line in text.splitlines() if "==" in line and not line.startswith(("#", " "))]
        assert packages
        assert all(line.endswith("\\") for line in packages)
    assert bootstrap.UNPACKAGED + "==" in bootstrap.LOCK.read_text()


@pytest.fixture
def screen_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small tree in the place of the real sources."""
    for name in ("rxconfig.py", "requirements.lock", "deploy/screens.py", "api/rule.py", "assets/style.css"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.setattr(screens, "ROOT", tmp_path)
    return tmp_path


def test_screens_are_built_anew_only_where_a_source_changed(screen_sources: Path) -> None:
    before = screens.fingerprint()
    cache = screen_sources / "api" / "__pycache__"
    cache.mkdir()
    (cache / "rule.pyc").write_text("bytes")
    (screen_sources / "README.md").write_text("words")
    assert screens.fingerprint() == before
    (screen_sources / "assets" / "style.css").write_text("other")
    changed = screens.fingerprint()
    assert changed != before
    (screen_sources / "assets" / "style.css").rename(screen_sources / "assets" / "theme.css")
    assert screens.fingerprint() not in (before, changed)


def test_scripts_speak_to_the_page_s_own_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "assets" / "env.js"
    script.parent.mkdir()
    script.write_text('e={PING:`http://same-origin.invalid/ping`,EVENT:"ws://same-origin.invalid/_event"}')
    packed = script.with_name("env.js.gz")
    packed.write_bytes(gzip.compress(b"old"))
    monkeypatch.setattr(screens, "BUILT", tmp_path)
    screens.bind_to_own_origin()
    bound = 'e={PING:globalThis.location.origin+`/ping`,EVENT:globalThis.location.origin+"/_event"}'
    assert script.read_text() == bound
    assert gzip.decompress(packed.read_bytes()).decode() == bound


@pytest.mark.parametrize("text", ['"see http://same-origin.invalid"', "//same-origin.invalid"])
def test_an_address_that_cannot_be_bound_stops_the_build(text: str) -> None:
    with pytest.raises(screens.BuildError, match="inside another text"):
        screens.own_origin(text)
