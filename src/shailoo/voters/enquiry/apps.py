from django.apps import AppConfig


class EnquiryConfig(AppConfig):
    name = "shailoo.voters.enquiry"
    label = "voter_enquiry"

    def ready(self) -> None:
        """Tell the queue which works this room has."""
        from shailoo.voters import rooms
        from shailoo.voters.enquiry import jobs, places

        del jobs  # imported so that they enter themselves
        rooms.enter(places.__name__, places.open_to)
