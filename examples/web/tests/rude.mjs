// What hands, links, networks and browsers do that nobody meant.
import assert from 'node:assert/strict';
import { Hand, say } from './hand.mjs';
import { rms } from './measure.mjs';
import { browse, hear, open, ready } from './site.mjs';

const TAPS_MS = 15; // from one tap to the next
const MOST_LETTERS = 300; // of a sentence that is shown
const UNSAFE = 'http://tanpura.test/'; // neither https nor this machine
const LONG = 'x'.repeat(20_000);

/** Links: what Sa is then, or what the sentence about it has to say. */
const LINKS = [
  ['', 'C#'],
  ['%', '% has no value'],
  ['%E0%A4%A', '%e0%a4%a has no value'],
  ['tonic', 'tonic has no value'],
  ['tonic=', 'tonic has no value'],
  ['tonic=H', '"H"'],
  ['tonic=%00', 'tonic'],
  [`tonic=${LONG}`, 'unknown tonic'],
  [LONG, 'has no value'],
  ['<img src=x onerror=alert(1)>=1', 'unknown key'],
  [';;;;', 'C#'],
  ['with=;with', 'with has no value'],
  ['string.9.gain=1', 'there is no string'],
  ['cycle=NaN', 'not a number'],
  ['jawari=-1', 'it goes from'],
  ['tonic=E;sur-peti=Sa-Pa;room=0', 'E'],
  ['TONIC=%C2%A0E', 'E'],
  [`tonic=E${';with=pattern=Pa-Ni-Ma-Ga-Sa-Sa-Sa-Sa'.repeat(7)}`, 'E'],
  [`tonic=E${';with=pattern=ni'.repeat(8)}`, 'tanpuras are too many'],
];

const text = (page, id) => page.textContent(`#${id}`);

/** Nothing sticks out at the side. */
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

async function links(browser, home) {
  for (const [link, expected] of LINKS) {
    const { page, context, wrongs } = await open(browser, `${home}#${link}`);
    const [sa, message] = [await text(page, 'sa'), await text(page, 'message')];
    const what = `#${link.slice(0, 40)}`;
    assert.ok(message ? message.includes(expected) : sa.startsWith(`${expected} =`), `${what}: ${sa} | ${message.slice(0, 200)}`);
    assert.ok(message.length <= MOST_LETTERS, `${what}: ${message.length} letters`);
    assert.ok(await fits(page), `${what} sticks out at the side`);
    if (message) assert.ok(sa.startsWith('C# ='), `${what} changes nothing`);
    await page.click('#play');
    assert.ok(rms(await hear(page, 1.5)) > 0.003, `${what} sounds`);
    assert.deepEqual(wrongs, [], what);
    // Opened while it plays, too.
    await page.evaluate((link) => (location.href = `#${link}`), link);
    await page.waitForTimeout(100);
    assert.deepEqual([await text(page, 'sa'), await text(page, 'message')], [sa, message], `${what}, opened while it plays`);
    await context.close();
  }
  say('links', `${LINKS.length} answered with a drone or a sentence`);
}

/** A # alone, as a link of a page about it would have, says nothing, and forgets nothing. */
async function nothing(browser, home) {
  const { page, context } = await open(browser, home);
  await new Hand(page).type('tonic', 'E');
  await page.evaluate(() => (location.href = '#'));
  await page.waitForTimeout(100);
  assert.equal(await text(page, 'sa'), 'E = 164.81 Hz');
  await context.close();
  say('a link that says nothing', 'changes nothing');
}

async function words(browser, home) {
  const { page, context, wrongs } = await open(browser, home);
  const hand = new Hand(page);
  for (const id of ['tonic', 'pattern']) {
    for (const word of [LONG, '', '   ', '\u202e"}\\', '🎵'.repeat(50), '-'.repeat(500), 'C#'.repeat(80)]) {
      await hand.type(id, word);
      const told = await text(page, `${id}-wrong`);
      assert.ok(told.length > 0 && told.length <= MOST_LETTERS, `${id} ${word.slice(0, 20)}: ${told.length} letters`);
      assert.ok(await fits(page), `${id} ${word.slice(0, 20)} sticks out at the side`);
    }
  }
  await hand.type('tonic', 'E');
  assert.equal(await text(page, 'tonic-wrong'), '');
  assert.deepEqual(wrongs, []);
  await context.close();
  say('words', 'of any length and letters are answered in a sentence');
}

