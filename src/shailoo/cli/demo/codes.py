"""`shailoo demo-code`: what the authenticator app of a person of the demo shows now.

Each person's secret follows from the user name and from a seed that this installation has drawn and keeps beside its
data: nobody elsewhere can work it out, and the demo needs no phone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from pathlib import Path

from shailoo.cli.environment import DONE, REFUSED, leave
from shailoo.keys import demo_seed
from shailoo.postgres import default_data_dir

PERIOD, DIGITS = 30, 6  # seconds that a code is shown, and its length, as apps expect them


def code(name: str) -> int:
    """Print the code that opens the second step of a demo person's sign-in now, and how long it is shown.

    Parameters
    ----------
    name
        The user name, as the demo lists it: cec-chair, tec-kg02205-operator-1.
    """
    if not name.isascii() or not name.strip():
        leave("name a person of the demo, such as cec-chair.", REFUSED)
    now = time.time()
    print(f"{shown(secret(name.strip().lower(), default_data_dir()), now)}   ({PERIOD - int(now) % PERIOD} s)")
    return DONE


def secret(username: str, data: Path) -> str:
    """The secret of a person's app, in the letters of base 32, by the seed of the installation in the folder `data`."""
    derived = hmac.digest(demo_seed(data), username.encode(), "sha256")
    return base64.b32encode(derived[:20]).decode()


def shown(letters: str, at: float) -> str:
    """The six digits of a secret at an instant (seconds of Unix time), by RFC 6238."""
    digest = hmac.digest(base64.b32decode(letters), (int(at) // PERIOD).to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"
