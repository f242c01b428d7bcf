/* A story that was chosen for a page offers a passage of itself: it goes into the field for that, beside the story. */
document.addEventListener("change", ({ target }) => {
  const chooser = document.getElementById(`${target.id}-chooser`);
  const field = document.getElementById(target.id.replace(/story$/, "passage"));
  const passage = chooser && chooser.widget && chooser.widget.getState()?.passage;
  if (!passage || !field || field === target) return;
  field.value = passage;
  // As if typed: Wagtail saves and previews what it hears of.
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
});
