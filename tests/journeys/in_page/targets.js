/* What a finger can't press for sure. Each target is `least` px wide and high, or its middle has 12 px to itself; none
   lies on another, and what does something is `apart` px from the rest. Links in a running sentence are exempt. */
([least, apart]) => {
    const words = (each) => each.innerText.replace(/[\s·,.:;()]+/g, "").length;
    const isSeen = (each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest(".visually-hidden, .skip");
    const isInline = (each) => getComputedStyle(each).display === "inline";
    const around = (each) => isInline(each) ? around(each.parentElement) : each;
    const sum = (links) => [...links].reduce((all, each) => all + words(each), 0);
    const isInSentence = (each) => isInline(each) && words(around(each)) > sum(around(each).querySelectorAll("a"));
    const box = (each) => {
        const labels = each.matches("[type=checkbox], [type=radio]") ? each.labels : [];
        const all = [each, ...labels].map(one => one.getBoundingClientRect());
        const [left, top] = ["left", "top"].map(side => Math.min(...all.map(one => one[side])));
        const [right, bottom] = ["right", "bottom"].map(side => Math.max(...all.map(one => one[side])));
        return { each, left, top, right, bottom, x: (left + right) / 2, y: (top + bottom) / 2, size: Math.min(right - left, bottom - top) };
    };
    const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary");
    const targets = [...all].filter(each => isSeen(each) && !isInSentence(each)).map(box).filter(one => one.size > 0);
    const gap = (one, two) => Math.max(one.left - two.right, two.left - one.right, one.top - two.bottom, two.top - one.bottom);
    const spot = ({ x, y }) => ({ left: x, right: x, top: y, bottom: y });
    const far = (one, two) => Math.hypot(Math.max(one.left - two.right, two.left - one.right, 0), Math.max(one.top - two.bottom, two.top - one.bottom, 0));
    const isCrowded = (one, two) => one.size < 23.5 && (far(spot(one), two) < 12 || two.size < 23.5 && far(spot(one), spot(two)) < 24);
    const isDeed = ({ each }) => each.matches("button, .button, .exit");
    const named = ({ each }) => `${each.tagName} .${each.className} “${(each.labels?.[0] || each).innerText.trim().slice(0, 30)}”`;
    const trouble = (one, two) => {
        if (gap(one, two) < -0.5) return "lies on";
        if (isCrowded(one, two)) return "is crowded by";
        return isDeed(one) && gap(one, two) < apart - 0.5 ? `is ${gap(one, two)} px from` : "";
    };
    const small = targets.filter(one => one.size < least - 0.5).map(one => `${named(one)} is ${one.size} px`);
    const pairs = targets.flatMap(one => targets.filter(two => one !== two && !two.each.contains(one.each)).map(two => [one, two]));
    return [...small, ...pairs.flatMap(([one, two]) => trouble(one, two) ? `${named(one)} ${trouble(one, two)} ${named(two)}` : [])];
}
