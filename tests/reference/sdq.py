"""Expected SDQ scores, by decimal arithmetic with halves rounded upwards, of drawn answers.

Writes sdq.csv: 25 answers as digits (a point where there is none), then the scores emotional, conduct,
hyperactivity, peer, prosocial, total, externalising, internalising; blank where there is none.
"""

import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

SCALES = {
    "emotional": [3, 8, 13, 16, 24],
    "conduct": [5, -7, 12, 18, 22],
    "hyperactivity": [2, 10, 15, -21, -25],
    "peer": [6, -11, -14, 19, 23],
    "prosocial": [1, 4, 9, 17, 20],
}
N_QUESTIONNAIRES = 400
# From none missing to a half, so that every number of answered items occurs.
SHARES_MISSING = [0, 0.05, 0.2, 0.35, 0.5]


def scale_score(answers, items):
    """The mean of what is answered, times five; None with fewer than three. A negative item is reversed."""
    points = []
    for item in items:
        answer = answers[abs(item) - 1]
        if answer is not None:
            points.append(2 - answer if item < 0 else answer)
    if len(points) < 3:
        return None
    mean = Decimal(sum(points)) / Decimal(len(points))
    return int((mean * 5).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def add(*scores):
    return None if None in scores else sum(scores)


def main():
    draw = random.Random(1997)
    lines = []
    for row in range(N_QUESTIONNAIRES):
        missing = SHARES_MISSING[row % len(SHARES_MISSING)]
        answers = [None if draw.random() < missing else draw.randrange(3) for _ in range(25)]
        scores = {name: scale_score(answers, items) for name, items in SCALES.items()}
        externalising = add(scores["conduct"], scores["hyperactivity"])
        internalising = add(scores["emotional"], scores["peer"])
        all_scores = [*scores.values(), add(externalising, internalising), externalising, internalising]
        digits = "".join("." if answer is None else str(answer) for answer in answers)
        lines.append(",".join([digits, *("" if score is None else str(score) for score in all_scores)]))
    path = Path(__file__).with_suffix(".csv")
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
