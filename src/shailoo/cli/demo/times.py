"""The demo's own calendar: when its acts are done, in local time of October 2020, as an election runs."""

from __future__ import annotations

from datetime import datetime, timedelta

from shailoo.elections.clock import BISHKEK

APPOINTED = datetime(2020, 6, 30, 9, tzinfo=BISHKEK)
CEC_ORGANIZES = datetime(2020, 7, 1, 12, tzinfo=BISHKEK)
CALLED = datetime(2020, 7, 3, 10, tzinfo=BISHKEK)
PREPARED = datetime(2020, 7, 18, 10, tzinfo=BISHKEK)
DELIVERED = datetime(2020, 7, 24, 10, tzinfo=BISHKEK)
CONTROL_LISTS = datetime(2020, 9, 3, 16, tzinfo=BISHKEK)
LISTS_CLOSED = datetime(2020, 9, 18, 18, tzinfo=BISHKEK)
APPLIED = datetime(2020, 9, 10, 11, tzinfo=BISHKEK)
LISTED = datetime(2020, 9, 14, 11, tzinfo=BISHKEK)
MOBILE = datetime(2020, 9, 25, 10, tzinfo=BISHKEK)
ACCREDITED = datetime(2020, 9, 21, 15, tzinfo=BISHKEK)
LOTS = datetime(2020, 9, 3, 11, tzinfo=BISHKEK)
ELECTION_DAY = datetime(2020, 10, 4, 8, tzinfo=BISHKEK)
FIRST_PAPERS = datetime(2020, 10, 4, 22, 30, tzinfo=BISHKEK)
FILE_COMES = datetime(2020, 10, 5, 1, 45, tzinfo=BISHKEK)
NIGHT = datetime(2020, 10, 5, 2, 40, tzinfo=BISHKEK)
TEC_MEETINGS = datetime(2020, 10, 5, 11, tzinfo=BISHKEK)
TECS_SIGN = datetime(2020, 10, 5, 12, tzinfo=BISHKEK)
COUNTED = datetime(2020, 10, 6, 9, tzinfo=BISHKEK)
CEC_READS = datetime(2020, 10, 15, 15, tzinfo=BISHKEK)
CEC_DETERMINES = datetime(2020, 10, 16, 14, tzinfo=BISHKEK)
PUBLISHED = datetime(2020, 10, 16, 17, tzinfo=BISHKEK)
AFTERWARDS = datetime(2020, 10, 16, 18, tzinfo=BISHKEK)
A_MOMENT = timedelta(minutes=2)
