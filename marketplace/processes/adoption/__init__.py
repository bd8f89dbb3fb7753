"""Where an achievement is used: the makers say it, the adopter confirms, corrects or denies it, or enters it."""
