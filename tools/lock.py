"""`make lock`: resolve requirements/*.in and package.json anew. The results name hashes, never a registry's address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import setup
from stamps import ROOT

FILES = ("dev", "runtime", "uv", "node")
OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version",
    "3.11",
    "--no-emit-index-url",
    "--no-emit-find-links",
)


def main() -> int:
    """0 when every file was resolved. `--upgrade` lets versions rise; without it only what must change does."""
    uv = setup.installer()
    if uv is None:
        print("uv is needed to resolve requirements, and could not be installed", file=sys.stderr)
        return 1
    for name in FILES:
        # What runs must be what was tested: runtime.txt never differs from dev.txt.
        agreed = ("-c", "requirements/dev.txt") if name == "runtime" else ()
        source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
        print(target, flush=True)
        command = [uv, "pip", "compile", "--quiet", *OPTIONS, *agreed, *sys.argv[1:], source, "-o", target]
        subprocess.run(command, cwd=ROOT, check=True)
    print("package-lock.json", flush=True)
    setup.npm("install", "--package-lock-only", "--no-audit", "--no-fund")
    return _complain_of_addresses(ROOT / "package-lock.json", *(ROOT / f"requirements/{name}.txt" for name in FILES))


def _complain_of_addresses(*files: Path) -> int:
    """1 where a resolved file names an address of a registry, which must not be committed."""
    marks = ('"resolved"', "--index-url", "--extra-index-url", "--find-links", " @ http")
    lines = (line for file in files for line in file.read_text().splitlines() if not line.startswith("#"))
    found = [line for line in lines if any(mark in line for mark in marks)]
    print("\n".join(found), file=sys.stderr, end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
