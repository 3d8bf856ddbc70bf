"""What was asked of the demo, and the bytes that it depends on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shailoo.cli.demo.database import fingerprint


@dataclass(frozen=True, slots=True)
class Wish:
    """`results` None means the generated nation; `precincts` None its size of record."""

    results: Path | None
    geography: Path | None
    stage: str
    edition: str | None
    precincts: int | None

    @property
    def fingerprint(self) -> str:
        """The same for the same input and the same program."""
        words = (self.stage, str(self.edition), str(self.precincts), str(self.results and self.results.name))
        return fingerprint(*words, *(path.name for path in self._files), *(path.read_bytes() for path in self._files))

    @property
    def _files(self) -> list[Path]:
        """Every input file, in a fixed order."""
        found = [self.results, options_beside(self.results)] if self.results else []
        if self.geography is not None:
            folder = self.geography
            found += sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else [folder]
        return [path for path in found if path is not None]


def options_beside(results: Path) -> Path | None:
    """The file of ballot options that lies beside the results: "…_precincts.csv" → "…_ballot_options.csv"."""
    beside = results.with_name(results.name.replace("precincts", "ballot_options"))
    return beside if beside != results and beside.is_file() else None


def geography_beside(results: Path | None) -> Path | None:
    """A folder `geography` beside the results' folder."""
    if results is None:
        return None
    folder = results.resolve().parent.parent / "geography"
    return folder if folder.is_dir() else None
