"""Every act of a public lot, in its order: the list is frozen, published, the dice are entered twice, the lot drawn."""

from shailoo.lots.actions.drawing import draw_round
from shailoo.lots.actions.freezing import Plan, Turn, freeze_list, objections, publish_list, void
from shailoo.lots.actions.seeding import Entered, enter_seed, present_at

__all__ = [
    "Entered",
    "Plan",
    "Turn",
    "draw_round",
    "enter_seed",
    "freeze_list",
    "objections",
    "present_at",
    "publish_list",
    "void",
]
