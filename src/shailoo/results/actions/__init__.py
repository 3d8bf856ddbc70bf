"""Every change of state in results: one function for each legal act."""

from __future__ import annotations

from shailoo.results.actions.determination import Complaints, determine
from shailoo.results.actions.invalidation import invalidate, lift
from shailoo.results.actions.publication import publish
from shailoo.results.actions.questions import decide_question
from shailoo.results.actions.readings import take_reading
from shailoo.results.actions.territorial import FinalMeeting, sign_tec_protocol

__all__ = [
    "Complaints",
    "FinalMeeting",
    "decide_question",
    "determine",
    "invalidate",
    "lift",
    "publish",
    "sign_tec_protocol",
    "take_reading",
]
