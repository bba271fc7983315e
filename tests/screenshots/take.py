"""One picture of one address: `python -m tests.screenshots.take URL OUT.png [--dark] [--phone]`."""

import argparse
from pathlib import Path

from tests.browsing import browser, complaints, shoot, tab, visit, wider


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--phone", action="store_true")
    asked = parser.parse_args()
    width, height = (390, 844) if asked.phone else (1440, 900)
    with browser() as opened, tab(opened, width=width, height=height, dark=asked.dark) as page:
        said = complaints(page)
        visit(page, asked.url)
        shoot(page, asked.out)
        for line in [*said, *wider(page)]:
            print(line)


if __name__ == "__main__":
    main()
