"""`make clients`: what each client of Open Loyalty and of the partners' dialects does in a day, with demo data.

Without `--url` a demo of its own is served, on a free port and with data that is thrown away.
"""

import argparse
import sys

from tools.clients import admin_app, customer_app, customer_offers_app, game, marketplace, shop_module, till_app
from tools.clients.http import Broken
from tools.demo.passing import passing_demo

CLIENTS = {
    "the administrators' front end": admin_app.play,
    "the tills' front end": till_app.play,
    "the customers' front end": customer_app.play,
    "the web shop's module": shop_module.play,
    "a game, in RBI's dialect": game.play,
    "a customers' app, in Exchange Solutions' dialect": customer_offers_app.play,
    "a marketplace, in Capillary's dialect": marketplace.play,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a served demo, as http://127.0.0.1:8000")
    url = parser.parse_args().url
    if url:
        return play(url.rstrip("/"))
    with passing_demo() as server:
        return play(server)


def play(server: str) -> int:
    broken = 0
    for client, story in CLIENTS.items():
        try:
            story(server)
            print(f"{client}: works")
        except Broken as met:
            broken += 1
            print(f"{client}: BROKEN\n  {met}")
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
