(css) => {
  for (const each of document.querySelectorAll(css)) {
    if (!each.checkVisibility()) continue;
    each.scrollIntoView({ block: "center", behavior: "instant" });
    const box = each.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
  }
}
