"""What voters ask of the lists: that they be listed, a mistake corrected, another voting address, the mobile box.

An application changes no list. It goes from the precinct commission to the State Registry Service, and a positive
answer is taken only once a delivery has changed the register accordingly.
"""
