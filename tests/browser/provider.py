"""A small provider of identities: it signs people in without asking, as whoever the test says.

It speaks as much of OpenID Connect as a sign-in needs: its description, its keys, a code for a browser, and a
signed token for the code.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "page", "invented-secret"


class Provider:
    """The provider on a port of its own; `person` is what it says of who signs in next, `None` refuses."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.person: dict[str, Any] | None = None
        self.asked: dict[str, dict[str, str]] = {}  # what came with each code that is out
        self.sign_ins = 0
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self)

            def do_POST(self) -> None:
                provider.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        said = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/authorize":
            request.send_response(302)
            request.send_header("Location", self._sent_back(said))
            request.end_headers()
            return
        length = int(request.headers.get("Content-Length") or 0)
        said |= {name: values[0] for name, values in parse_qs(request.rfile.read(length).decode()).items()}
        answer = {
            "/.well-known/openid-configuration": self._description,
            "/keys": lambda: {"keys": [self.key.as_dict(private=False)]},
            "/token": lambda: self._token(request, said),
        }[parts.path]()
        body = json.dumps(answer).encode()
        request.send_response(400 if "error" in answer else 200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def _sent_back(self, said: dict[str, str]) -> str:
        self.sign_ins += 1
        if self.person is None:
            back = {"error": "access_denied", "state": said["state"]}
        else:
            code = f"code-{self.sign_ins}"
            self.asked[code] = said
            back = {"code": code, "state": said["state"]}
        return f"{said['redirect_uri']}?{urlencode(back)}"

    def _token(self, request: BaseHTTPRequestHandler, said: dict[str, str]) -> dict[str, Any]:
        asked = self.asked.pop(said.get("code", ""), None)
        client = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or request.headers.get("Authorization") != f"Basic {client}":
            return {"error": "invalid_client"}
        if asked.get("code_challenge") != challenge:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "one", "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], **(self.person or {})}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token}
