// The page as a hand and an ear have it: node tests/run.mjs (after ./build, npm install in tests/, and cargo build --release --example
// native). LIVE_S=60 plays so long for dropouts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { browse, hear, open, ready, serve } from './site.mjs';
import { amplitude, cents, db, pitch, rms } from './measure.mjs';

const NATIVE = process.env.NATIVE ?? new URL('../target/release/examples/native', import.meta.url).pathname;
const LIVE_S = Number(process.env.LIVE_S ?? 10);
const site = await serve();
const browser = await browse();
const home = `${site.origin}/`;
const say = (what, figure) => console.log(`${what.padEnd(34)} ${figure}`);

// The offline render equals the native one.
{
  const { page, context } = await open(browser, home);
  for (const words of ['', 'tonic=D;pattern=Ni-Sa-Sa-Sa;cycle=3;jawari=0.8', 'tonic=A;model=female;with=pattern=Ma-Sa-Sa-Sa']) {
    const seconds = 10;
    const { text, spent } = await page.evaluate(async ([words, seconds]) => {
      const context = new OfflineAudioContext(2, 48000 * seconds, 48000);
      await context.audioWorklet.addModule('worklet.js');
      const module = await (await fetch('tanpura.wasm')).arrayBuffer();
      const processorOptions = { module, words: new TextEncoder().encode(words) };
      const options = { numberOfInputs: 0, outputChannelCount: [2], processorOptions };
      new AudioWorkletNode(context, 'drone', options).connect(context.destination);
      const start = performance.now();
      const sound = await context.startRendering();
      const spent = (performance.now() - start) / 1000;
      const bytes = new Uint8Array(await new Blob([sound.getChannelData(0), sound.getChannelData(1)]).arrayBuffer());
      let text = '';
      for (let n = 0; n < bytes.length; n += 32768) text += String.fromCharCode(...bytes.subarray(n, n + 32768));
      return { text: btoa(text), spent };
    }, [words, seconds]);
    const floats = (buffer) => new Float32Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length));
    const heard = floats(Buffer.from(text, 'base64'));
    const native = floats(execFileSync(NATIVE, [words, '48000', String(seconds)], { maxBuffer: 1e9 }));
    const frames = 48000 * seconds;
    let [worst, error, power] = [0, 0, 0];
    for (let n = 0; n < frames; n++) {
      for (const side of [0, 1]) {
        const off = heard[side * frames + n] - native[2 * n + side];
        worst = Math.max(worst, Math.abs(off));
        error += off * off;
        power += native[2 * n + side] ** 2;
      }
    }
    const share = 10 * Math.log10(error / power);
    say(`equal to native [${words.slice(0, 16)}]`, `largest difference ${worst.toExponential(1)}, ${share.toFixed(0)} dB; ${(seconds / spent).toFixed(0)}x real time`);
    assert.ok(power > 0 && worst < 1e-4, 'the browser renders what the native library does');
  }
  await context.close();
}

