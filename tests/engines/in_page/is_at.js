(heading) => {
  const first = document.querySelector("h1");
  return document.readyState === "complete" && Boolean(first) && first.innerText.replace(/\s+/g, " ").trim().startsWith(heading);
}
