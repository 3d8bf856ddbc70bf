"""Who votes, where and how: suffrage, precincts, voter lists, ballots, polling (Art. 1 to 7, 13 to 16, 30 to 34)."""
