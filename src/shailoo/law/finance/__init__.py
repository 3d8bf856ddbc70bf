"""Campaign money: funds, donors, spending, reports, deposits and their audit (Art. 41, 42, 46, 53.4, 54, 61.2, 62).

Money is `Decimal` som with two places; every limit is a multiple of the calculated index of the day of calling.
"""
