"""Registration of candidates and lists, its end, and the mandates that follow from it (Art. 46, 53, 61, 65).

`admission` registers or refuses, `cure` gives time to correct, `withdrawal` and `cancellation` end a registration,
`mandate_award`, `mandate_end` and `succession` say who is a deputy and who follows.
"""
