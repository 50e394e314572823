"""What claims about scores, totals and grades look like (句式): patterns over token tags, as data.

One line a pattern: `kind: TAG TAG|TAG* TAG=name`. A word is a tag of lexicon.py or tokens.py; `|` alternatives,
`?` optional, `*` any number, `+` at least one, `=name` the token whose text is the value. matcher.py compiles them
for spaCy's Matcher; the longest match of a kind counts.
"""

CLAIMS = """
weight: WEIGHT|MAX LINK* POINTS|PCT|NUM=weight
weight: WEIGHT|MAX OPEN LINK? POINTS|PCT|NUM=weight CLOSE
weight: THIS LINK* POINTS=weight
weight: THIS OPEN LINK* POINTS=weight CLOSE
score: SCORE|TOTAL|GET LINK* POINTS=score
score: SCORE|TOTAL LINK* GET LINK* POINTS=score
score: SCORE|TOTAL LINK+ NUM=score
score: SCORE|TOTAL NUM=score
score: SCORE|TOTAL OPEN LINK? POINTS|NUM=score CLOSE
score: FULL POINTS=score
score: FULL OPEN POINTS=score CLOSE
score: GRADEWORD LINK+ POINTS=score
rate: RATE LINK* PCT=score_rate
rate: RATE OPEN LINK? PCT=score_rate CLOSE
listed: POINTS=listed
deduction: DEDUCT LINK* POINTS|NUM=deduction
deduction: DEDUCT GET? LINK* POINTS=deduction
full-mark: FULL=full
full-mark: SCORE LINK+ MAX=full
no-deduction: NODEDUCT=none
no-mark: ZERO=none
grade: GRADEWORD|GRADEWEAK LINK* QUOTE? GRADE=grade
grade: GRADEWORD OPEN GRADE=grade CLOSE
grade: GRADEWORD GRADEWEAK LINK* QUOTE? GRADE=grade
grade: QUOTE GRADE=grade QUOTE O? GRADEWEAK
"""
