"""Pictures as data: exact figures in, frozen dataclasses out that a template draws as inline SVG.

Nothing here knows Django, a database or a language. Coordinates are whole units of the picture's own view box, and
colours are only named (a class), so that a page needs no inline style and prints as it shows.
"""
