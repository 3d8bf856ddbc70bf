"""Who watches an election and who acts in it for others (Art. 8 to 12, 17 to 20, Regulation on observers).

Observers, media, representatives in commissions, authorized representatives, proxies: who may hold such a mandate and
who may not (`people`, `exclusions`, `conflicts`), what each may do (`powers`, `conduct`), and how one is obtained and
lost (`observers`, `accreditation`, `revocation`, `representatives`, `media`). `commissions` says who attends.
"""
