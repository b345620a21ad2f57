"""What TCX and GPX share: parsing by a grammar, numbers and instants, points into the house's columns."""
