/* Where a wheel is turned to see the end of an element, how far down that end is, and how far up its beginning: no
 * farther than what stands around it can be scrolled. */
(element) => {
  const scrolls = (each) => {
    if (!each) return document.scrollingElement;
    const isFrame = ["auto", "scroll"].includes(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight + 1;
    return isFrame ? each : scrolls(each.parentElement);
  };
  const frame = scrolls(element);
  const [box, inside] = [frame.getBoundingClientRect(), element.getBoundingClientRect()];
  const covered = parseFloat(getComputedStyle(frame).scrollPaddingBottom) || 0;
  const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom) - covered];
  const around = [frame];
  while (around.at(-1) !== document.scrollingElement) around.push(scrolls(around.at(-1).parentElement));
  const sum = (far) => Math.floor(around.reduce((all, each) => all + far(each), 0));
  const below = sum((each) => each.scrollHeight - each.clientHeight - each.scrollTop);
  const above = sum((each) => each.scrollTop);
  return {
    x: box.left + box.width / 2,
    y: (top + bottom) / 2,
    down: Math.min(inside.bottom - bottom, below),
    up: Math.max(inside.top - top, -above),
  };
}
