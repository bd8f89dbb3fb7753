"""`python -m tests.screens DIR`: a photograph of each page for each role that sees it differently, and contact sheets."""
