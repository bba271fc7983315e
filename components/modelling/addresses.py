"""Where an MLflow store is, as it may be shown."""

from urllib.parse import urlsplit


def without_secrets(address: str) -> str:
    """Return a store's address without user and password.

    >>> without_secrets("https://ana:secret@mlflow.example.org/a"), without_secrets("sqlite:////home/x/mlflow.db")
    ('https://mlflow.example.org/a', 'the store in this installation')
    """
    if not address.startswith(("http://", "https://")):
        return "the store in this installation"
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
