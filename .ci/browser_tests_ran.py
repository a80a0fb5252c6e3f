"""Fail if a browser test was skipped, or none ran: browser_tests_ran.py REPORT.xml."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

COLLECT = ["-m", "pytest", "-m", "browser", "--collect-only", "-q", "--no-header"]


def browser_tests() -> set[str]:
    """Return "tests.module::name" for every browser test that is not slow."""
    told = subprocess.run(
        [sys.executable, *COLLECT], capture_output=True, text=True, check=False
    )
    ids = [line.split("::", 1) for line in told.stdout.splitlines() if "::" in line]
    return {f"{file[:-3].replace('/', '.')}::{name}" for file, name in ids}


def main() -> None:
    """Compare the browser tests there are with those that ran."""
    cases = ElementTree.parse(sys.argv[1]).iter("testcase")
    ran = {
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("skipped") is None
    }
    asked = browser_tests()
    missing = sorted(asked - ran)
    if missing or not asked:
        sys.exit("Browser tests that did not run: " + (", ".join(missing) or "all"))
    print(f"{len(asked)} browser tests ran, none skipped.")


if __name__ == "__main__":
    main()
