"""Signing in with an account of an OpenID Connect provider, where the settings name one."""

import secrets
from functools import cache
from typing import Any

from components.errors import BadInput
from components.server import resources

COOKIE = "_streamlit_user"
"""The signed cookie in which Streamlit keeps who signed in."""
FEWEST_SIGNS = 32


def required() -> bool:
    """Whether people sign in here."""
    return bool(resources.settings().oidc_metadata_url)


@cache
def _passing_secret() -> str:
    return secrets.token_hex(32)


def section() -> dict[str, Any] | None:
    """Return what Streamlit needs to know of the provider; None where people sign in nowhere.

    Raises
    ------
    BadInput
        A setting is missing.
    """
    found = resources.settings()
    if not found.oidc_metadata_url:
        return None
    if not found.oidc_client_id or not found.oidc_client_secret or not found.public_url:
        raise BadInput(
            "GROUNDWORK_OIDC_METADATA_URL is set, but not all that belongs to it.",
            "Set GROUNDWORK_OIDC_CLIENT_ID, GROUNDWORK_OIDC_CLIENT_SECRET and GROUNDWORK_PUBLIC_URL too.",
        )
    if found.cookie_secret and len(found.cookie_secret) < FEWEST_SIGNS:
        raise BadInput("GROUNDWORK_COOKIE_SECRET is short.", f"Take {FEWEST_SIGNS} random signs or more.")
    return {
        "redirect_uri": f"{found.public_url}/oauth2callback",
        "cookie_secret": found.cookie_secret or _passing_secret(),
        "client_id": found.oidc_client_id,
        "client_secret": found.oidc_client_secret,
        "server_metadata_url": found.oidc_metadata_url,
    }
