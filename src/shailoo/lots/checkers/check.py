"""Check a lot: python3 check.py lot.json"""

import hashlib
import json
import sys
from pathlib import Path


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


lot = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
holds = lot["list_hash"] == sha("".join(f"{n}. {label}\n" for n, label in enumerate(lot["items"], 1)))
left = set(range(1, len(lot["items"]) + 1))
for r in lot["rounds"]:
    order = sorted((sha(f"{lot['purpose']}|{lot['list_hash']}|{r['round']}|{r['seed']}|{n}"), n) for n in left)
    drawn = order[: r["drawn"]]
    holds &= [(row["ticket"], row["item"], row["drawn"]) for row in r["order"]] == [(*o, o in drawn) for o in order]
    left -= {n for _ticket, n in drawn} if lot["taking"] == "once" else set()
sys.exit(0 if holds else "This lot does not hold.")
