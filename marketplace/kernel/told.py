"""What people are told of that is no step of a workflow, in words."""

from marketplace.kernel.labels import Label, label

DONE: dict[str, Label] = {
    "ask": label("New question"), "answer": label("Answered"), "announce": label("Announcement"), "grant-role": label("Role given"),
    "extend-role": label("Role changed"), "end-role": label("Role taken"), "borrow-role": label("Role lent to you"),
    "lose-role": label("Role taken"), "change-password": label("Password changed"), "find": label("New for your saved search"),
    "tell": label("Mended since you passed; look again"), "rate": label("Rated"),
    "watch-gone": label("Something that you watch is not public any more"), "watch-version": label("New version of what you watch"),
    "watch-price": label("Another price for what you watch"), "watch-ends": label("What you watch ends soon"),
    "watch-adopted": label("What you watch is used by one more"), "watch-state": label("What you watch has changed"),
}  # fmt: skip
"""Verbs that people are told of and that are no step of a workflow."""
