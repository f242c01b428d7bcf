(words) => Boolean(document.body) && document.body.innerText.replace(/\s+/g, " ").includes(words)
