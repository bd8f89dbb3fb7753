"""Fictional data that shows the site in use; every name, firm and figure is made up.

The files under `data/` hold one JSON object a line and refer to each other by `ref`, a stable ascii slug.
Load order: taxonomies (fields, occupations, skills), organisations, enterprises, workers, studios and
associations, needs, consulting_listings, enquiries. Dates are ISO days, [since, until) is half-open, money is
whole yuan. Identity numbers, credit codes and certificate numbers have valid forms and check digits, yet belong to nobody.
"""
