"""How an account is told: its e-mail address, and for each topic on the site, by mail, in a digest or not at all."""
