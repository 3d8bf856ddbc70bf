"""The papers of commissions: a published decision and published minutes as frozen, numbered documents."""
