"""`python -m pipeline` is the command `jihe`."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
