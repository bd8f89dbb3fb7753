"""The Bolt engine and the map of the domain. Knows neither Flask nor the marketplace."""
