// Every control of the page is used, and what comes of it is heard.
import assert from 'node:assert/strict';
import { Hand, say } from './hand.mjs';
import { amplitude, brightness, db, pitch, rms, strokes } from './measure.mjs';

const SA_HZ = 138.591; // C#3
const KEYS = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];
/** A key without an octave lies around 138 Hz: C3 to F3, F#2 to B2. */
const keyHz = (key) => 440 * 2 ** ((KEYS.indexOf(key) - (KEYS.indexOf(key) < 6 ? 21 : 33)) / 12);
/** First strings, as ratios to Sa in just intonation, below it. */
const FIRSTS = { Pa: 3 / 4, Ma: 2 / 3, Ni: 15 / 16, kNi: 9 / 10, tMa: 45 / 64, Dha: 5 / 6, Ga: 5 / 8 };
const SLEEP_FASTER = 180; // times: the quarter of an hour is five seconds

/** Runs in the page: what is told the audio thread of sleep is told in a shorter time, and kept as it was. */
function sleepFaster(times) {
  window.slept = [];
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...more) {
    if (message?.[0] !== 'sleep') return post.call(this, message, ...more);
    window.slept.push(message[1]);
    return post.call(this, ['sleep', message[1] / times], ...more);
  };
}

/** Tests all controls, or those named in CONTROLS. */
export async function controls(page) {
  await page.evaluate(sleepFaster, SLEEP_FASTER);
  const hand = new Hand(page, await page.evaluate(() => window.audio.sampleRate));
  const tested = new Set();
  const wanted = process.env.CONTROLS?.split(' ') ?? Object.keys(TESTS);
  for (const [control, test] of Object.entries(TESTS).filter(([control]) => wanted.includes(control))) {
    console.log(`-- ${control}`);
    await test(hand);
    tested.add(control);
  }
  if (process.env.CONTROLS) return;
  const there = await page.locator('button, input').evaluateAll((all) => [...new Set(all.map((one) => one.name || one.id))]);
  assert.deepEqual(there.filter((control) => !tested.has(control)), [], 'no control is without a test');
  say('controls without a test', 'none');
}

