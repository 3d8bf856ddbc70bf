"""`shailoo sealed`: personal documents under seal: how many there are, whether each opens, and a new key for them."""

from __future__ import annotations

from cyclopts import App

from shailoo.cli.environment import DONE, FAILED, require_tables, start_django

app = App(
    name="sealed",
    help="""Personal documents that are encrypted at rest: their number, a check that each opens, a new key.

    The keys lie in the folder of the installation's data, never in the database: keep a copy of both apart.

    Exit codes: 0 done, 1 a document does not open.
    """,
)
BATCH = 200


@app.command
def check() -> int:
    """Open every sealed document, and name those that do not open; nothing of their content is shown."""
    start_django()
    require_tables()
    from shailoo.documents.sealed.actions import DamagedError, opened
    from shailoo.documents.sealed.models import SealedFile

    held, damaged = 0, 0
    for file in SealedFile.objects.filter(ciphertext__isnull=False).order_by("pk").iterator(chunk_size=BATCH):
        held += 1
        try:
            opened(file)
        except DamagedError:
            damaged += 1
            print(f"does not open: {file.kind} of {file.subject}, number {file.pk}")
    erased = SealedFile.objects.filter(ciphertext__isnull=True).count()
    print(f"{held} under seal, {damaged} of them do not open; {erased} erased")
    return FAILED if damaged else DONE


@app.command
def renew_key() -> int:
    """Make a new key. What comes in is sealed with it from now on; what was sealed before is opened by the old one."""
    start_django()
    require_tables()
    from pathlib import Path

    from django.conf import settings

    from shailoo import keys

    print(f"personal documents are sealed with key {keys.renew_sealing_key(Path(settings.DATA))} from now on")
    return DONE
