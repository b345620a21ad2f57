"""Cases: a health problem opened for answers, with numbered replies and the roles of who wrote them."""
