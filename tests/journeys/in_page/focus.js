selector => {
    const here = document.activeElement;
    const outlined = [here, here.closest("label")].some(each => each && getComputedStyle(each).outlineStyle !== "none");
    return [outlined, here.matches(selector)];
}
