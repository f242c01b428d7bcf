() => [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    return style.animationName !== "none" || style.transitionDuration.split(", ").some(time => parseFloat(time) > 0)
        || style.scrollBehavior === "smooth";
}).map(each => each.className)
