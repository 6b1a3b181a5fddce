"""Times `kinfolk placements` against `polars.read_csv` on generated returns of five years.

polars reads every file and does nothing with it; kinfolk reads them, holds the rows against the
rules, makes one history of each child and measures stability under six rules. What is promised for a
million children: at most three times the time of polars on the same cores, 30 s and 6 GB.

    pip install polars
    cargo build --release
    python benches/peers/returns_csv.py [--children 1000000] [--kinfolk target/release/kinfolk]
"""

import argparse
import glob
import json
import os
import resource
import subprocess
import tempfile
import time

N_RUNS = 3
LAST_DAY = "2025-03-31"


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
    arguments.add_argument("--children", type=int, default=1_000_000)
    arguments.add_argument("--kinfolk", default="target/release/kinfolk")
    arguments.add_argument("--threads", type=int, default=2)
    asked = arguments.parse_args()

    # Both programs look at these when they start.
    os.environ["POLARS_MAX_THREADS"] = os.environ["RAYON_NUM_THREADS"] = str(asked.threads)
    import polars

    version = subprocess.run(
        [asked.kinfolk, "--version"], check=True, capture_output=True, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as parent:
        folder = os.path.join(parent, "returns")
        synth = [asked.kinfolk, "--quiet", "synth", "--returns", "--dense", "--children", str(asked.children)]
        subprocess.run([*synth, "--seed", "1", "--out", folder], check=True)
        files = sorted(glob.glob(os.path.join(folder, "**", "*.csv"), recursive=True))
        megabytes = sum(os.path.getsize(file) for file in files) / 1e6
        measure = [asked.kinfolk, "--quiet", "placements", folder, "--on", LAST_DAY]
        outcome = subprocess.run(measure, capture_output=True, text=True)
        estimates = json.loads(outcome.stdout)["estimates"]
        read = lambda: [polars.read_csv(file) for file in files]
        rows = sum(frame.height for file, frame in zip(files, read()) if "episodes" in file)
        kept = next(
            record["value"]
            for record in estimates
            if record["measure"] == "stability.rows" and record["group"] == "became=read"
        )
        assert kept == rows, (kept, rows)
        peer = best(read)
        ours = best(lambda: subprocess.run(measure, capture_output=True))

    gigabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"{asked.children:,} children, {rows:,} rows of episodes, {megabytes:.0f} MB")
    print(f"polars {polars.__version__} reads on {asked.threads} threads: {peer:.2f} s")
    print(f"{version} reads, checks, stitches and measures: {ours:.2f} s, {gigabytes:.2f} GB")
    print(f"ratio: {ours / peer:.2f} (at most 3 is promised)")


if __name__ == "__main__":
    main()
