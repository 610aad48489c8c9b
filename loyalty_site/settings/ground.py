"""What every other part of the settings stands on: where we are, and for whom we serve."""

from pathlib import Path

from loyalty_site.environment import flag, names

BASE_DIR = Path(__file__).resolve().parent.parent.parent

VAR = BASE_DIR / "var"  # what the product writes on a single machine

DEMO = flag("LOYALTY_DEMO", False)
DEBUG = flag("DEBUG", False)
ALLOWED_HOSTS = names("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEMO or DEBUG else [])
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}  # hosts that are this machine
