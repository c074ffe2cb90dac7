// Without a pointer, without eyes, without motion.
import assert from 'node:assert/strict';
import { Hand, say } from './hand.mjs';
import { hear } from './site.mjs';
import { db, rms } from './measure.mjs';

/** Stops of the key Tab, in the order they are meant: a group of choices is one. */
const STOPS = ['play', 'gain', 'tonic-key', 'tonic', 'first', 'pattern', 'cycle', 'jawari', 'cents', 'second', 'model', 'sleep', 'share', 'forget'];
const OPERABLE = ['button', 'radio', 'slider', 'textbox', 'spinbutton', 'combobox', 'checkbox'];

export async function keys(page, context) {
  const hand = new Hand(page, await page.evaluate(() => window.audio.sampleRate));
  const key = async (name, times = 1) => {
    for (let n = 0; n < times; n++) await page.keyboard.press(name);
  };
  await names(page, context);

  // From the top, with Tab alone; each stop is seen. Without a place to start from, Tab would go on from the last click, out of the page.
  await page.evaluate(() => {
    const top = Object.assign(document.createElement('span'), { id: 'top', tabIndex: -1 });
    document.body.prepend(top);
    top.focus();
  });
  const stops = [];
  for (let n = 0; n < STOPS.length; n++) {
    await key('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      const shown = at.type === 'radio' ? at.nextElementSibling : at;
      const { outlineStyle, outlineWidth } = getComputedStyle(shown);
      return { name: at.name || at.id, outline: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth) };
    });
    assert.ok(stop.outline >= 2, `${stop.name} shows that it has the focus`);
    stops.push(stop.name);
  }
  await page.evaluate(() => document.getElementById('top').remove());
  assert.deepEqual(stops, STOPS);
  say('Tab', stops.join(' '));

  // Everything by keys alone, heard.
  const before = await hand.level(4);
  await page.focus('#gain');
  await key('ArrowLeft', 20);
  const softer = (await hand.level(4)) - before;
  say('volume, 20 times arrow left', `${softer.toFixed(1)} dB`);
  assert.ok(Math.abs(softer + 20) < 2);
  await key('ArrowRight', 20);
  await page.focus('#cents');
  await key('ArrowUp', 30);
  await hand.inTune('fine tuning, 30 times arrow up', 138.591 * 2 ** (30 / 1200));
  await key('ArrowDown', 30);
  await page.focus('input[name="tonic-key"]:checked');
  await key('ArrowRight');
  await hand.inTune('keys, arrow right to D', 146.832);
  await key('ArrowLeft');
  await page.focus('#tonic');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('E');
  await key('Enter');
  await hand.inTune('typed E', 164.814);
  await page.focus('#forget');
  await key(' ');
  await hand.inTune('Space on Start afresh', 138.591);

  // Space plays and pauses from anywhere that has no use for it.
  await page.evaluate(() => document.activeElement.blur());
  const top = await page.evaluate(() => scrollY);
  await key(' ');
  await hand.isSilent('Space');
  assert.equal(await page.evaluate(() => scrollY), top, 'it does not scroll');
  await key(' ');
  await hand.sounds('Space again');
  await page.focus('#play');
  await key(' ');
  await hand.isSilent('Space on the button');
  await key('Enter');
  await hand.sounds('Enter on the button');
}

/** What a screen reader says of everything that can be operated. */
async function names(page, context) {
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const seen = nodes.filter(({ ignored, role }) => !ignored && OPERABLE.includes(role?.value));
  const told = seen.map(({ role, name }) => `${role.value} ${name?.value ?? ''}`);
  assert.deepEqual(told.filter((one) => !one.trim().includes(' ')), [], 'everything has a name');
  const operable = await page.locator('button, input').count();
  assert.equal(seen.length, operable, 'and is told of');
  const groups = nodes.filter(({ role, ignored }) => !ignored && role?.value === 'group').map(({ name }) => name?.value);
  assert.ok(groups.length >= 6 && groups.every(Boolean), 'so are groups');
  say('named', `${seen.length} controls, in ${groups.length} groups: ${groups.join(', ')}`);
  const values = await page.locator('[data-param]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-valuetext')));
  assert.ok(values.every(Boolean));
  say('values of sliders', values.join(', '));
}

const AWAY = 0.3; // of the way down the strings: no finger is there
const FINGER = 0.47;

/** How many pixels of one row of the strings differ from one look to the next. */
async function moved(page, row = AWAY, looks = 12) {
  return page.evaluate(async ([row, looks]) => {
    const canvas = document.getElementById('strings');
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    let [before, moved] = [undefined, 0];
    for (let look = 0; look < looks; look++) {
      await new Promise((later) => setTimeout(later, 150));
      await frame();
      const { data } = canvas.getContext('2d').getImageData(0, Math.round(row * canvas.height), canvas.width, 1);
      if (before) moved += data.filter((value, n) => value !== before[n]).length / 4;
      before = data;
    }
    return Math.round(moved);
  }, [row, looks]);
}

export async function motion(page) {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const free = await moved(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForTimeout(300);
  const still = await moved(page);
  // A dot where the finger was goes on: it lights up and fades in its place.
  const [dots, sound] = [await moved(page, FINGER), rms(await hear(page, 1))];
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const again = await moved(page);
  say('pixels of the strings that move', `${free}; ${still} where less motion is wanted, ${dots} in the dots, at ${db(sound).toFixed(0)} dB; ${again} after`);
  assert.ok(free > 50 && again > 50 && still === 0 && dots > 0 && sound > 0.003);
}
