/* A story that was chosen for a page offers a passage of itself: it goes into the field for that, beside the story. */
document.addEventListener("change", ({ target }) => {
  const chooser = document.getElementById(`${target.id}-chooser`);
  const field = document.getElementById(target.id.replace(/story$/, "passage"));
  const chosen = chooser && chooser.widget && chooser.widget.getState();
  if (!chosen || !chosen.passage || !field || field === target) return;
  field.value = chosen.passage;
  // As if typed: Wagtail saves and previews what it hears of.
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
});
