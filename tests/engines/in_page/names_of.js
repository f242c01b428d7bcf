(css) => {
  const names = [...new Set([...document.querySelectorAll(css)].map((each) => each.name))];
  return names.length ? names : null;
}
