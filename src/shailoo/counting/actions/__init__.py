"""Every change of state of counting: one function per legal act, each one transaction, each a value or a refusal."""

from shailoo.counting.actions.acceptance import Concluded
from shailoo.counting.actions.decisions import accept_with_act, enter_again, explain, return_to_pec, settle
from shailoo.counting.actions.entry import (
    Finished,
    Saved,
    claim,
    fields_to_enter,
    finish,
    keep_draft,
    release,
    save_page,
    take_over,
)
from shailoo.counting.actions.importing import Imported, Plan, Source, import_protocols, plan_import
from shailoo.counting.actions.replacement import replace
from shailoo.counting.actions.scanner_reports import Report, record_scanner_report
from shailoo.counting.actions.scans import attach_scan

__all__ = [
    "Concluded",
    "Finished",
    "Imported",
    "Plan",
    "Report",
    "Saved",
    "Source",
    "accept_with_act",
    "attach_scan",
    "claim",
    "enter_again",
    "explain",
    "fields_to_enter",
    "finish",
    "import_protocols",
    "keep_draft",
    "plan_import",
    "record_scanner_report",
    "release",
    "replace",
    "return_to_pec",
    "save_page",
    "settle",
    "take_over",
]
