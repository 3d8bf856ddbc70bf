"""A worker that prints a batch and is killed by signal 9: a file is on disk, and nothing of it is on record yet.

python -m tests.voters.printing.killed BATCH FILES
"""

from __future__ import annotations

import os
import signal
import sys

import django


def main(batch: int, files: int) -> None:
    """Print until so many files are written; the last of them is of nobody."""
    django.setup()
    from shailoo.jobs.progress import Unwatched
    from shailoo.voters.printing import vault
    from shailoo.voters.printing.jobs import print_batch

    left = [files]
    put = vault.put

    def put_and_die(content: bytes) -> tuple[str, int]:
        answer = put(content)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(vault, "put", put_and_die)  # noqa: B010  # a module is patched, which a type checker does not let pass
    print_batch(Unwatched(), batch)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
