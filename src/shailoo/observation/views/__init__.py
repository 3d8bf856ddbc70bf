"""The pages of observation: for senders, for the desk of a commission, for the public."""
