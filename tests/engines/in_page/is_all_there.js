// Whether this is no page that was left, and nothing of it is still to come.
() => document.readyState === "complete" && !("left" in document.documentElement.dataset)
