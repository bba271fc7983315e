"""Contact sheets: every screen, empty and filled, wide and narrow, light and dark. `python -m tests.screenshots.sheets [data/checks …]`.

The pictures and a sheet for each screen go to .screenshots/; the main screens of the filled example also go to docs/screenshots/.
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser

from components.ui.screens import SCREENS, Screen
from tests.browsing import browser, complaints, shoot, tab, visit, wider
from tests.serving import ROOT, Served, serve, wait_filled

OUT = ROOT / ".screenshots"
SIZES = {"wide": (1440, 900), "middle": (1024, 768), "phone": (390, 844)}
THEMES = ("light", "dark")
CELL = 560
TALL = 900
README = {
    "project/overview": 1100,
    "scoping/assessment": 800,
    "data/round_result": 800,
    "modelling/baselines": 800,
    "deployment/rollout": 800,
}
README_TALLEST = 1.15


def take(opened: Browser, served: Served, screen: Screen, states: dict[str, str]) -> dict[str, Path]:
    """Photograph a screen in all its states; what the console says and what is too wide is printed."""
    taken: dict[str, Path] = {}
    for state, project in states.items() if screen.needs_project else [("", "")]:
        for size, (width, height) in SIZES.items():
            for theme in THEMES:
                name = "-".join(part for part in (screen.path.replace("/", "-"), state, size, theme) if part)
                with tab(opened, width=width, height=height, dark=theme == "dark") as page:
                    said = complaints(page)
                    visit(page, served.address(screen, project))
                    shoot(page, OUT / f"{name}.png")
                    for line in [*said, *(f"too wide: {one}" for one in wider(page))]:
                        print(f"{name}: {line}")
                taken[name] = OUT / f"{name}.png"
    return taken


def sheet(pictures: dict[str, Path], target: Path) -> None:
    """Lay pictures out in rows of four, each with its name."""
    font = ImageFont.load_default(20)
    cells = []
    for name, path in pictures.items():
        with Image.open(path) as picture:
            share = min(CELL / picture.width, TALL / picture.height)
            cells.append((name, picture.convert("RGB").resize((round(picture.width * share), round(picture.height * share)))))
    rows = [cells[start : start + 4] for start in range(0, len(cells), 4)]
    heights = [max(picture.height for _, picture in row) + 44 for row in rows]
    whole = Image.new("RGB", (4 * (CELL + 16) + 16, sum(heights) + 16), "#808080")
    drawing, top = ImageDraw.Draw(whole), 16
    for row, height in zip(rows, heights, strict=True):
        for column, (name, picture) in enumerate(row):
            left = 16 + column * (CELL + 16)
            drawing.text((left, top), name, fill="white", font=font)
            whole.paste(picture, (left, top + 28))
        top += height
    whole.save(target)


def for_readme(pictures: dict[str, Path], path: str) -> None:
    """Keep the top of a main screen, light and dark, at a moderate size."""
    target, width = ROOT / "docs" / "screenshots", README[path]
    target.mkdir(parents=True, exist_ok=True)
    for theme, ending in zip(THEMES, ("", "-dark"), strict=True):
        with Image.open(pictures[f"{path.replace('/', '-')}-filled-wide-{theme}"]) as picture:
            top = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, round(picture.width * README_TALLEST))))
            smaller = top.resize((width, round(top.height * width / top.width)), Image.Resampling.LANCZOS)
        name = path.split("/")[1].replace("_", "-") + ending
        few = smaller.quantize(192, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)  # rare colours say most
        few.save(target / f"{name}.png", optimize=True)


def main(paths: list[str]) -> None:
    unknown = set(paths) - {screen.path for screen in SCREENS}
    if unknown:
        sys.exit(f"There is no screen {', '.join(sorted(unknown))}. There are: {', '.join(screen.path for screen in SCREENS)}")
    OUT.mkdir(exist_ok=True)
    home = OUT / "home"
    with serve(home) as served, browser() as opened:
        filled = wait_filled(served)
        store = served.store()
        empty = next((project.id for project in store.projects() if project.name == "An empty project"), None)
        empty = empty or store.create_project("An empty project", "nobody").id
        store.close()
        for screen in SCREENS:
            if not paths or screen.path in paths:
                taken = take(opened, served, screen, {"empty": empty, "filled": filled})
                sheet(taken, OUT / f"sheet-{screen.path.replace('/', '-')}.png")
                if screen.path in README:
                    for_readme(taken, screen.path)
                print(OUT / f"sheet-{screen.path.replace('/', '-')}.png", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
