"""Technical associations: skilled people of a district, an enterprise or an industry who take on technical problems."""