// One page, played by hand.
const { page, context, wrongs } = await open(browser, home, { permissions: ['clipboard-read', 'clipboard-write'] });
const first = await page.evaluate(async () => {
  const tapped = performance.now();
  document.getElementById('play').click();
  for (;;) {
    const loud = window.heard.findIndex((block) => block.some((x) => Math.abs(x) > 1e-4));
    if (loud >= 0) return performance.now() - tapped + 1000 * window.audio.outputLatency;
    await new Promise((later) => setTimeout(later, 2));
  }
});
say('first sound after the tap', `${first.toFixed(0)} ms until the graph has it, plus what the browser says of its output's latency (no sound card here)`);
assert.ok(first > 0);
const rate = await page.evaluate(() => window.audio.sampleRate);
const settle = () => page.waitForTimeout(1200);
const slide = (id, value) =>
  page.locator(`#${id}`).evaluate((slider, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, value);
const pick = (name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check();
const type = async (id, text) => {
  await page.fill(`#${id}`, text);
  await page.press(`#${id}`, 'Enter');
};
/** Sa as it is heard, at its second partial, which kharaj and jodi share. */
const heardSa = async (near) => pitch(await hear(page, 4), 2 * near, rate) / 2;
const inTune = async (what, hz) => {
  await settle();
  const sa = await heardSa(hz);
  say(what, `${sa.toFixed(2)} Hz, ${cents(sa, hz).toFixed(1)} cents off`);
  assert.ok(Math.abs(cents(sa, hz)) < 6, what);
};

await slide('cycle', 2);
await inTune('Sa at first', 138.59);
await pick('tonic-key', 'D');
await inTune('key D', 146.83);
await page.focus('input[name="tonic-key"][value="D"]');
await page.keyboard.press('ArrowRight');
await inTune('arrow key to D#', 155.56);
await type('tonic', 'kali 1');
await inTune('typed kali 1', 138.59);
await slide('cents', 40);
await inTune('40 cents', 138.59 * 2 ** (40 / 1200));
await slide('cents', 0);
await type('tonic', 'H');
assert.match(await page.textContent('#tonic-wrong'), /H/);
say('a wrong word is answered', await page.textContent('#tonic-wrong'));
await type('tonic', 'C#');

// A first string is heard by its own first partial, which no Sa has.
const partial = async (ratio) => amplitude(await hear(page, 4), ratio * 138.59, rate);
await page.waitForTimeout(3000);
const pa = await partial(3 / 4);
for (const [word, ratio] of [['Ma', 2 / 3], ['Ni', 15 / 16]]) {
  await pick('first', word);
  await page.waitForTimeout(4000);
  const [own, gone] = [await partial(ratio), await partial(3 / 4)];
  say(`first string ${word}`, `${db(own / gone).toFixed(0)} dB over what is left of Pa`);
  assert.ok(own > 4 * gone && pa > 4 * gone, `${word} instead of Pa`);
}
await pick('first', 'Pa');
await pick('second', 'Ma');
await page.waitForTimeout(4000);
assert.equal(await page.locator('#names li').count(), 8);
const [mine, other] = [await partial(3 / 4), await partial(2 / 3)];
say('second tanpura', `its Ma ${db(other / mine).toFixed(0)} dB against the first one's Pa`);
assert.ok(other > 0.1 * mine, 'both are heard');
await pick('second', '');
await page.waitForTimeout(4000);
const left = await partial(2 / 3);
assert.ok(left < 0.25 * other, 'and one leaves');

const loud = rms(await hear(page, 4));
await slide('gain', -20);
await settle();
const soft = rms(await hear(page, 4));
say('volume by -20 dB', `${db(soft / loud).toFixed(1)} dB`);
assert.ok(Math.abs(db(soft / loud) + 20) < 2);
await slide('gain', 0);

// The buzz is sound above 2 kHz.
const bright = async () => {
  const x = await hear(page, 4);
  return rms(x.map((sample, n) => sample - 2 * (x[n - 1] ?? 0) + (x[n - 2] ?? 0))) / rms(x);
};
await slide('jawari', 0);
await page.waitForTimeout(3000);
const plain = await bright();
await slide('jawari', 0.6);
await page.waitForTimeout(3000);
const buzzing = await bright();
say('jawari 0 to 0.6', `${db(buzzing / plain).toFixed(1)} dB brighter`);
assert.ok(buzzing > 1.5 * plain);

// Strokes are counted where the page draws them: apart by more than the 0.9 s for which each is lit.
const strokes = () => page.evaluate(() => window.strokesSeen);
await page.evaluate(() => {
  window.strokesSeen = 0;
  const arc = CanvasRenderingContext2D.prototype.arc;
  let last = 0;
  CanvasRenderingContext2D.prototype.arc = function (x, ...more) {
    if (x !== last) window.strokesSeen += 1;
    last = x;
    return arc.call(this, x, ...more);
  };
});
for (const cycle of [10, 6]) {
  await slide('cycle', cycle);
  await page.waitForTimeout(7000);
  const before = await strokes();
  await page.waitForTimeout(12000);
  const count = (await strokes()) - before;
  say(`strokes in 12 s, round ${cycle} s`, `${count}, ${(12 / cycle) * 4} meant`);
  assert.ok(Math.abs(count - (12 / cycle) * 4) <= 2);
}

// Kept, carried by a link, and playing without a network.
await page.click('#share');
const link = await page.evaluate(() => navigator.clipboard.readText());
say('link', link.replace(site.origin, ''));
await page.click('#play');
await page.waitForFunction(() => window.audio.state === 'suspended');
await page.reload();
await ready(page);
assert.equal(await page.inputValue('#cycle'), '6');
await page.goto(`${home}#tonic=E;pattern=Ma-Sa-Sa-Sa;string.1.gain=-3`);
await page.waitForFunction(() => document.getElementById('sa').textContent.startsWith('E ='));
await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
await site.stop();
await page.reload();
await ready(page);
await page.click('#play');
await page.waitForTimeout(1500);
const offline = rms(await hear(page, 2));
say('without a server', `plays at ${db(offline).toFixed(0)} dB`);
assert.ok(offline > 0.003);
assert.equal(await page.textContent('#sa'), 'E = 164.81 Hz');

// A long time without a gap.
const ticks = () => {
  const stats = execFileSync('sh', ['-c', 'cat /proc/[0-9]*/stat 2>/dev/null || true']).toString().trim().split('\n');
  const fields = stats.map((line) => [line.slice(line.indexOf('(') + 1, line.lastIndexOf(')')), line.slice(line.lastIndexOf(')') + 2).split(' ')]);
  const ours = fields.filter(([name]) => name.startsWith('chrom'));
  return ours.reduce((sum, [, stat]) => sum + Number(stat[11]) + Number(stat[12]), 0);
};
const stats = () => page.evaluate(() => ({ ...window.audio.playbackStats?.toJSON?.(), now: window.audio.currentTime }));
const [before, busy] = [await stats(), ticks()];
await page.waitForTimeout(1000 * LIVE_S);
const [after, busier] = [await stats(), ticks()];
say(`${LIVE_S} s live`, `${after.underrunEvents - before.underrunEvents} underruns; the whole browser with its drawing ${((busier - busy) / LIVE_S).toFixed(0)} % of a core`);
say('', JSON.stringify(after));
if (LIVE_S) assert.ok(after.now - before.now > 0.95 * LIVE_S, 'the sound went on all the time');

assert.deepEqual(wrongs.filter((wrong) => !wrong.includes('ERR_CONNECTION_REFUSED')), []);
say('requests to other origins, errors', 'none');
const bytes = fs.statSync(new URL('../dist/tanpura.wasm', import.meta.url)).size;
say('size of the module', `${bytes} bytes`);
await context.close();
await browser.close();
