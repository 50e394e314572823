"""Settings of all tests."""

from hypothesis import settings

# No test is a race: machines and first imports differ; the same examples come again at every run.
settings.register_profile("jihe", deadline=None, derandomize=True)
settings.load_profile("jihe")
