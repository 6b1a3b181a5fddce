"""The look of the figures in these notebooks: one column of a journal, readable in grey."""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib import font_manager

FONTS = Path(__file__).resolve().parent.parent / "crates" / "kinfolk-charts" / "fonts"

PROGRAMME = "#12436D"
COMPARATOR = "#F46A25"
INK = "#3D3D3D"
GREY = "#BFBFBF"
PALE = "#ADD1F1"


def style():
    """Call once, before the first figure."""
    for font in FONTS.glob("*.ttf"):
        font_manager.fontManager.addfont(font)
    plt.rcParams.update(
        {
            "figure.figsize": (6.4, 3.6),
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "savefig.bbox": "tight",
            "font.family": ["Source Sans 3"],
            "font.size": 11,
            "axes.titlesize": 12.5,
            "axes.titleweight": "semibold",
            "axes.titlelocation": "left",
            "axes.edgecolor": INK,
            "axes.labelcolor": INK,
            "text.color": INK,
            "xtick.color": INK,
            "axes.titlepad": 10,
            "ytick.color": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "legend.frameon": False,
        }
    )


def rows_with_intervals(axes, labels, table, colour=PROGRAMME, marker="o", shift=0.0, label=None):
    """A dot and its interval for each row, the first at the top."""
    places = [-at + shift for at in range(len(labels))]
    axes.hlines(places, table["lower"], table["upper"], color=colour, linewidth=1.4)
    axes.plot(table["value"], places, marker, color=colour, markersize=5.5, label=label, clip_on=False)
    axes.set_ylim(-len(labels) + 0.3, 0.7)
    axes.set_yticks([-at for at in range(len(labels))], labels)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=GREY, linewidth=0.5)
    axes.set_axisbelow(True)


def source(figure, text):
    """A line under the figure: where the numbers come from, and how many."""
    figure.text(0.01, -0.02, text, fontsize=9.5, va="top")
