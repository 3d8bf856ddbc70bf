"""What observers say: statements and notes of incidents."""
