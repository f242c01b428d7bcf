/* Adds up how far the page and the two columns of an account were scrolled, one way and the other, in this tab. */
(() => {
  const tops = new WeakMap();
  const isCounted = (each) => each instanceof Element && each.matches("#main, .room-columns > *");
  const count = (each) => {
    const far = Math.abs(each.scrollTop - (tops.get(each) || 0));
    tops.set(each, each.scrollTop);
    if (far) sessionStorage.setItem("counted-px", Number(sessionStorage.getItem("counted-px") || 0) + Math.round(far));
  };
  addEventListener("scroll", ({ target }) => isCounted(target) && count(target), true);
  addEventListener("pagehide", () => document.querySelectorAll("#main, .room-columns > *").forEach(count));
})();
