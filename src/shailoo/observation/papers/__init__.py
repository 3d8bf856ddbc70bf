"""The papers of observation: the annex of a decision, a reasoned refusal, the notice that an accreditation ended.

All of them are public documents, so none holds more than what the law publishes: whoever was refused is named by the
number of the application and the place on it.
"""
