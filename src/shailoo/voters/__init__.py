"""The voters' register: deliveries of the State Registry Service, and who is listed where (Art. 3, 14, 16)."""
