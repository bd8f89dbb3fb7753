"""Which achievement a patent protects: said by whoever may edit both."""
