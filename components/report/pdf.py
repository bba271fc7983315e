"""The report on paper: the same HTML, laid out by WeasyPrint, or by an installed browser where its libraries are missing."""

import logging
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from components.errors import BadInput

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 120


def pdf(page: str) -> bytes:
    """Return a page as PDF. Nothing that it names is fetched, neither from the network nor from the disk.

    Raises
    ------
    BadInput
        Neither the libraries nor a browser are installed.
    """
    try:
        import weasyprint
    except (ImportError, OSError):
        return _by_browser(page)
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it names every property of the screen that paper doesn't have
    nothing = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    made: bytes = weasyprint.HTML(string=page, url_fetcher=nothing).write_pdf()
    return made


def _by_browser(page: str) -> bytes:
    browser = os.environ.get("GROUNDWORK_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise BadInput(
            "This server can't make a PDF: it has neither Pango nor a browser.", "Open the HTML in your browser and print it as PDF."
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(page, encoding="utf-8")
        quiet = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--no-pdf-header-footer"]
        rooted = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [browser, *quiet, *rooted, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise BadInput("The browser of this server made no PDF.", "Open the HTML in your browser and print it as PDF.") from error
