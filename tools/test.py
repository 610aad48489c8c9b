"""`make test`: the tests on SQLite and on PostgreSQL, side by side, each closing with pytest's own summary.

What touches no database, and what it makes no difference to, runs in one of the two.

What the second prints is kept until the first is through, so that the two do not mix.
"""

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
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT if out else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
