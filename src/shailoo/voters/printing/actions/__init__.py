"""Every act on lists on paper: printing, binding, handing over, receiving."""

from shailoo.voters.printing.actions.binding import bind
from shailoo.voters.printing.actions.handing import hand_over, hand_over_all
from shailoo.voters.printing.actions.printing import Ordered, order_batch, print_again, print_list, print_rest
from shailoo.voters.printing.actions.receiving import receive

__all__ = [
    "Ordered",
    "bind",
    "hand_over",
    "hand_over_all",
    "order_batch",
    "print_again",
    "print_list",
    "print_rest",
    "receive",
]
