"""Long work of this room and of the ledger below it: checking every kept file, and the ledger's export as a file."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone

from shailoo.documents.actions import store
from shailoo.documents.models import StoredFile
from shailoo.documents.queries import FileDamagedError, content
from shailoo.documents.serving import served
from shailoo.jobs.kinds import Interrupted, Kind, Result, register
from shailoo.jobs.progress import Progress, WorkFailedError
from shailoo.keys import signing_key
from shailoo.ledger.export import Exported, NothingSignedError, export
from shailoo.ledger.minisign import public_key

MOST_TOLD = 20  # damaged files that the result names
ZIP = "application/zip"


def check_files(progress: Progress) -> Result:
    """Read every kept file and compare it with its hash. Returns counts, and the hashes of the first damaged files."""
    total, damaged = StoredFile.objects.count(), []
    progress.step(0, total, "checking_files")
    size = 0
    for number, file in enumerate(StoredFile.objects.order_by("sha256").iterator(chunk_size=500), 1):
        try:
            size += len(content(file))
        except FileDamagedError:
            damaged.append(file.sha256)
        progress.step(min(number, total), total, "checking_files")  # more can come while it is read
    told = [{"code": "file_damaged", "where": digest} for digest in damaged[:MOST_TOLD]]
    verdict = "broken" if damaged else "holds"
    return {"verdict": verdict, "files": total, "bytes": size, "faults": len(damaged), "told": told}


def export_ledger(progress: Progress) -> Result:
    """Write the ledger's public export, pack it, and keep it as a file. Returns its hash and what is in it.

    Raises WorkFailedError where nothing was signed yet: an export would prove nothing.
    """
    with TemporaryDirectory() as place:
        folder, packed = Path(place) / "ledger", Path(place) / "ledger.zip"
        progress.step(0, 3, "exporting")
        made = _written(folder)
        progress.step(1, 3, "packing")
        pack(folder, packed)
        progress.step(2, 3, "keeping")
        kept = store(packed.read_bytes(), ZIP, timezone.now())
    counts = {"acts": made.acts, "withheld": made.withheld, "heads": made.heads}
    return counts | {"sha256": kept.sha256, "size": kept.size, "name": f"ledger-{made.heads}.zip"}


def _written(folder: Path) -> Exported:
    """The export, from one moment of the database."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return export(folder, public_key(signing_key(settings.DATA)))
    except NothingSignedError:
        raise WorkFailedError("nothing_signed") from None


def pack(folder: Path, target: Path) -> None:
    """Pack a folder so that the same content gives the same bytes: in the order of names, without times of day."""
    with zipfile.ZipFile(target, "w") as packed:
        for path in sorted(found for found in folder.rglob("*") if found.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, packed.open(entry, "w", force_zip64=True) as goal:
                shutil.copyfileobj(source, goal)


def exported_file(result: Result) -> HttpResponse:
    """The export for a download. Raises FileDamagedError where its bytes are not those that were kept."""
    file = StoredFile.objects.get(sha256=str(result["sha256"]))
    return served(content(file), file.media_type, str(result["name"]))


register(
    Kind(
        "file_check",
        check_files,
        right="ledger.read",
        interrupted=Interrupted.AGAIN,
        offered=True,
        subject="files",
    )
)
register(
    Kind(
        "ledger_export",
        export_ledger,
        right="ledger.read",
        interrupted=Interrupted.AGAIN,
        offered=True,
        subject="ledger",
        deliver=exported_file,
    )
)
