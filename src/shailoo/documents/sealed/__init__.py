"""Personal documents, encrypted at rest: sealed when they come in, opened for the office that decides, erased in time.

`seal` keeps the bytes under the installation's own key, `opened` gives them back, `erase` takes them away for good when
nobody may hold them any longer. That a file was there, when it came and when it went stays on record; what was in it
does not.
"""
