"""Voter lists: numbered editions of three stages, one list for each precinct, frozen; and their way to the voters."""
