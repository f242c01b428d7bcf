"""The offences as readers are told them: what was law on a day, somewhere."""
