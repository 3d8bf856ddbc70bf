"""Commissions at work: the quorum of a sitting, the majority of a decision, proposals for the agenda (Art. 12, 18, 36).

Quorum and majority stand in the law on the activity of commissions, to which L12.4 refers; here they are named
readings of the edition, and every answer says which one it rests on.
"""
