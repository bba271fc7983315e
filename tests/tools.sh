#!/usr/bin/env bash
# A browser, PostgreSQL, Java and promtool for the tests: those that are installed, else Debian's when root, else what Playwright brings.
set -euo pipefail

browser() {
  command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable ||
    ls "${HOME}"/.cache/ms-playwright/chromium*/chrome-linux*/chrome 2>/dev/null | head -n 1
}
postgres() { ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | head -n 1 || command -v initdb; }

wanted=()
[ -n "$(browser || true)" ] || wanted+=(chromium)
[ -n "$(postgres || true)" ] || wanted+=(postgresql)
java -version >/dev/null 2>&1 || wanted+=(openjdk-17-jre-headless)
if [ ${#wanted[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${wanted[*]} ..."
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
fi
if ! command -v promtool >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # only the one program out of Debian's package: installing all of it would start a server
  echo "Fetching promtool ..."
  folder="$(mktemp -d)"
  apt-get update -qq >/dev/null
  (cd "$folder" && apt-get download -qq prometheus >/dev/null 2>&1 && dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x -C / ./usr/bin/promtool) ||
    echo "promtool could not be fetched: the test of the Prometheus rules is skipped." >&2
  rm -rf "$folder"
fi
[ -n "$(browser || true)" ] || .venv/bin/python -m playwright install chromium
[ -n "$(browser || true)" ] || { echo "No browser was found for the tests: install chromium." >&2; exit 1; }
[ -n "$(postgres || true)" ] || { echo "PostgreSQL was not found for the tests: install the package postgresql." >&2; exit 1; }
java -version >/dev/null 2>&1 || { echo "Java was not found for the tests: install Java 17 or newer (openjdk-17-jre-headless)." >&2; exit 1; }
