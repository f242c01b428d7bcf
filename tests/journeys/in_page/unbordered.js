/* What can be pressed or filled in, and has no edge where colours are the reader's own. */
() => [...document.querySelectorAll("main button, .exit, main .button, main input:not([type=hidden]), main select, main textarea")]
    .filter(each => each.checkVisibility() && !each.closest(".visually-hidden") && !each.matches(".button--plain"))
    .filter(each => !parseFloat(getComputedStyle(each).borderBottomWidth) && getComputedStyle(each).appearance === "none")
    .map(each => each.outerHTML.slice(0, 80))
