async () => {
    // What follows the size of something else does so in the next frame.
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    // Wagtail scrolls its main part, and our columns scroll in it; a frame that is there to scroll sideways may.
    const boxes = [document.getElementById("main"), ...document.querySelectorAll(".room-columns > *")];
    return boxes.filter(each => each.scrollWidth > each.clientWidth + 1).flatMap(box => {
        const most = box.getBoundingClientRect().left + box.clientWidth;
        const seen = [...box.querySelectorAll("*")].filter(each => each.checkVisibility());
        const wide = seen.filter(each => each.getBoundingClientRect().right > most + 1);
        return wide.slice(-3).map(each => each.outerHTML.slice(0, 100));
    });
}
