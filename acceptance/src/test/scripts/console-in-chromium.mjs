// Looks at a running console in a real Chromium: console errors, refused content, requests to other hosts, width, accessibility.
//
//   ./allclear demo --port 8080                      # in one terminal
//   npm install --no-save puppeteer-core axe-core    # in another, anywhere
//   node acceptance/src/test/scripts/console-in-chromium.mjs http://localhost:8080 [directory for pictures]
//
// It publishes a run of its own (database "shop"), opens its page while the run goes on, and waits there for the verdict without
// loading the page again. Ends with 1 when anything was found.
import { createRequire } from "node:module";
import { readFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "here.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [root = "http://localhost:8080", pictures = "console-pictures"] = process.argv.slice(2);
const found = [];
mkdirSync(pictures, { recursive: true });

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu"],
});

const open = async (path, width, height, scheme) => {
  const page = await browser.newPage();
  const note = (what) => found.push(`${path} ${width} ${scheme}: ${what}`);
  page.on("console", (line) => ["error", "warn"].includes(line.type()) && note(`console: ${line.text()}`));
  page.on("pageerror", (error) => note(`error: ${error}`));
  page.on("dialog", (dialog) => { note(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => request.url().startsWith("data:") || new URL(request.url()).host === new URL(root).host || note(`other host: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && note(`${response.status()} ${response.url()}`));
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(root + path, { waitUntil: "load" });
  await page.waitForFunction(() => document.getElementById("live")?.textContent === "live", { timeout: 10000 });
  return page;
};

const inspect = async (path, width, scheme, picture) => {
  const page = await open(path, width, 900, scheme);
  await new Promise((done) => setTimeout(done, 700));
  if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) found.push(`${path} is wider than ${width}`);
  await page.screenshot({ path: join(pictures, `${picture}.png`) });
  const other = await browser.newPage(); // without the policy that keeps strangers' scripts, and so axe, out
  await other.setBypassCSP(true);
  await other.setViewport({ width, height: 900 });
  await other.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await other.goto(root + path, { waitUntil: "load" });
  await new Promise((done) => setTimeout(done, 700));
  await other.evaluate(axe);
  const result = await other.evaluate(() => window.axe.run());
  result.violations
    .filter((violation) => ["serious", "critical"].includes(violation.impact))
    .forEach((violation) => found.push(`${path} ${width} ${scheme}: ${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`));
  console.log(`${path} ${width} ${scheme}: ${result.passes.length} rules of axe passed, ${result.violations.length} not`);
  await other.close();
  await page.close();
};

const post = (path, body) => fetch(root + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const run = `chromium-${Date.now().toString(36)}`;
await post(`/v1/migrations/${run}/started`, { database: "shop", tool: "sql" });
await new Promise((done) => setTimeout(done, 1000));
const live = await open(`/runs/${run}`, 1280, 1000, "light");
let loads = 0;
live.on("framenavigated", () => loads++);
await live.screenshot({ path: join(pictures, "run-migrating.png") });
await post(`/v1/migrations/${run}/completed`, { database: "shop", exitCode: 1 });
await live.waitForFunction(() => !document.querySelector("h1").textContent.includes("Migrating"), { timeout: 20000 });
await live.screenshot({ path: join(pictures, "run-checking.png") });
await live.waitForFunction(() => document.querySelector(".facts").textContent.includes("final, revision"), { timeout: 180000 });
await live.screenshot({ path: join(pictures, "run-decided.png") });
console.log(`${run}: ${await live.evaluate(() => document.querySelector("h1").innerText.replace(/\s+/g, " "))}, seen without loading the page again`);
if (loads > 0) found.push(`the page of ${run} was loaded ${loads} times again`);
await live.close();

// words of strangers are text: no element of theirs, no script of theirs
const attacks = ["<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", '" onmouseover="alert(3)', "\u001b[31m\r\n<b>", "\u202egnp.exe"];
const hostile = `hostile-${Date.now().toString(36)}`;
await post(`/v1/migrations/${hostile}/started`, { database: "shop", tool: attacks[0], targetVersions: attacks });
await post(`/v1/migrations/${hostile}/completed`, { database: "shop", exitCode: 1, output: attacks.join("\n"), deadline: "1s" });
await fetch(`${root}/v1/runs/${hostile}/verdict?wait=120s`);
for (const path of ["/", `/runs/${hostile}`]) {
  const page = await open(path, 1280, 1000, "light");
  const strange = await page.evaluate(() => document.querySelectorAll("main img, main script, main b, [onmouseover], [onerror]").length);
  if (strange > 0) found.push(`${path}: ${strange} elements of a stranger`);
  if (!(await page.evaluate(() => document.body.innerText.includes("<img src=x onerror=alert(1)>")))) found.push(`${path}: the words are not shown`);
  await page.screenshot({ path: join(pictures, path === "/" ? "hostile-list.png" : "hostile-run.png") });
  await page.close();
}
console.log(`${hostile}: shown as text`);

const runs = (await (await fetch(`${root}/v1/runs`)).json()).runs;
const failed = runs.find((one) => one.decision === "FAIL" && ![run, hostile].includes(one.runId)) ?? runs[0];
for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
  await inspect("/", width, scheme, `runs-${width}-${scheme}`);
  await inspect(`/?database=${failed.database}`, width, scheme, `trend-${width}-${scheme}`);
  await inspect(`/runs/${failed.runId}`, width, scheme, `run-${width}-${scheme}`);
  await inspect("/services", width, scheme, `services-${width}-${scheme}`);
}

await browser.close();
found.forEach((one) => console.log(`FOUND ${one}`));
console.log(found.length === 0 ? "nothing found" : `${found.length} found`);
process.exit(found.length === 0 ? 0 : 1);
