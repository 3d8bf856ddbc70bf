"""What observers say: publishing a statement, noting an incident, and the notes that a commission was told."""
