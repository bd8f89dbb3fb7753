"""What a match is made of, in points of a hundred. One place.

The text's inner weights were measured on real needs and judgements (`search/matching.py`, `benchmarks.relevance`). These know titles only and say
nothing of skills, use or people: how the parts stand to one another is judgement.
"""

TEXT = 45
"""The share of the best match's text score, since a score of words has no upper end."""
SURE_WORDS = 3
"""What holds fewer of the need's words has that much less of it: the best of a poor lot is no good match for one word."""
SKILLS = 20
"""The share of the skills required that the work uses or its people hold. A need that names no skill gives nobody any."""
USED = 8
"""It is used by an enterprise of the need's own field; half of it when only others use it."""
SOLVED = 6
"""Other works of the same makers that are in use: a third for each, up to three."""
MOST_SOLVED = 3
NEAR = 6
"""Somebody of it works for the enterprise that asks, or its studio is hosted there; half of it in the same sub-district."""
FIELD = 7
"""The same technology field; 5 of 7 for another field under the same heading."""
SAME_HEADING = 5
MATURE = 3
"""Ready to be used (TRL or MRL of 7 and more); a third less for each level below, none under 5."""
READY = 7
ANSWERS = 5
"""The share of enquiries that its provider answered; half of the points below FEW enquiries."""
FEW = 5
"""Fewer enquiries than this tell nobody anything, and would tell of single ones."""
