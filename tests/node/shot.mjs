// Takes a picture of a page of the IOC in Chromium and prints one line:
// {"url", "status", "title", "foreign", "errors"}.
//
//   node shot.mjs URL OUT.png [--width 390] [--height 844] [--full] [--dark] [--lang vi] [--no-js]
//
// The page may ask nobody but 127.0.0.1: any other request is stopped, listed under "foreign", and the exit code is 1.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '390' },
    height: { type: 'string', default: '844' },
    full: { type: 'boolean', default: false },
    dark: { type: 'boolean', default: false },
    lang: { type: 'string', default: 'vi' },
    'no-js': { type: 'boolean', default: false },
  },
});
const [url, out] = positionals;
if (!url || !out) {
  console.error('usage: shot.mjs URL OUT.png [--width W] [--height H] [--full] [--dark] [--lang vi] [--no-js]');
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
const foreign = new Set();
const errors = [];
let failure = null;
try {
  const context = await browser.newContext({
    viewport: { width: Number(values.width), height: Number(values.height) },
    colorScheme: values.dark ? 'dark' : 'light',
    locale: values.lang,
    javaScriptEnabled: !values['no-js'],
  });
  await context.route('**', (route) => (isOurs(route.request().url()) ? route.continue() : route.abort()));
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!isOurs(request.url())) foreign.add(request.url());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const answer = await page.goto(url, { waitUntil: 'load' });
  await page.screenshot({ path: out, fullPage: values.full });
  const status = answer?.status() ?? 0;
  console.log(JSON.stringify({ url, status, title: await page.title(), foreign: [...foreign], errors }));
} catch (error) {
  failure = error;
} finally {
  await browser.close();
}
if (failure) console.error(failure.message);
if (foreign.size > 0) console.error(`asked others: ${[...foreign].join(' ')}`);
process.exit(failure || foreign.size > 0 ? 1 : 0);

function isOurs(address) {
  const { protocol, hostname } = new URL(address);
  return ['data:', 'blob:', 'about:'].includes(protocol) || hostname === '127.0.0.1';
}
