"""What schemathesis has to know beyond server/openapi.yaml; scripts/check-openapi loads it.

A schema cannot say that an email is taken, so every registration gets an email of its own. And
what needs a session gets one: of a user that is registered and logged in for that request.
"""

import uuid

import requests
import schemathesis

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@schemathesis.hook
def before_call(context, case, kwargs):
    is_valid = case.meta is not None and case.meta.generation.mode.is_positive
    if is_valid and isinstance(case.body, dict):
        # Nor can it count bytes: 18 characters are 72 at most.
        for name in {"password", "new_password"} & case.body.keys():
            case.body[name] = case.body[name][:18]
    if case.operation.label == "POST /users" and is_valid:
        case.body["email"] = (uuid.uuid4().hex + case.body["email"])[:250]


@schemathesis.auth(refresh_interval=None).apply_to(path="/profile").apply_to(
    method="DELETE", path="/sessions"
)
class Session:
    def get(self, case, context):
        base = case.operation.base_url
        credentials = {"email": f"{uuid.uuid4()}@example.com", "password": "p"}
        requests.post(f"{base}/users", data=credentials, timeout=10)
        answer = requests.post(f"{base}/sessions", data=credentials, timeout=10)
        return answer.cookies["session_id"]

    def set(self, case, session_id, context):
        case.cookies = dict(case.cookies or {}, session_id=session_id)
