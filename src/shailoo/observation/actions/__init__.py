"""Every act of observation: one module for each part of the way from an enquiry to the end of an accreditation."""
