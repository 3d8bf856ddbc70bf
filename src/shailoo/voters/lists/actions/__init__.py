"""Every change of the lists and of what became of them, one function per act."""

from shailoo.voters.lists.actions.compiling import Compiled, compile_edition

__all__ = ["Compiled", "compile_edition"]
