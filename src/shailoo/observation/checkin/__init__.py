"""At the door of a commission: who comes, whether the law lets them in, and the list that a device keeps for it."""
