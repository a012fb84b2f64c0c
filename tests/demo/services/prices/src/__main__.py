"""Serves closing prices as JSON. Data is generated when the service is built."""
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import resources

PRICES = json.loads(resources.files("data").joinpath("prices.json").read_text())


class Prices(BaseHTTPRequestHandler):
    def do_GET(self):
        body = {"/": PRICES, "/revision": os.environ.get("REVISION", "unknown")}.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Prices).serve_forever()
