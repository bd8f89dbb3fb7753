"""The market's figures: counted from the records by the calendar and soon after they are asked for, kept for each unit that has an officer."""
