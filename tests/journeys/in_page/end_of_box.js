() => {
    const box = document.activeElement, style = getComputedStyle(box);
    const below = parseFloat(style.paddingBottom) + parseFloat(style.borderBottomWidth);
    return [box.getBoundingClientRect().bottom - below, document.querySelector(".exit").getBoundingClientRect().bottom,
            innerHeight];
}
