// A hand on the page, and an ear at its loudspeaker.
import assert from 'node:assert/strict';
import { hear } from './site.mjs';
import { amplitude, cents, db, pitch, rms } from './measure.mjs';

export const say = (what, figure) => console.log(`${what.padEnd(34)} ${figure}`);

const SETTLE_S = 1.2; // glides and fades are over, and the graph has played what it had
const CLOSE_CENTS = 6; // what three seconds of two strings that beat tell

export class Hand {
  constructor(page, rate) {
    Object.assign(this, { page, rate });
  }

  /** What is heard from now on, once what was changed has settled. */
  async listen(seconds, settle = SETTLE_S) {
    await this.page.waitForTimeout(1000 * settle);
    return hear(this.page, seconds);
  }

  /** As a finger that drags it. */
  slide(id, value) {
    return this.page.locator(`#${id}`).evaluate((slider, value) => {
      slider.value = value;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, value);
  }

  pick(name, value) {
    return this.page.locator(`input[name="${name}"][value="${value}"]`).check();
  }

  async type(id, text) {
    await this.page.fill(`#${id}`, text);
    await this.page.press(`#${id}`, 'Enter');
  }

  async level(seconds = 2, settle) {
    return db(rms(await this.listen(seconds, settle)) + 1e-9);
  }

  /** Amplitude of one frequency. */
  async partial(hz, settle) {
    return amplitude(await this.listen(3, settle), hz, this.rate);
  }

  /** Sa is heard here: at its second partial, which kharaj and jodi share. */
  async inTune(what, hz, seconds = 3) {
    const sa = pitch(await this.listen(seconds), 2 * hz, this.rate) / 2;
    say(what, `${sa.toFixed(2)} Hz, ${cents(sa, hz).toFixed(1)} cents off`);
    assert.ok(Math.abs(cents(sa, hz)) < CLOSE_CENTS, what);
  }

  /** Silence, and the processor at rest. */
  async isSilent(what) {
    await this.page.waitForFunction(() => window.audio.state === 'suspended');
    assert.equal(await this.page.getAttribute('#play', 'aria-pressed'), 'false');
    // Nothing comes while it rests. Made to go on, it has nothing to say.
    const loudest = await this.page.evaluate(async (seconds) => {
      const { audio } = window;
      audio.suspend = () => Promise.resolve(); // hides the browser's own from the page
      await audio.resume();
      await new Promise((later) => setTimeout(later, 1000 * seconds));
      const blocks = (window.heard = []);
      await new Promise((later) => setTimeout(later, 1000 * seconds));
      delete audio.suspend;
      await audio.suspend();
      return blocks.length < 2 ? NaN : Math.max(...blocks.map((block) => Math.max(...block.map(Math.abs))));
    }, 0.5);
    assert.equal(loudest, 0, what);
    say(what, 'silent, and the audio thread rests');
  }

  async sounds(what) {
    const level = await this.level(1.5);
    say(what, `${level.toFixed(0)} dB`);
    assert.ok(level > -50, what);
    assert.equal(await this.page.getAttribute('#play', 'aria-pressed'), 'true');
  }
}
