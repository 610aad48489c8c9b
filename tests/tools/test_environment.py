"""Keeping `.venv` at what the lock files say."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment

RUNTIME, DEVELOPMENT, BROWSER = environment.RUNTIME, environment.DEVELOPMENT, environment.BROWSER


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with its lock files."""
    for lock in (RUNTIME, DEVELOPMENT, BROWSER):
        (tmp_path / lock).write_text(lock)
    venv = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "VENV": venv, "INSTALLED": venv / "installed", "UNFINISHED": venv / "unfinished"}
    for name, place in places.items():
        monkeypatch.setattr(environment, name, place)
    return tmp_path


@pytest.fixture
def ran(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was run instead of `python -m venv` and of pip, which succeed."""
    commands: list[str] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess:
        if "venv" in command:
            make_venv(project / ".venv")
        commands.append("venv" if "venv" in command else command[-1])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def make_venv(venv: Path) -> None:
    shutil.rmtree(venv, ignore_errors=True)
    (venv / "lib" / f"python{environment.VERSION}" / "site-packages").mkdir(parents=True)
    (venv / "bin").mkdir()
    (venv / "bin" / "python").touch()


def pip_ends_with(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda command, **options: subprocess.CompletedProcess(command, code))


def test_the_first_call_makes_the_environment_and_installs(ran: list[str]):
    environment.main(RUNTIME)
    assert ran == ["venv", RUNTIME]


def test_the_next_call_does_nothing(ran: list[str]):
    environment.main(RUNTIME)
    environment.main(RUNTIME)
    assert ran == ["venv", RUNTIME]


def test_packages_to_work_with_include_those_to_run_with(ran: list[str]):
    environment.main(DEVELOPMENT)
    environment.main(RUNTIME)
    assert ran == ["venv", DEVELOPMENT]


def test_packages_to_drive_a_browser_with_include_all_others(ran: list[str]):
    environment.main(BROWSER)
    environment.main(DEVELOPMENT)
    environment.main(RUNTIME)
    assert ran == ["venv", BROWSER]


def test_packages_to_work_with_are_not_enough_to_drive_a_browser(ran: list[str]):
    environment.main(DEVELOPMENT)
    environment.main(BROWSER)
    assert ran == ["venv", DEVELOPMENT, BROWSER]


def test_packages_to_run_with_are_not_enough_to_work_with(ran: list[str]):
    environment.main(RUNTIME)
    environment.main(DEVELOPMENT)
    assert ran == ["venv", RUNTIME, DEVELOPMENT]


def test_a_changed_lock_is_installed_again(ran: list[str], project: Path):
    environment.main(RUNTIME)
    (project / RUNTIME).write_text("newer")
    environment.main(RUNTIME)
    assert ran == ["venv", RUNTIME, RUNTIME]


def test_a_lock_that_was_only_touched_is_not(ran: list[str], project: Path):
    environment.main(RUNTIME)
    (project / RUNTIME).write_text(RUNTIME)
    environment.main(RUNTIME)
    assert ran == ["venv", RUNTIME]


def test_another_release_in_between_is_not_forgotten(ran: list[str], project: Path):
    environment.main(DEVELOPMENT)
    (project / RUNTIME).write_text("newer")
    environment.main(RUNTIME)
    (project / RUNTIME).write_text(RUNTIME)
    environment.main(DEVELOPMENT)
    assert ran == ["venv", DEVELOPMENT, RUNTIME, DEVELOPMENT]


def test_an_installation_that_was_killed_is_begun_anew(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    environment.main(RUNTIME)
    with monkeypatch.context() as patch:
        pip_ends_with(-9, patch)
        with pytest.raises(SystemExit, match="could not be installed"):
            environment.main(DEVELOPMENT)

    environment.main(RUNTIME)

    assert ran == ["venv", RUNTIME, "venv", RUNTIME]


def test_an_installation_that_failed_leaves_what_was_there(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    environment.main(RUNTIME)
    with monkeypatch.context() as patch:
        pip_ends_with(1, patch)
        with pytest.raises(SystemExit, match="could not be installed"):
            environment.main(DEVELOPMENT)

    environment.main(RUNTIME)

    assert ran == ["venv", RUNTIME]


def test_an_environment_without_its_interpreter_is_made_anew(ran: list[str], project: Path):
    environment.main(RUNTIME)
    (project / ".venv" / "bin" / "python").unlink()
    environment.main(RUNTIME)
    assert ran == ["venv", RUNTIME, "venv", RUNTIME]


def test_an_old_python_is_told_what_to_install(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"apt install python3\.11 python3\.11-venv"):
        environment.main(RUNTIME)
    assert ran == []


def test_a_python_without_venv_is_told_what_to_install(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else found(name))
    with pytest.raises(SystemExit, match=f"apt install python{re.escape(environment.VERSION)}-venv"):
        environment.main(RUNTIME)
    assert ran == []


def test_an_old_python_can_read_the_file():
    ast.parse(Path(environment.__file__).read_text(), feature_version=(3, 6))


def test_each_lock_repeats_every_pin_of_the_smaller():
    assert pins(RUNTIME) <= pins(DEVELOPMENT) <= pins(BROWSER)
    assert len(pins(RUNTIME)) >= 10


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT, BROWSER])
def test_a_lock_names_no_host(lock: str):
    text = (environment.ROOT / lock).read_text()
    assert "--hash=sha256:" in text
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[\w.-]+==[^ ;\\]+", (environment.ROOT / lock).read_text(), re.MULTILINE))
