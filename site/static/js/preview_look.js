/* In an editor's preview alone: shows the page in the dark, or on paper, by the style sheets' own rules for each. */
{
  const SHOWN = {
    dark: [[/\(prefers-color-scheme: dark\)/g, "(min-width: 0)"], [/\(prefers-color-scheme: light\)/g, "(max-width: 0)"]],
    print: [[/\bprint\b/g, "all"], [/\bscreen\b/g, "speech"]],
  };
  const mode = new URLSearchParams(location.search).get("mode");

  function show(parts) {
    for (const part of parts) {
      if (part.media) part.media.mediaText = SHOWN[mode].reduce((media, [from, to]) => media.replace(from, to), part.media.mediaText);
      show(part.cssRules || []);
    }
  }

  addEventListener("load", () => {
    if (!(mode in SHOWN)) return;
    show(document.styleSheets);
    if (mode === "dark") document.documentElement.style.colorScheme = "dark";
  });
}
