"""The append-only, chained record of every act."""
