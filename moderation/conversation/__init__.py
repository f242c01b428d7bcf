"""The library of words that go to a contributor."""
