"""At the door of a commission: the page of the device, what it asks the server, who is inside, numbers by precinct."""
