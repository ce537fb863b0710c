"""`python3 -m deploy <command>`: make the environment the command needs, then become the command inside it.

This file alone is read by whatever Python the machine has: it keeps to syntax that old versions understand.
"""

import sys

PYTHON_NEEDED = (3, 11)

# command: the module that does it, whether it needs the development requirements
COMMANDS = {
    "run": ("deploy.local.run", False),
    "test": ("deploy.local.tests", True),
    "lint": ("deploy.local.lint", True),
    "bench": ("bench", True),
    "bench-large": ("bench.large", True),
    "lock": ("deploy.local.lock", True),
    "pictures": ("deploy.pictures", True),
    "translations": ("deploy.local.translations", True),
}


def main():
    if sys.version_info < PYTHON_NEEDED:
        sys.exit(
            "The portal needs Python %d.%d or newer, and this is %d.%d: install a newer one (Debian 12 and later: "
            "“apt install python3”) or name it, for example “make run PYTHON=python3.12”."
            % (PYTHON_NEEDED + tuple(sys.version_info[:2]))
        )
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit("Say which command: python3 -m deploy %s" % "|".join(COMMANDS))
    module, development = COMMANDS[sys.argv[1]]

    from deploy.local.environment import become
    from deploy.local.stop import told

    with told():
        become(module, sys.argv[2:], development)


if __name__ == "__main__":
    main()
