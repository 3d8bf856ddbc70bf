"""The paper that tells a voter of an answer, and the register of mobile voting as it hangs at the station."""
