"""What people fill in: senders, the desk, observers. Forms only read; the actions decide."""
