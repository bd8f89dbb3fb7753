"""What every room stands on: permissions, workflow, the unit of work. No Flask."""
