"""Every read of the public side: one's own entry, stations and places, and the numbers of an edition."""
