"""Write down how every legal form looks now, for the tests to hold. Look at the papers before you run it.

`tools/looks.py FOLDER` puts the pages there as pictures, to be looked at, and writes nothing down.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """0 when everything was written."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shailoo.settings")
    import django

    django.setup()
    if len(sys.argv) > 1:
        return _show(Path(sys.argv[1]))
    from tests.documents.test_looks import LOOKS, OURS, looks, written

    for old in LOOKS.glob("*.txt"):
        old.unlink()
    for kind, language in OURS:
        (LOOKS / f"{kind}-{language}.txt").write_text(written(looks(kind, language)), encoding="ascii")
    print(f"{len(OURS)} forms written to {LOOKS.relative_to(ROOT)}")
    return 0


def _show(folder: Path) -> int:
    from tests.documents.samples import SAMPLES, imprint
    from tests.documents.test_looks import OURS

    from shailoo.documents.forms import fitted, form_of
    from shailoo.documents.rendering import pictures

    folder.mkdir(parents=True, exist_ok=True)
    for kind, language in OURS:
        form = form_of(kind)
        data = fitted(form, SAMPLES[kind](kind, language), language)
        for number, page in enumerate(pictures(form.template, data, imprint(kind, language), dots=100), 1):
            (folder / f"{kind}-{language}-{number}.png").write_bytes(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
