() => [...document.querySelectorAll("textarea, select, input:not([type=hidden], [type=checkbox], [type=radio])")]
    .filter(box => parseFloat(getComputedStyle(box).fontSize) < 16).map(box => box.outerHTML.slice(0, 80))
