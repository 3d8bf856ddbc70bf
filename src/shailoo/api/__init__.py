"""The machines' face: JSON over HTTP, with access rules and idempotency keys."""
