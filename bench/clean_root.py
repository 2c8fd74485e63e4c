"""Do the container's steps work in a clean Debian, where no container engine is at hand?

    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm ROOT
    sudo .venv/bin/python bench/clean_root.py ROOT [--bind PATH ...]

Carries out `deploy/Dockerfile` line by line in that root, with Debian's Python in the place of the image's.
What its command starts has a read-only file system but for /tmp, another user, and no more; its health check
must say yes, the page and its versions must be answered, and SIGTERM must end it. `--bind` lends a path of
this machine to the steps, such as pip's settings.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FROM_OUTSIDE = ("PIP_", "SSL_", "HTTP", "http", "NO_PROXY")


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a Dockerfile, joined where they go on, without comments."""
    whole = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    for line in filter(None, map(str.strip, whole.splitlines())):
        name, _, rest = line.partition(" ")
        yield name, rest.strip()


class Root:
    """A root directory in which the steps are carried out."""

    def __init__(self, path: Path, binds: list[Path]) -> None:
        self.path, self.binds = path, binds
        self.environment = {
            name: value for name, value in os.environ.items() if name.startswith(FROM_OUTSIDE)
        }
        self.environment |= {"PATH": "/opt/python/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
        self.user, self.place, self.health, self.command = "root", "/", "", ""

    def inside(self, command: str, user: str = "root", is_closed: bool = False) -> list[str]:
        """A command in the root, in its own view of the file system; closed, it can write to /tmp only."""
        at = shlex.quote(str(self.path))
        mounts = [f"mount --bind {at} {at}"]
        if is_closed:
            mounts += [f"mount -o remount,ro,bind {at}", f"mount -t tmpfs tmpfs {at}/tmp"]
        else:
            mounts += [f"mkdir -p {at}{path} && mount --bind {path} {at}{path}" for path in self.binds]
        mounts += [f"mount -t proc proc {at}/proc", f"mount --bind /dev {at}/dev"]
        run = f"cd {self.place} && exec {command}" if is_closed else f"cd {self.place} && {command}"
        into = f"exec chroot --userspec={user}:{user} {at} /bin/sh -c {shlex.quote(run)}"
        return ["unshare", "--mount", "/bin/sh", "-ec", "\n".join([*mounts, into])]

    def run(self, command: str) -> None:
        print(f"  {command[:100]}", flush=True)
        subprocess.run(self.inside(command), env=self.environment, check=True)

    def carry_out(self, name: str, rest: str) -> None:
        """One instruction; raises `ValueError` for one that is not known here."""
        print(name, rest[:100], flush=True)
        match name:
            case "FROM":
                self.run("python3 -m venv /opt/python")
            case "RUN":
                self.run(self._filled(rest))
            case "COPY":
                self._copy(*shlex.split(rest))
            case "WORKDIR":
                self.place = rest
                (self.path / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "ARG" | "ENV":
                self.environment |= dict(each.split("=", 1) for each in shlex.split(rest))
            case "USER":
                self.user = rest
            case "HEALTHCHECK":
                self.health = shlex.join(json.loads(rest[rest.index("[") :]))
            case "CMD":
                self.command = shlex.join(json.loads(rest))
            case "EXPOSE":
                pass
            case _:
                raise ValueError(name)

    def _filled(self, command: str) -> str:
        return re.sub(r"\$REQUIREMENTS\b", self.environment.get("REQUIREMENTS", ""), command)

    def _copy(self, *names: str) -> None:
        target = self.path / self.place.lstrip("/") / names[-1]
        for name in names[:-1]:
            source = PROJECT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "secrets.toml")
                shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True)
            else:
                shutil.copy(source, target if len(names) == 2 and names[-1] != "." else target / name)


def served(root: Root) -> None:
    """Start what the container starts, and hold it to what is promised of it."""
    process = subprocess.Popen(root.inside(root.command, root.user, is_closed=True), env=root.environment)
    try:
        for _ in range(60):
            time.sleep(1)
            check = subprocess.run(
                root.inside(root.health, root.user, is_closed=True), env=root.environment, check=False
            )
            if check.returncode == 0:
                break
        else:
            raise SystemExit("the health check never said yes")
        with urllib.request.urlopen("http://localhost:8501/version", timeout=5) as answer:
            print("versions:", answer.read().decode())
        with urllib.request.urlopen("http://localhost:8501/", timeout=5) as answer:
            assert answer.status == 200
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        print(f"stopped {time.monotonic() - begun:.1f} s after SIGTERM")
    finally:
        process.kill()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--bind", type=Path, action="append", default=[])
    given = parser.parse_args()
    root = Root(given.root.resolve(), given.bind)
    for name, rest in instructions((PROJECT / "deploy" / "Dockerfile").read_text(encoding="utf-8")):
        root.carry_out(name, rest)
    parts = json.loads((root.path / "page" / "sbom.json").read_text(encoding="utf-8"))["components"]
    names = {part["name"].lower() for part in parts}
    assert {"streamlit", "pandas"} <= names and "cyclonedx-bom" not in names, sorted(names)
    print(f"sbom.json names {len(parts)} packages")
    served(root)


if __name__ == "__main__":
    main()
