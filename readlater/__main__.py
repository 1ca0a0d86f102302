"""`python -m readlater`."""

import sys

from readlater.main import main

if __name__ == "__main__":
    sys.exit(main())
