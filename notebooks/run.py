"""Runs the notebooks and stops at the first that fails.

    python notebooks/run.py [--out FOLDER] [1-an-authoritys-year.ipynb ...]

With a folder, the notebooks are written there with what they gave, and their figures as PNG beside them.
"""

import argparse
import base64
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent
SECONDS = 900


def pictures(notebook):
    """The figures of a notebook, in their order, as PNG."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [base64.b64decode(output.data["image/png"]) for output in outputs if "image/png" in output.get("data", {})]


def run(path, out):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": HERE}})
    client.execute()
    figures = pictures(notebook)
    if out:
        nbformat.write(notebook, out / path.name)
        for at, figure in enumerate(figures, start=1):
            (out / f"{path.stem}-{at}.png").write_bytes(figure)
    return len(figures)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("notebooks", nargs="*", help="file names in this folder; all where none is named")
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
    for path in [HERE / name for name in asked.notebooks] or sorted(HERE.glob("*.ipynb")):
        try:
            print(f"{path.name}: {run(path, asked.out)} figures", flush=True)
        except CellExecutionError as error:
            sys.exit(f"{path.name}: {error}")


if __name__ == "__main__":
    main()
