"""`make test`: the tests on SQLite and on PostgreSQL, side by side, each closing with pytest's own summary.

What touches no database, and what it makes no difference to, runs in one of the two.

What the second prints is kept until the first is through, so that the two do not mix.
"""

import os
import subprocess
import sys
import tempfile

RUNS = tuple(["--database", database, "--share"] for database in ("sqlite", "postgresql"))


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryFile() as later:
        runs = [started([*run, *arguments], out) for run, out in zip(RUNS, (None, later), strict=True)]
        try:
            codes = [run.wait() for run in runs]
        except KeyboardInterrupt:  # the runs got it too, and end by themselves
            codes = [run.wait() for run in runs]
        later.seek(0)
        sys.stdout.buffer.write(later.read())
        sys.stdout.flush()
    return max(codes)


def started(arguments: list[str], out: object) -> subprocess.Popen[bytes]:
    command, errors = [sys.executable, "-m", "pytest", *arguments], subprocess.STDOUT if out else None
    return subprocess.Popen(command, env=remembering(), stdin=subprocess.DEVNULL, stdout=out, stderr=errors)


def remembering() -> dict[str, str]:
    """An environment in which Python keeps what it compiles: the tests' assertions, above all, which take ten seconds.

    Where it must not stand beside the source, it stands with the packages.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept if len(kept) == len(os.environ) else {"PYTHONPYCACHEPREFIX": f"{sys.prefix}/compiled"} | kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
