"""What `marketplace` becomes once the engine is on its way."""

from marketplace.cli import main

main(prog_name="marketplace")
