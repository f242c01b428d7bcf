() => {
  const most = document.documentElement.clientWidth;
  const found = document.scrollingElement.scrollWidth > most ? ["scrolls sideways"] : [];
  for (const each of document.querySelectorAll("h1, h2, h3, p, li, td, th, label, legend, summary, a, button")) {
    const box = each.getBoundingClientRect();
    const isCut = each.checkVisibility() && box.width > 1 && box.right > most + 1 && !each.closest("[tabindex='0']");
    if (isCut) found.push(`sticks out: ${each.outerHTML.slice(0, 80)}`);
  }
  for (const picture of document.querySelectorAll("svg, img")) {
    const beside = picture.closest("figure, section, article, a, p, li, td, h1, h2, header, main, footer") || document.body;
    if (!beside.textContent.replace(picture.textContent, "").trim()) found.push(`says nothing: ${beside.outerHTML.slice(0, 80)}`);
    if (picture.textContent.trim() && picture.checkVisibility()) found.push(`loose words: ${picture.textContent.trim().slice(0, 80)}`);
  }
  return found;
}
