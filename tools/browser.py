"""A real browser for the tests: the system's chromium, else one installed by apt (as root), else by playwright."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def ensure() -> Path:
    """The path of a browser that starts. Raises RuntimeError with advice where none can be had."""
    for way in (_named, _of_the_system, _by_apt, _by_playwright):
        found = way()
        if found is not None and _starts(found):
            return found
    raise RuntimeError(
        "no browser for the tests: install chromium (Debian: apt-get install chromium), or name one in SHAILOO_CHROMIUM"
    )


def _named() -> Path | None:
    given = os.environ.get("SHAILOO_CHROMIUM")
    return Path(given) if given else None


def _of_the_system() -> Path | None:
    return next((Path(path) for path in map(shutil.which, NAMES) if path), None)


def _by_apt() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("installing chromium by apt-get ...", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdout=subprocess.DEVNULL, check=False)
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]
    subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL, check=False)
    return _of_the_system()


def _by_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    if not path.exists():
        print("installing chromium by playwright ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return path if path.exists() else None


def _starts(browser: Path) -> bool:
    """Whether it can show an empty page here: a program without its libraries, or a snap in a container, cannot."""
    command = [str(browser), "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        shown = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return shown.returncode == 0 and b"<html" in shown.stdout
