// Draws the icons that are not vectors from icon.svg: node tests/icons.mjs, after a change of it.
import { chromium } from 'playwright-core';
import fs from 'node:fs';

const page_folder = new URL('../page/', import.meta.url);
const svg = fs.readFileSync(new URL('icon.svg', page_folder), 'utf8');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
// A maskable icon may be cut to its inner four fifths.
for (const [name, size, share] of [['icon-192', 192, 1], ['icon-512', 512, 1], ['icon-maskable', 512, 0.8]]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const ground = share < 1 ? '#2a1a10' : 'transparent';
  await page.setContent(`<body style="margin:0;background:${ground};display:grid;place-items:center;height:100vh">${svg}</body>`);
  await page.addStyleTag({ content: `svg { width: ${100 * share}vw }` });
  await page.screenshot({ path: new URL(`${name}.png`, page_folder).pathname, omitBackground: true });
}
await browser.close();
