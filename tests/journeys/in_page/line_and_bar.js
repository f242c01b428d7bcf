() => {
    const box = document.activeElement, style = getComputedStyle(box);
    const line = box.value.slice(0, box.selectionStart).split("\n").length - 1;
    const above = parseFloat(style.borderTopWidth) + parseFloat(style.paddingTop) + line * parseFloat(style.lineHeight);
    return [box.getBoundingClientRect().top + above - box.scrollTop,
            document.querySelector(".exit").getBoundingClientRect().bottom];
}
