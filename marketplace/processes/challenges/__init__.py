"""A challenge from its deadline to its result: experts without conflicts, the choice, objections, contracts."""
