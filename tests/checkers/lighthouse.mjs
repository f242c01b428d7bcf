// Lighthouse's score for accessibility of each address given, as JSON: node lighthouse.mjs FOLDER PORT ADDRESS…
// PORT is that of a Chromium's own protocol. FOLDER holds node_modules.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port, ...addresses] = process.argv.slice(2);
const found = createRequire(`${folder}/package.json`).resolve("lighthouse");
const { default: lighthouse } = await import(pathToFileURL(found));

// What failed, and on which pieces of the page.
const told = each => [each.title, ...(each.details?.items ?? []).map(item => item.node?.snippet)].join(" | ");

const said = {};
for (const address of addresses) {
    const options = { port: Number(port), onlyCategories: ["accessibility"], logLevel: "error", output: "json" };
    const { lhr } = await lighthouse(address, options);
    const failed = Object.values(lhr.audits).filter(each => each.score !== null && each.score < 1);
    said[address] = { score: lhr.categories.accessibility.score, failed: failed.map(told) };
}
process.stdout.write(JSON.stringify(said));
