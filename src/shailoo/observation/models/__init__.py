"""The tables of observation."""

from shailoo.observation.models.answers import Accreditation, Answer, Ending, Interpreter, Withdrawal
from shailoo.observation.models.applications import Applicant, Application, ListUpload, MinistryReview, Paper
from shailoo.observation.models.deciding import (
    Answering,
    AnswerList,
    AssistanceAnswer,
    AssistanceRequest,
    ListedAnswer,
    ListGivenUp,
    Renewal,
    Sample,
)
from shailoo.observation.models.presence import Passage
from shailoo.observation.models.reports import IncidentNote, Statement
from shailoo.observation.models.senders import Enquiry, Message, Sender

__all__ = [
    "Accreditation",
    "Answer",
    "AnswerList",
    "Answering",
    "Applicant",
    "Application",
    "AssistanceAnswer",
    "AssistanceRequest",
    "Ending",
    "Enquiry",
    "IncidentNote",
    "Interpreter",
    "ListGivenUp",
    "ListUpload",
    "ListedAnswer",
    "Message",
    "MinistryReview",
    "Paper",
    "Passage",
    "Renewal",
    "Sample",
    "Sender",
    "Statement",
    "Withdrawal",
]
