"""Run by itself, prints every route of the real application and what a stranger gets there, as JSON.

Streamlit allows one application in a process, and tests of pages have theirs already.
"""

import json
import sys
from pathlib import Path

from starlette.routing import Mount, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from audit_app import app


def of_stranger(client, kind, path):
    if kind == "WEBSOCKET":
        try:
            with client.websocket_connect(f"ws://localhost:8501{path}"):
                return 101
        except WebSocketDenialResponse as refused:
            return refused.status_code
        except WebSocketDisconnect as refused:
            return refused.code
    return client.request(kind, path).status_code


def concrete(path):
    """Return an address that the route answers to."""
    while "{" in path:
        before, _, rest = path.partition("{")
        name, _, after = rest.partition("}")
        path = before + ("1" if name.endswith(":int") else "x") + after
    return path


def main():
    client = TestClient(app, base_url="http://localhost:8501", follow_redirects=False, client=("192.0.2.7", 50_000))
    found = []
    for route in app._build_starlette_app().routes:
        if isinstance(route, Mount):
            kinds, path = ["GET"], f"{route.path}/{{path:path}}"
        elif isinstance(route, WebSocketRoute):
            kinds, path = ["WEBSOCKET"], route.path
        else:
            kinds, path = sorted(route.methods), route.path
        found += [[kind, path, of_stranger(client, kind, concrete(path))] for kind in kinds]
    print(json.dumps(found))


main()