async function taps(browser, home) {
  const { page, context, wrongs } = await open(browser, home);
  const tap = (times) =>
    page.evaluate(async ([times, pause]) => {
      for (let n = 0; n < times; n++) {
        document.getElementById('play').click();
        await new Promise((later) => setTimeout(later, pause * (n % 4)));
      }
    }, [times, TAPS_MS]);
  const hand = new Hand(page, 48_000);
  await tap(21);
  await hand.sounds('21 taps');
  await tap(21);
  await hand.isSilent('and 21 more');
  await tap(1);
  await hand.sounds('one more');
  // A key that is held is one press.
  await page.evaluate(() => document.activeElement.blur());
  for (let n = 0; n < 6; n++) await page.keyboard.down(' ');
  await page.keyboard.up(' ');
  await hand.isSilent('Space, held');
  assert.deepEqual(wrongs, []);
  await context.close();
}

/** A hand that is faster than the page, and a time to sleep that is chosen before the first tap. */
async function early(browser, home) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const wrongs = [];
  page.on('pageerror', (error) => wrongs.push(String(error)));
  await page.addInitScript(() => {
    const add = AudioWorklet.prototype.addModule;
    AudioWorklet.prototype.addModule = async function (...all) {
      await new Promise((later) => setTimeout(later, 1500));
      return add.apply(this, all);
    };
  });
  await page.goto(home, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('input[name="sleep"]', { state: 'attached' });
  await page.keyboard.press(' ');
  await page.locator('input[name="sleep"][value="30"]').check();
  await page.locator('input[name="tonic-key"][value="E"]').check();
  await ready(page);
  assert.equal(await page.getAttribute('#play', 'aria-pressed'), 'false');
  await page.click('#play');
  await page.waitForFunction(() => document.getElementById('sleep-says').textContent.includes('30 min'), undefined, { timeout: 5000 });
  assert.ok(await page.isChecked('input[name="sleep"][value="30"]'));
  assert.equal(await text(page, 'sa'), 'E = 164.81 Hz');
  assert.deepEqual(wrongs, []);
  await context.close();
  say('before it can sound', 'Space does nothing; what is set is set');
}

/** A browser that lets pages sound by themselves, as it does with those that are installed: this one waits for the tap. */
async function unasked(_, home) {
  const browser = await browse('--autoplay-policy=no-user-gesture-required');
  try {
    const { page } = await open(browser, home);
    await page.waitForTimeout(1500);
    const [blocks, state] = await page.evaluate(() => [window.heard.length, window.audio.state]);
    assert.deepEqual([blocks, state, await page.getAttribute('#play', 'aria-pressed')], [0, 'suspended', 'false']);
    await page.click('#play');
    await new Hand(page, 48_000).sounds('where pages may sound unasked, after the tap');
  } finally {
    await browser.close();
  }
}

/** Where a browser keeps nothing: forbidden, or full. */
async function storage(browser, home) {
  const forbidden = () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } });
  const full = () => (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); });
  for (const [what, broken] of Object.entries({ forbidden, full })) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    const wrongs = [];
    page.on('pageerror', (error) => wrongs.push(String(error)));
    await page.addInitScript(broken);
    await page.goto(home);
    await ready(page);
    await page.click('#play');
    await page.locator('input[name="tonic-key"][value="E"]').check();
    assert.equal(await text(page, 'sa'), 'E = 164.81 Hz', what);
    assert.deepEqual(wrongs, [], what);
    await context.close();
  }
  say('storage forbidden or full', 'plays, and keeps nothing');
}

