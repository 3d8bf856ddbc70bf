"""How often a PIN was tried in vain today. A keyed hash of PIN and day stands for it; yesterday's are swept away.

The hash holds the day, so that nobody waits for a row that is being swept. The table is unlogged: counts need not
survive a crash, and no copy of the database's log holds them.
"""

from __future__ import annotations

from datetime import date

from django.utils.crypto import salted_hmac

MOST_WRONG = 5  # tries in a day; from then on a PIN is answered like one that is not listed
TABLE = "voter_enquiry_tries"


def mark_of(pin: str, day: date) -> str:
    """What stands for a PIN on a day."""
    return salted_hmac("shailoo.voters.enquiry.tries", f"{day.isoformat()}\n{pin}", algorithm="sha256").hexdigest()
