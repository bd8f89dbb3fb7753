"""Workers' innovation studios: hosted by an enterprise, led by a person, with members who come and go."""
