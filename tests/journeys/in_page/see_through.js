/* What lets something else show through, half or a little. */
() => {
    const isHalf = (value) => value > 0 && value < 1;
    const alpha = (colour) => Number((colour.match(/^rgba\(.*, ([\d.]+)\)$|\/ ([\d.]+)\)$/) || [0, 1]).slice(1).find(Boolean) || 1);
    return [...document.querySelectorAll("body *")].filter(each => {
        const { opacity, color, backgroundColor, backdropFilter } = getComputedStyle(each);
        return isHalf(Number(opacity)) || isHalf(alpha(color)) || isHalf(alpha(backgroundColor)) || (backdropFilter || "none") !== "none";
    }).map(each => each.outerHTML.slice(0, 80));
}
