"""What the State Registry Service sends: manifest, signature and file; pure, without a database."""
