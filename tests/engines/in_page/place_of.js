(name, kind) => {
  const squeezed = (words) => (words || "").replace(/\s+/g, " ").trim();
  for (const each of document.querySelectorAll(kind)) {
    if (squeezed(each.getAttribute("aria-label") || each.innerText) !== name) continue;
    each.scrollIntoView({ block: "center", behavior: "instant" });
    const box = each.getClientRects()[0];
    if (box && box.width > 1 && getComputedStyle(each).visibility === "visible")
      return [box.x + Math.min(box.width / 2, 60), box.y + box.height / 2];
  }
}
