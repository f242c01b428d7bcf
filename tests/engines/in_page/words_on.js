() => [document.title, document.body ? document.body.innerText : "", ...[...document.querySelectorAll("textarea, input")].map((box) => box.value)].join("\n")
