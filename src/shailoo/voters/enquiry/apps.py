from django.apps import AppConfig


class EnquiryConfig(AppConfig):
    name = "shailoo.voters.enquiry"
    label = "voter_enquiry"