/** Parts that do not arrive, or that the browser cannot run: a sentence, and no button that does nothing. */
async function missing(browser, home) {
  const at = (route) => route.request().url().replace(UNSAFE, home);
  const cases = {
    'no module': ['**/tanpura.wasm', (route) => route.abort()],
    'no such module': ['**/tanpura.wasm', (route) => route.fulfill({ status: 404, body: 'not here' })],
    'another module': ['**/tanpura.wasm', (route) => route.fulfill({ body: 'not here' })],
    'no worklet': ['**/none', () => {}],
    'no safe address': [`${UNSAFE}**`, async (route) => route.fulfill({ response: await route.fetch({ url: at(route) }) })],
  };
  for (const [what, [url, answer]] of Object.entries(cases)) {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const wrongs = [];
    page.on('pageerror', (error) => wrongs.push(String(error)));
    await page.route(url, answer);
    // What a worklet loads is not routed.
    if (what === 'no worklet') await page.addInitScript(() => (AudioWorklet.prototype.addModule = () => Promise.reject(new Error('it is gone.'))));
    await page.goto(what === 'no safe address' ? UNSAFE : home);
    await page.waitForFunction(() => document.getElementById('message').textContent !== '', undefined, { timeout: 5000 });
    const message = await text(page, 'message');
    assert.match(message, /^[A-Z].*[^.]\.$/s, what);
    assert.equal(what === 'no safe address', message.includes('https'), what);
    assert.ok(await page.isDisabled('#play'), what);
    assert.deepEqual(wrongs, [], what);
    say(what, message);
    await context.close();
  }
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(home);
  assert.match(await page.locator('body').innerText(), /JavaScript/);
  await context.close();
}

/** Where nothing can be put on the clipboard the link stands in the address. */
async function clipboard(browser, home) {
  const { page, context } = await open(browser, home);
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))));
  await new Hand(page).type('tonic', 'E');
  await page.click('#share');
  await page.click('#share');
  await page.waitForFunction(() => document.getElementById('share').textContent.includes('address'));
  assert.ok(page.url().endsWith('#tonic=E'), page.url());
  await page.waitForFunction(() => document.getElementById('share').textContent.startsWith('Copy'), undefined, { timeout: 5000 });
  const other = await open(browser, page.url());
  assert.equal(await text(other.page, 'sa'), 'E = 164.81 Hz');
  await other.context.close();
  await context.close();
  say('no clipboard', 'the link stands in the address');
}

/** Two tabs play side by side, and what was set last is what the next one opens with. */
async function tabs(browser, home) {
  const { page, context, wrongs } = await open(browser, home);
  const other = await context.newPage();
  other.on('pageerror', (error) => wrongs.push(String(error)));
  await other.goto(home);
  await ready(other);
  await page.click('#play');
  await other.click('#play');
  await new Hand(other).type('tonic', 'E');
  await page.bringToFront();
  assert.equal(await text(page, 'sa'), 'C# = 138.59 Hz');
  assert.ok(rms(await hear(page, 1.5)) > 0.003);
  const third = await context.newPage();
  await third.goto(home);
  await ready(third);
  assert.equal(await text(third, 'sa'), 'E = 164.81 Hz');
  assert.deepEqual(wrongs, []);
  await context.close();
  say('two tabs', 'each its own drone; the last word is what the next one opens with');
}

/** What is drawn fits its screen after any turn of it. */
async function turns(browser, home) {
  const { page, context, wrongs } = await open(browser, home, { deviceScaleFactor: 2 });
  await page.click('#play');
  for (const [width, height] of [[844, 390], [320, 568], [640, 360], [1920, 1080], [280, 653], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(200);
    assert.ok(await fits(page), `${width} x ${height} sticks out at the side`);
    const [drawn, shown] = await page.evaluate(() => {
      const canvas = document.getElementById('strings');
      return [canvas.width, Math.round(canvas.getBoundingClientRect().width * devicePixelRatio)];
    });
    assert.ok(Math.abs(drawn - shown) <= 1, `${width} x ${height}: ${drawn} drawn, ${shown} shown`);
  }
  assert.deepEqual(wrongs, []);
  await context.close();
  say('turned and resized', 'fits');
}

const ACTS = { links, nothing, words, taps, early, unasked, storage, missing, clipboard, tabs, turns };

/** Tests all of it, or what ACTS names. */
export async function rude(browser, home) {
  const wanted = process.env.ACTS?.split(' ') ?? Object.keys(ACTS);
  for (const act of wanted) await ACTS[act](browser, home);
}
