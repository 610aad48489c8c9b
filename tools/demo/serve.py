"""`make demo`: fills a database with demo data and serves it on this machine until Ctrl-C or SIGTERM."""

import argparse
import signal

from django.apps import apps
from django.conf import settings
from django.db import connections

from loyalty_site.serving.server import usual_workers
from tools.demo import site
from tools.environment import alone_in
from tools.serve import processes, static
from tools.serve.ports import port_number, refuse_unusable
from tools.serve.processes import HOST

WELCOME = """
Admin site   {url}/{admin}
API          {url}/api/, described at {url}/doc

  administrator     admin / open                admin site, /api/admin/login_check
  marketing staff   marketing / open            admin site
  support staff     support / open              admin site
  auditor           auditor / open              admin site
  sellers           john@doe.com / open         /api/seller/login_check
                    john2@doe2.com / open
  customers         user@oloy.com / loyalty     /api/customer/login_check
                    user-temp@oloy.com / loyalty
  partners          partner-demo-token          x-api-key or Authorization: Bearer
                    other-demo-token
                    capillary / capillary       Authorization: Basic
                    capillary-readonly / capillary
                    client-demo-token           Authorization: Bearer

Ctrl-C stops the server and keeps the data; `make demo-reset` starts the data over.
"""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C on the way is no error
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=port_number, default=8000)
    port = parser.parse_args().port
    refuse_unusable(HOST, port, target="demo")
    site.set_up()
    with alone_in(site.VAR):
        site.fill()
        static.collect_if_changed()
    forget_failed_log_ins()
    print(WELCOME.format(url=f"http://{HOST}:{port}", admin=settings.ADMIN_PATH), flush=True)
    connections.close_all()
    processes.become(host=HOST, port=port, web_workers=usual_workers(), job_workers=1)


def forget_failed_log_ins() -> None:
    apps.get_model("access", "AttemptCounter").objects.all().delete()


if __name__ == "__main__":
    main()
