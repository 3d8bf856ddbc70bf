from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "shailoo.elections"

    def ready(self) -> None:
        """Read the law's data before any thread is started: readers that start at once must not build it twice."""
        from shailoo.elections import certified, fulfilments, sittings  # noqa: F401  # they tell what others ask
        from shailoo.law.calendar import events
        from shailoo.law.editions import editions
        from shailoo.law.protocol import correlations, lines

        for read in (editions, lines, correlations, events):
            read()
