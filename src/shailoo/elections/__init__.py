"""Which election: its votings, ballot options, precincts that vote, and the edition of the law it is pinned to."""
