/* Where a wheel is turned to see the end of an element, how far down that end is, and how far up its beginning. */
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
  return { x: box.left + box.width / 2, y: (top + bottom) / 2, down: inside.bottom - bottom, up: inside.top - top };
}
