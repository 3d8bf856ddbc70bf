"""The desk's counting pages: the queue, the case of one protocol, entry, decisions, papers."""
