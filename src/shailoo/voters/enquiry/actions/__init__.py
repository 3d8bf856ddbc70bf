"""Every act of this room: an edition is counted, a station's way in is told, the search of places is made anew."""

from shailoo.voters.enquiry.actions.access import Access, tell_access
from shailoo.voters.enquiry.actions.counting import count_edition, not_to_count
from shailoo.voters.enquiry.actions.places import renew_places

__all__ = ["Access", "count_edition", "not_to_count", "renew_places", "tell_access"]
