"""The pages of the elections room at the desk: the calendar of an office, lateness, and the elections called."""