/** By name or id. Each leaves the page as it found it: C#, Pa-Sa-Sa-Sa, a round of 2 s. */
const TESTS = {
  async cycle(hand) {
    // Only the first string has 3/4 of Sa, only kharaj its half.
    for (const [round, seconds] of [[6, 20], [3, 10]]) {
      await hand.slide('cycle', round);
      const x = await hand.listen(seconds, 6);
      const [firsts, lows] = [strokes(x, SA_HZ * 0.75, hand.rate), strokes(x, SA_HZ / 2, hand.rate)];
      const rounds = firsts.slice(1).map((time, n) => time - firsts[n]);
      const between = firsts.map((time) => lows.find((low) => low > time) - time).filter((time) => time > 0);
      const list = (times) => times.map((time) => time.toFixed(2)).join(', ');
      say(`round ${round} s`, `first string every ${list(rounds)} s; kharaj after ${list(between)} s, ${(0.6 * round).toFixed(2)} meant`);
      assert.ok(rounds.length >= 2 && between.length >= 2);
      for (const time of rounds) assert.ok(Math.abs(time / round - 1) < 0.04, 'a stroke every round');
      for (const time of between) assert.ok(Math.abs(time / (0.6 * round) - 1) < 0.08, 'kharaj three fifths later');
    }
    await hand.slide('cycle', 2);
  },

  async 'tonic-key'(hand) {
    for (const key of [...KEYS, 'C#']) {
      await hand.pick('tonic-key', key);
      await hand.inTune(`key ${key}`, keyHz(key));
    }
  },

  async tonic(hand) {
    await hand.type('tonic', 'safed 2');
    await hand.inTune('typed safed 2', 146.832);
    await hand.type('tonic', 'H');
    const told = await hand.page.textContent('#tonic-wrong');
    assert.match(told, /H/);
    assert.equal(await hand.page.getAttribute('#tonic', 'aria-invalid'), 'true');
    await hand.inTune('a wrong word changes nothing', 146.832);
    say('and is answered', told);
    await hand.type('tonic', 'kali 1');
    await hand.inTune('typed kali 1', SA_HZ);
  },

  async cents(hand) {
    await hand.slide('cents', 40);
    await hand.inTune('40 cents', SA_HZ * 2 ** (40 / 1200));
    await hand.slide('cents', 0);
    await hand.inTune('0 cents', SA_HZ);
  },

  async first(hand) {
    // A first string is heard by its own first partial, which no Sa has.
    const offered = await hand.page.locator('input[name="first"]').evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(offered.toSorted(), Object.keys(FIRSTS).toSorted());
    for (const word of [...offered.filter((word) => word !== 'Pa'), 'Pa']) {
      const ratio = FIRSTS[word];
      await hand.pick('first', word);
      const x = await hand.listen(3, 3);
      const own = pitch(x, ratio * SA_HZ, hand.rate, 20) / SA_HZ;
      const off = 1200 * Math.log2(own / ratio);
      const before = word === 'Pa' ? FIRSTS[offered.at(-1)] : FIRSTS.Pa;
      const over = db(amplitudes(x, ratio * SA_HZ, before * SA_HZ, hand.rate));
      say(`first string ${word}`, `${off.toFixed(0)} cents off its place, ${over.toFixed(0)} dB over another that is not there`);
      assert.ok(Math.abs(off) < 8 && over > 12, word);
    }
  },

  async pattern(hand) {
    await hand.type('pattern', 'Pa-Ni-Sa-Sa-Sa');
    const [pa, ni] = [await hand.partial(FIRSTS.Pa * SA_HZ, 3), await hand.partial(FIRSTS.Ni * SA_HZ)];
    assert.equal(await hand.page.locator('#names li').count(), 5);
    await hand.type('pattern', 'Pa-Xa-Sa-Sa');
    assert.match(await hand.page.textContent('#pattern-wrong'), /Xa/);
    assert.equal(await hand.page.locator('#names li').count(), 5);
    await hand.type('pattern', 'Pa-Sa-Sa-Sa');
    const gone = await hand.partial(FIRSTS.Ni * SA_HZ, 3);
    say('typed Pa-Ni-Sa-Sa-Sa', `Ni ${db(ni / pa).toFixed(0)} dB beside Pa, ${db(gone / pa).toFixed(0)} dB after Pa-Sa-Sa-Sa`);
    assert.ok(ni > 0.1 * pa && gone < 0.2 * ni);
  },

  async second(hand) {
    const ni = await hand.partial(FIRSTS.Ni * SA_HZ);
    for (const word of ['Ma', 'Ni']) {
      await hand.pick('second', word);
      const [mine, other] = [await hand.partial(FIRSTS.Pa * SA_HZ, 4), await hand.partial(FIRSTS[word] * SA_HZ)];
      assert.equal(await hand.page.locator('#names li').count(), 8);
      say(`second tanpura ${word}`, `${db(other / mine).toFixed(0)} dB beside the first one's Pa, before it ${db(ni / mine).toFixed(0)} dB`);
      assert.ok(other > 0.1 * mine, 'both are heard');
    }
    await hand.pick('second', 'Pa');
    assert.equal(await hand.page.locator('#names li').count(), 8);
    const both = await hand.partial(FIRSTS.Ni * SA_HZ, 4);
    await hand.pick('second', '');
    const left = await hand.partial(FIRSTS.Ni * SA_HZ, 4);
    assert.equal(await hand.page.locator('#names li').count(), 4);
    say('second Pa, then none', `Ni ${db(both / ni).toFixed(0)} and ${db(left / ni).toFixed(0)} dB beside what it was at first`);
    assert.ok(left < 3 * ni && both < 3 * ni, 'and it leaves');
  },

  async model(hand) {
    const lows = {};
    for (const [model, hz] of [['female', 2 * SA_HZ], ['instrumental', 2 * SA_HZ], ['southern', SA_HZ], ['male', SA_HZ]]) {
      await hand.pick('model', model);
      const x = await hand.listen(8, 5); // four rounds, once what was struck before has died away
      // Kharaj of the lower ones lies an octave below the lowest string of the higher ones.
      const low = amplitudes(x, SA_HZ / 2, SA_HZ, hand.rate);
      const sa = pitch(x, 2 * hz, hand.rate) / 2;
      lows[model] = lowness(x, hand.rate);
      say(`kind ${model}`, `Sa ${sa.toFixed(2)} Hz, ${hz.toFixed(2)} meant; ${(SA_HZ / 2).toFixed(0)} Hz ${db(low).toFixed(0)} dB; below 250 Hz ${db(lows[model]).toFixed(1)} dB`);
      assert.ok(Math.abs(1200 * Math.log2(sa / hz)) < 6);
      assert.equal(low > 0.05, hz === SA_HZ, 'its register');
    }
    assert.ok(db(lows.southern / lows.male) < -2, 'the southern one has another body');
  },

  async gain(hand) {
    const loud = await hand.level(4);
    for (const gain of [-20, -40, 6, 0]) {
      await hand.slide('gain', gain);
      const level = (await hand.level(4)) - loud;
      say(`volume ${gain} dB`, `${level.toFixed(1)} dB`);
      assert.ok(Math.abs(level - gain) < 2);
    }
  },

  async jawari(hand) {
    await hand.slide('jawari', 0);
    const plain = brightness(await hand.listen(4, 3));
    await hand.slide('jawari', 0.6);
    const buzzing = brightness(await hand.listen(4, 3));
    say('jawari 0 to 0.6', `${db(buzzing / plain).toFixed(1)} dB brighter`);
    assert.ok(buzzing > 1.5 * plain);
    await hand.slide('jawari', 0.5);
  },

  async play(hand) {
    await hand.page.click('#play');
    await hand.isSilent('a tap');
    await hand.page.click('#play');
    await hand.sounds('another');
    // Keys of a headset, and the locked screen of a telephone.
    for (const action of ['pause', 'pause']) await hand.page.evaluate((action) => window.mediaKeys[action](), action);
    await hand.isSilent('the key Pause, twice');
    for (const action of ['play', 'play']) await hand.page.evaluate((action) => window.mediaKeys[action](), action);
    await hand.sounds('the key Play, twice');
  },

  async sleep(hand) {
    const choices = await hand.page.locator('input[name="sleep"]').evaluateAll((all) => all.map((one) => Number(one.value)));
    for (const minutes of choices.slice(1)) await hand.pick('sleep', minutes);
    await hand.pick('sleep', 15);
    await hand.page.waitForFunction(() => document.getElementById('sleep-says').textContent.startsWith('Silent in'));
    await hand.pick('sleep', 0);
    const told = await hand.page.evaluate(() => window.slept);
    assert.deepEqual(told.slice(0, -2), choices.slice(1).map((minutes) => 60 * minutes));
    assert.deepEqual(told.slice(-2), [900, 0]);
    const awake = await hand.level(6, 0.5);
    assert.ok(awake > -50, 'never means never');
    await hand.pick('sleep', 15);
    await hand.isSilent(`sleep in ${900 / SLEEP_FASTER} s, told as 15 min`);
    assert.ok(await hand.page.isChecked('input[name="sleep"][value="0"]'));
    await hand.page.click('#play');
    await hand.sounds('woken');
  },

  async share(hand) {
    await hand.type('tonic', 'G');
    await hand.page.click('#share');
    const link = await hand.page.evaluate(() => navigator.clipboard.readText());
    await hand.type('tonic', 'C#');
    say('a link', link.replace(/.*#/, '#'));
    await hand.page.evaluate((link) => (location.href = link), link);
    await hand.inTune('opened while it plays', keyHz('G'));
    await hand.type('tonic', 'C#');
  },

  async forget(hand) {
    const before = await hand.level(4);
    await hand.type('tonic', 'E');
    await hand.slide('gain', -30);
    await hand.pick('second', 'Ma');
    await hand.page.click('#forget');
    await hand.inTune('start afresh', SA_HZ);
    const level = (await hand.level(8)) - before;
    say('and as loud as at first', `${level.toFixed(1)} dB`);
    assert.ok(Math.abs(level) < 4);
    assert.equal(await hand.page.locator('#names li').count(), 4);
    assert.equal(await hand.page.inputValue('#cycle'), '4');
    assert.equal(await hand.page.evaluate(() => localStorage.getItem('tanpura')), '');
    await hand.slide('cycle', 2);
  },
};

/** One frequency beside another. */
function amplitudes(x, hz, other, rate) {
  return amplitude(x, hz, rate) / amplitude(x, other, rate);
}

/** How much of a sound is its partials below 250 Hz. */
function lowness(x, rate) {
  const partials = [1 / 2, 3 / 4, 1, 3 / 2].map((ratio) => amplitude(x, ratio * SA_HZ, rate));
  return Math.hypot(...partials) / rms(x);
}
