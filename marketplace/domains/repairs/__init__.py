"""What a new version of a published thing answers, said by its publisher: whoever passed for that reason may hear of it."""
