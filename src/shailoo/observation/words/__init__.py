"""The words of observation in the language of the page."""
