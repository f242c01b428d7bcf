() => {
    const body = document.body.cloneNode(true);
    for (const each of body.querySelectorAll("script, .room-finding__kind, .w-sr-only")) each.remove();
    return body.textContent + [...document.querySelectorAll("input, textarea")].map(each => each.value).join(" ");
}
