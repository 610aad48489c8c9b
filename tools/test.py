"""`make test`: the tests on SQLite and on PostgreSQL, side by side, each closing with pytest's own summary.

What the second prints is kept until the first is through, so that the two do not mix.
"""

import subprocess
import sys
import tempfile

DATABASES = ("sqlite", "postgresql")


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryFile() as later:
        runs = [started(database, arguments, out) for database, out in zip(DATABASES, (None, later), strict=True)]
        try:
            codes = [run.wait() for run in runs]
        except KeyboardInterrupt:  # the runs got it too, and end by themselves
            codes = [run.wait() for run in runs]
        later.seek(0)
        sys.stdout.buffer.write(later.read())
        sys.stdout.flush()
    return max(codes)


def started(database: str, arguments: list[str], out: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", "--database", database, *arguments]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT if out else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
