() => {
    const most = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > most + 1);
    return wide.slice(-3).map(each => each.outerHTML.slice(0, 80));
}
