"""Campaigning and mass media: who may campaign, when, how, where, and on what terms (Art. 22 to 29).

Each module holds one subject: its facts, its answer and its rule. `polling` says when campaigning and its bans run.
"""
