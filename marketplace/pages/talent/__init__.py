"""The talent network as a whole, for officers: key people and groups, the capability map, the shortage list. It writes nothing."""
