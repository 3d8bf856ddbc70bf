"""The pages of commissions at the desk: sittings, votes, minutes, the register of decisions, composition."""
