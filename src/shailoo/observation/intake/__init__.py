"""What comes in from senders: lists of people as files, photographs, archives; read, judged, never lost."""
