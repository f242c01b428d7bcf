/* Words that are neither ink, nor a link, nor on a ground of their own. */
() => {
    const ink = getComputedStyle(document.body).color;
    const soft = [...document.querySelectorAll(".soft, .field__why, .section__title, .facts, .helpline__hours, .footer__end")];
    return soft.filter(each => each.checkVisibility() && getComputedStyle(each).color !== ink && !each.closest("a, .notice"))
        .map(each => each.outerHTML.slice(0, 80));
}
