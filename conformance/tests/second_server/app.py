"""A second implementation of the user authentication service.

Written from the document alone, with the standard library alone and nothing of the reference
server: it guards against a suite that fits only its twin. It serves one request at a time, in
HTTP/1.0, keeps its users in memory, and takes its port from PORT.
"""

import hashlib
import hmac
import json
import os
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

MAX_BODY = 64 * 1024
MAX_EMAIL = 250


class User:
    def __init__(self, email, password):
        self.email = email
        self.session_id = None
        self.reset_token = None
        self.set_password(password)

    def set_password(self, password):
        self.salt = os.urandom(16)
        self.digest = self._hash(password)

    def has_password(self, password):
        return hmac.compare_digest(self.digest, self._hash(password))

    def _hash(self, password):
        return hashlib.pbkdf2_hmac("sha256", password.encode("utf-8", "surrogatepass"), self.salt, 500)


USERS = {}


def find(attribute, value):
    """The user with that session id or token; nobody for an empty value."""
    if not value:
        return None
    return next((user for user in USERS.values() if getattr(user, attribute) == value), None)


class Refusal(Exception):
    def __init__(self, status, payload=None):
        super().__init__(status)
        self.status, self.payload = status, payload


class Handler(BaseHTTPRequestHandler):
    ROUTES = {
        "/": {"GET": "welcome"},
        "/users": {"POST": "register"},
        "/sessions": {"POST": "log_in", "DELETE": "log_out"},
        "/profile": {"GET": "profile"},
        "/reset_password": {"POST": "reset_token", "PUT": "update_password"},
    }

    def answer(self):
        methods = self.ROUTES.get(self.path.split("?")[0])
        try:
            if methods is None:
                raise Refusal(404)
            if self.command not in methods:
                self.send_refusal(405, None, {"Allow": ", ".join(methods)})
                return
            body = self.read_body()
            getattr(self, methods[self.command])(body)
        except Refusal as refusal:
            self.send_refusal(refusal.status, refusal.payload)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = answer

    def read_body(self):
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            raise Refusal(413)
        return self.rfile.read(int(length))

    def fields(self, body, *names):
        """The fields of the form, each of them there and not empty."""
        try:
            pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
        except (UnicodeDecodeError, ValueError):
            raise Refusal(400) from None
        form = dict(reversed(pairs))
        if any(not form.get(name) for name in names):
            raise Refusal(400)
        return [form[name] for name in names]

    def session_user(self):
        # Not http.cookies: it reads no further than the first value that it does not like.
        pairs = (pair.partition("=") for pair in self.headers.get("Cookie", "").split(";"))
        cookies = {name.strip(): value.strip() for name, _, value in pairs}
        user = find("session_id", cookies.get("session_id"))
        if user is None:
            raise Refusal(403)
        return user

    def welcome(self, _):
        self.send_payload({"message": "Bienvenue"})

    def register(self, body):
        email, password = self.fields(body, "email", "password")
        if email in USERS:
            raise Refusal(400, {"message": "email already registered"})
        if len(email) > MAX_EMAIL:
            raise Refusal(400)
        USERS[email] = User(email, password)
        self.send_payload({"email": email, "message": "user created"})

    def log_in(self, body):
        form = dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True))
        if "email" not in form or "password" not in form:
            raise Refusal(400)
        user = USERS.get(form["email"])
        if user is None or not user.has_password(form["password"]):
            raise Refusal(401)
        user.session_id = str(uuid.uuid4())
        cookie = f"session_id={user.session_id}; HttpOnly; SameSite=Strict; Path=/"
        self.send_payload({"email": user.email, "message": "logged in"}, {"Set-Cookie": cookie})

    def log_out(self, _):
        self.session_user().session_id = None
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Set-Cookie", "session_id=; Path=/; Max-Age=0")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def profile(self, _):
        self.send_payload({"email": self.session_user().email})

    def reset_token(self, body):
        (email,) = self.fields(body, "email")
        user = USERS.get(email)
        if user is None:
            raise Refusal(403)
        user.reset_token = str(uuid.uuid4())
        self.send_payload({"email": email, "reset_token": user.reset_token})

    def update_password(self, body):
        form = dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True))
        if "reset_token" not in form:
            raise Refusal(400)
        user = find("reset_token", form["reset_token"])
        if user is None:
            raise Refusal(403)
        email, password = self.fields(body, "email", "new_password")
        if email != user.email:
            raise Refusal(403)
        user.set_password(password)
        user.reset_token = None
        self.send_payload({"email": email, "message": "Password updated"})

    def send_payload(self, payload, headers=None, status=200):
        body = json.dumps(payload, indent=1).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_refusal(self, status, payload, headers=None):
        self.send_payload(payload if payload else {"error": status}, headers, status)

    def log_message(self, *_):
        """Says nothing: the suite says enough."""


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
