"""Every change of the lists and of what became of them, one function per act."""

from shailoo.voters.lists.actions.compiling import Compiled, compile_edition, not_to_compile
from shailoo.voters.lists.actions.posting import Told, post_list
from shailoo.voters.lists.actions.publishing import not_to_publish, not_to_take_down, publish_edition, take_down

__all__ = [
    "Compiled",
    "Told",
    "compile_edition",
    "not_to_compile",
    "not_to_publish",
    "not_to_take_down",
    "post_list",
    "publish_edition",
    "take_down",
]
