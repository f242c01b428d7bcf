"""Words that go to a contributor, from the library they begin with to the page they are read on."""
