/* Words on paper that aren't dark, or stand on a ground that isn't light; and bars of the screen that are printed. */
() => {
    const light = (colour) => { const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number); return a === 0 ? 255 : (r + g + b) / 3; };
    const words = [...document.querySelectorAll("body, body *")].filter(each => each.checkVisibility() && each.innerText?.trim());
    const odd = words.filter(each => light(getComputedStyle(each).color) > 90 || light(getComputedStyle(each).backgroundColor) < 230);
    return [...odd, ...words.filter(each => each.matches(".exit, .skip, .footer"))].map(each => each.outerHTML.slice(0, 80));
}
