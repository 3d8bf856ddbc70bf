"""Public lots that anyone can repeat: a frozen list, public dice, and tickets that follow from both."""
