"""The statements that read a round's ratings: everybody's or one member's, of all cases or of one.

Each by (of one member?, of one case?), in the order in which the reviews were stored.
"""

# Whose and which: a statement each, so that each is found by the index made for it.
_WHICH = {
    (False, False): "review.round = :round",
    (True, False): "review.round = :round AND review.member = :member",
    (False, True): "review.round = :round AND review.inquiry_case = :case",
    (True, True): (
        "review.round = :round AND review.member = :member AND review.inquiry_case = :case"
    ),
}
RATINGS = {
    which: f"""
SELECT review.member, review.inquiry_case, rating.factor, rating.value, rating.reason,
       rating.confidence, rating.comment, rating.record, review.id
FROM review JOIN rating ON rating.review = review.id
WHERE {where} ORDER BY review.id, rating.factor
"""  # noqa: S608 - our own words
    for which, where in _WHICH.items()
}
EVIDENCE = {
    which: f"""
SELECT evidence.review, evidence.factor, evidence.mark
FROM review JOIN evidence ON evidence.review = review.id
WHERE {where} ORDER BY review.id, evidence.factor, evidence.position
"""  # noqa: S608 - as above
    for which, where in _WHICH.items()
}
