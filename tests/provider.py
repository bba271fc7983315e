"""A real OpenID Connect provider on loopback: it signs in whoever it is told to, at once."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "groundwork", "a secret of the client"


class Provider:
    """The provider: `account` is who signs in next. Codes hold once, and only with the proof key that began them."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.account = {"sub": "ana", "name": "Ana Lima", "email": "ana@example.org"}
        self.codes: dict[str, dict[str, Any]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "end_session_endpoint": f"{self.url}/leave",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def token(self, asked: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Give an account for a code, to the client that holds its secret and began it."""
        begun = self.codes.pop(asked.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if begun is None or not _is_client(authorization) or proof != begun["challenge"]:
            return None
        now = int(time.time())
        claims = {**begun["account"], "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": begun["nonce"]}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 600, "id_token": signed}


def _is_client(authorization: str) -> bool:
    try:
        name, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":", 1)
    except ValueError:
        return False
    return (unquote_plus(name), unquote_plus(secret)) == (CLIENT, SECRET)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Print nothing."""

        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            place = urlsplit(self.path).path
            if place == "/.well-known/openid-configuration":
                self._say(provider.metadata)
            elif place == "/keys":
                self._say({"keys": [provider.key.as_dict(private=False)]})
            elif place == "/authorize":
                code = secrets.token_hex(8)
                begun = {"account": dict(provider.account), "nonce": asked.get("nonce"), "challenge": asked.get("code_challenge")}
                provider.codes[code] = begun
                self._lead_to(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
            elif place == "/leave":
                self._lead_to(asked["post_logout_redirect_uri"])
            else:
                self._say({}, 404)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = {name: values[0] for name, values in parse_qs(sent).items()}
            answer = provider.token(asked, self.headers.get("Authorization", ""))
            self._say(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def _say(self, body: dict[str, Any], status: int = 200) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _lead_to(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.send_header("Content-Length", "0")
            self.end_headers()

    return Handler


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    one = Provider()
    threading.Thread(target=one.server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        one.server.shutdown()
        one.server.server_close()
