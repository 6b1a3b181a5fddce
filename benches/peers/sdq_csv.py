"""Times `kinfolk sdq score` against `polars.read_csv` on one generated file.

polars reads the file and does nothing with it; kinfolk reads it, scores it and writes every row with
its scores to nowhere. What is promised: at most twice the time of polars, on the same cores.

    pip install polars
    cargo build --release
    python benches/peers/sdq_csv.py [--rows 10000000] [--kinfolk target/release/kinfolk]
"""

import argparse
import os
import random
import subprocess
import tempfile
import time

import polars

N_ITEMS = 25
N_RUNS = 3
# A prime, so that rows and days do not keep step.
N_PATTERNS = 9973
CHUNK = 100_000


def write_table(path, n_rows):
    """Ids, days and answers; one answer in twenty is missing."""
    draw = random.Random(2025)
    answers = draw.choices(["0", "1", "2", ""], [45, 30, 20, 5], k=N_ITEMS * N_PATTERNS)
    patterns = [
        ",".join(answers[start : start + N_ITEMS]) for start in range(0, len(answers), N_ITEMS)
    ]
    items = ",".join(f"item_{item}" for item in range(1, N_ITEMS + 1))
    with open(path, "w", encoding="ascii") as table:
        table.write(f"child_id,date,{items}\n")
        for first in range(0, n_rows, CHUNK):
            table.writelines(
                f"C{row:08},2024-{row % 12 + 1:02}-{row % 28 + 1:02},{patterns[row % N_PATTERNS]}\n"
                for row in range(first, min(first + CHUNK, n_rows))
            )


def best(work):
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(N_RUNS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--kinfolk", default="target/release/kinfolk")
    asked = arguments.parse_args()

    version = subprocess.run(
        [asked.kinfolk, "--version"], check=True, capture_output=True, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "answers.csv")
        write_table(path, asked.rows)
        megabytes = os.path.getsize(path) / 1e6
        score = [asked.kinfolk, "--quiet", "sdq", "score", path]
        score += ["--informant", "parent_carer", "-o", os.devnull]
        peer = best(lambda: polars.read_csv(path))
        ours = best(lambda: subprocess.run(score, check=True))

    cores = os.cpu_count()
    print(f"{asked.rows:,} rows of {N_ITEMS + 2} columns, {megabytes:.0f} MB, {cores} cores")
    print(f"polars {polars.__version__} reads: {peer:.2f} s")
    print(f"{version} reads, scores and writes: {ours:.2f} s")
    print(f"ratio: {ours / peer:.2f} (at most 2 is promised)")


if __name__ == "__main__":
    main()
