"""How numbers, shares, dates and citations are written in Kyrgyz, Russian and English."""
