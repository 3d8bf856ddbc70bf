"""Who runs elections: the central, territorial and precinct election commissions."""
