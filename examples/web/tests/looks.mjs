// The page on screens of several sizes: rules for accessibility, room, focus; and pictures in tests/shots for people to look at.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { say } from './hand.mjs';
import { open } from './site.mjs';

const SHOTS = new URL('shots/', import.meta.url).pathname;
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const screen = (width, height, deviceScaleFactor = 2) => ({ viewport: { width, height }, deviceScaleFactor });
const SCREENS = {
  phone: screen(390, 844),
  small: screen(320, 568),
  lying: screen(640, 360),
  desktop: screen(1280, 800, 1),
  enlarged: screen(640, 400), // the desktop at 200 %
  enlarged4: screen(320, 256, 4), // at 400 %
};
const LEAST_LEFT = 0.35; // of a screen, for settings, where strings stay above them

/** Drones of which pictures are made beside the default one. */
const ALSO = { two: '#tonic=A;model=female;with=pattern=Ma-Sa-Sa-Sa;jawari=0.7', wrong: '#tonic=H' };

export async function looks(browser, home) {
  fs.rmSync(SHOTS, { recursive: true, force: true });
  fs.mkdirSync(SHOTS);
  for (const [name, size] of Object.entries(SCREENS)) {
    for (const colorScheme of ['dark', 'light']) {
      const { page, context } = await open(browser, home, { ...size, colorScheme });
      await page.click('#play');
      await page.waitForTimeout(2600);
      const shot = (what, options) => page.screenshot({ path: `${SHOTS}${name}-${colorScheme}${what}.png`, ...options });
      await shot('');
      if (name === 'phone' || name === 'lying') await shot('-whole', { fullPage: true });
      await page.focus('input[name="first"]');
      await page.keyboard.press('ArrowRight');
      await shot('-focus');
      await rules(page, `${name} ${colorScheme}`);
      await room(page, name);
      await context.close();
    }
  }
  for (const [name, link] of Object.entries(ALSO)) {
    const { page, context } = await open(browser, home + link, { ...SCREENS.phone, colorScheme: 'dark' });
    await page.click('#play');
    await page.waitForTimeout(2600);
    await page.screenshot({ path: `${SHOTS}phone-${name}.png` });
    await rules(page, name);
    await context.close();
  }
  await forced(browser, home);
  say('pictures', `${fs.readdirSync(SHOTS).length} in tests/shots`);
}

/** What axe-core has to say: WCAG 2.2 A and AA, and what it calls best practice. */
async function rules(page, what) {
  await page.evaluate(AXE); // not by a tag of its own, which the page's policy forbids
  const { violations, passes } = await page.evaluate(() => window.axe.run(document));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  assert.deepEqual(told, [], `rules on ${what}`);
  say(`rules of axe, ${what}`, `${passes.length} kept, none broken`);
}

/** Nothing sticks out, settings have room, and what has the focus is seen, whichever way it is reached. */
async function room(page, what) {
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} sticks out at the side`);
  const left = await page.evaluate(() => {
    scrollTo(0, 400);
    const strings = document.querySelector('.instrument').getBoundingClientRect();
    const form = document.getElementById('controls').getBoundingClientRect();
    const beside = form.left >= strings.right - 1;
    return beside ? 1 : 1 - Math.max(0, strings.bottom) / innerHeight;
  });
  say(`room for settings, ${what}`, `${Math.round(100 * left)} % of the screen`);
  assert.ok(left > LEAST_LEFT, what);
  for (const key of ['Tab', 'Shift+Tab']) {
    await page.evaluate((key) => document.querySelector(key === 'Tab' ? '#play' : '#forget').focus(), key);
    for (let stop = 0; stop < 13; stop++) {
      const hidden = await page.evaluate(() => {
        const at = document.activeElement;
        const shown = at.type === 'radio' ? at.nextElementSibling : at;
        const { left, top, right, bottom } = shown.getBoundingClientRect();
        // Its middle may be a few pixels off the screen's edge by rounding.
        const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        const seen = over && (over === at || over === shown || shown.contains(over) || over.contains(at));
        return seen && top >= 0 && bottom <= innerHeight ? '' : `${at.name || at.id} at ${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}`;
      });
      assert.equal(hidden, '', `${what}, by ${key}`);
      await page.keyboard.press(key);
    }
  }
}

/** Where the system takes all colours it is still seen what is chosen. */
async function forced(browser, home) {
  const { page, context } = await open(browser, home, { ...SCREENS.phone, forcedColors: 'active' });
  await page.screenshot({ path: `${SHOTS}phone-forced.png` });
  const ground = (value) => page.locator(`input[name="first"][value="${value}"] + span`).evaluate((span) => getComputedStyle(span).backgroundColor);
  assert.notEqual(await ground('Pa'), await ground('Ma'));
  await context.close();
}
