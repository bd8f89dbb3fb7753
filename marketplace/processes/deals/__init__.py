"""An accepted offer becomes a contract; of a transfer, its contributors are asked first."""
