// Looks at the files of one report with a real Chromium and real consumers, and says what is wrong with them.
//
//   npm install && node check-report.mjs DIRECTORY [SCREENSHOTS]
//
// CHROMIUM names the browser (default /usr/bin/chromium). Exit code 1 when anything is wrong.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';
import { marked } from 'marked';
import { parse } from 'junit2json';

const [directory, shots] = process.argv.slice(2);
if (!directory) {
  console.error('usage: node check-report.mjs DIRECTORY [SCREENSHOTS]');
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const file = (name) => path.join(directory, name);
const faults = [];
const fault = (text) => { faults.push(text); console.log(`WRONG  ${text}`); };
const fine = (text) => console.log(`OK     ${text}`);

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function open(url, scheme, width) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  page.on('console', (message) => fault(`${scheme} ${width}: console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => fault(`${scheme} ${width}: page error ${error.message}`));
  page.on('dialog', async (dialog) => { fault(`executed: dialog ${dialog.message()}`); await dialog.dismiss(); });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) fault(`request to ${request.url()}`);
  });
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

const url = pathToFileURL(path.resolve(file('report.html'))).href;
if (shots) mkdirSync(shots, { recursive: true });
for (const [scheme, width] of [['light', 1000], ['dark', 1000], ['light', 390], ['dark', 390]]) {
  const page = await open(url, scheme, width);
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  if (shots) await page.screenshot({ path: path.join(shots, `report-${scheme}-${width}.png`), fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) fault(`${scheme} ${width}: the page is ${wide} px wide`);
  // Evaluated by the debugger, which the page's content security policy does not bind.
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
  for (const found of result.violations) {
    const text = `${scheme} ${width}: axe ${found.impact}: ${found.id}, ${found.nodes.length} times, first ${found.nodes[0].html.slice(0, 120)}`;
    if (['serious', 'critical'].includes(found.impact)) fault(text); else console.log(`NOTE   ${text}`);
  }
  fine(`${scheme} ${width} px: axe passed ${result.passes.length} rules, ${result.violations.length} violations`);
  await page.close();
}
const paper = await open(url, 'light', 1000);
const pdf = await paper.pdf({ format: 'A4', ...(shots ? { path: path.join(shots, 'report.pdf') } : {}) });
fine(`on paper: ${Math.round(pdf.length / 1024)} kB of PDF`);

const html = marked.parse(readFileSync(file('report.md'), 'utf8'), { gfm: true });
const rendered = await browser.newPage();
rendered.on('dialog', async (dialog) => { fault(`executed in Markdown: ${dialog.message()}`); await dialog.dismiss(); });
await rendered.setContent(`<main>${html}</main>`);
const table = await rendered.evaluate(() => [...document.querySelectorAll('table tr')].map((row) => row.cells.length));
const strangers = await rendered.evaluate(() =>
  [...document.querySelectorAll('main *')].map((element) => element.localName)
    .filter((name) => !['h1', 'h2', 'p', 'ul', 'li', 'strong', 'code', 'pre', 'table', 'thead', 'tbody', 'tr', 'th', 'td'].includes(name)));
if (table.length === 0 || table.some((cells) => cells !== 3)) fault(`Markdown: cells in the table's rows: ${table}`);
if (strangers.length) fault(`Markdown: elements that are not ours: ${strangers}`);
fine(`marked renders ${table.length} rows of ${table[0]} cells`);
if (shots) await rendered.screenshot({ path: path.join(shots, 'report-markdown.png'), fullPage: true });
await browser.close();

const junit = await parse(readFileSync(file('report.junit.xml'), 'utf8'));
const cases = junit.testsuite.flatMap((suite) => suite.testcase);
if (junit.tests !== cases.length) fault(`JUnit: ${junit.tests} tests announced, ${cases.length} found`);
fine(`junit2json reads ${junit.testsuite.length} suites, ${junit.tests} cases, ${junit.failures} failures, ${junit.errors} errors`);

JSON.parse(readFileSync(file('report.json'), 'utf8'));
console.log(faults.length ? `${faults.length} faults` : 'nothing is wrong');
process.exit(faults.length ? 1 : 0);
