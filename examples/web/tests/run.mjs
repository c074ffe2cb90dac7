// The page as a hand and an ear have it: ../test builds it and runs this. LIVE_S=60 plays so long for dropouts; names of parts run only
// those: controls keys. A sound that is late or drops out may be the machine's: it has to have two cores for itself.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import zlib from 'node:zlib';
import http from 'node:http';
import { controls } from './controls.mjs';
import './contrast.mjs';
import { Hand, say } from './hand.mjs';
import { keys, motion } from './keys.mjs';
import { looks } from './looks.mjs';
import { rms, db } from './measure.mjs';
import { since, threads } from './processor.mjs';
import { render } from './render.mjs';
import { rude } from './rude.mjs';
import { browse, hear, open, ready, serve } from './site.mjs';

const LIVE_S = Number(process.env.LIVE_S ?? 10);
const MOST_BYTES = 300_000; // of the module
const SOUND_MS = 300; // from a tap, at most
const STALL_MS = 400; // longer than a browser has sound in store
const COUNTED_MS = 2000; // until a browser tells of dropouts

const site = await serve();
const home = `${site.origin}/`;

// Whatever the page, its worklet or its service worker asks of another machine goes here, beside what the browser asks of its maker.
const MAKER = /\.(google|googleapis|gvt1)\.com/;
const asked = [];
const proxy = http.createServer(({ url }, response) => (asked.push(url), response.writeHead(502).end()));
proxy.on('connect', ({ url }, socket) => (asked.push(url), socket.destroy()));
await new Promise((listening) => proxy.listen(0, '127.0.0.1', listening));
const browser = await browse(`--proxy-server=127.0.0.1:${proxy.address().port}`);

/** From a tap until the graph has sound. */
async function tapped(page) {
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
  say('', first < SOUND_MS ? `below ${SOUND_MS} ms` : `NOT below ${SOUND_MS} ms; was the machine busy?`);
}

/** Kept, carried by a link, installed, and playing without a network. */
async function kept(page, context) {
  const hand = new Hand(page, 0);
  await hand.slide('cycle', 6);
  // A page that is on its way when the service worker begins would be served by it from the next time on only.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await ready(page);
  assert.equal(await page.inputValue('#cycle'), '6');
  await page.goto(`${home}#tonic=E;pattern=Ma-Sa-Sa-Sa;string.1.gain=-3`);
  await page.waitForFunction(() => document.getElementById('sa').textContent.startsWith('E ='));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const browserSays = await context.newCDPSession(page);
  const { installabilityErrors } = await browserSays.send('Page.getInstallabilityErrors');
  const against = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'); // as all tests are
  assert.deepEqual([against, (await browserSays.send('Page.getAppManifest')).errors], [[], []]);
  say('to be installed', 'nothing is against it');
  await site.stop();
  await page.reload();
  await ready(page);
  await page.click('#play');
  await page.waitForTimeout(1500);
  const offline = rms(await hear(page, 2));
  say('without a server', `plays at ${db(offline).toFixed(0)} dB`);
  assert.ok(offline > 0.003);
  assert.equal(await page.textContent('#sa'), 'E = 164.81 Hz');
}

/** A long time without a gap. */
async function live(page) {
  const stats = () => page.evaluate(() => ({ ...window.audio.playbackStats?.toJSON?.(), now: window.audio.currentTime }));
  const [before, busy] = [await stats(), threads()];
  await page.waitForTimeout(1000 * LIVE_S);
  const { spent, all } = since(busy);
  await page.waitForTimeout(COUNTED_MS);
  const after = await stats();
  const share = (seconds) => `${((100 * seconds) / LIVE_S).toFixed(2)} %`;
  const largest = spent.slice(0, 6).map(({ name, seconds }) => `${name} ${share(seconds)}`);
  say(`${LIVE_S} s live`, `${after.underrunEvents - before.underrunEvents} underruns; the whole browser ${share(all)} of a core`);
  say('by thread', largest.join(', '));
  assert.equal(after.underrunEvents - before.underrunEvents, 0, 'no dropout; was the machine busy?');
  if (LIVE_S) assert.ok(after.now - before.now > 0.95 * LIVE_S, 'the sound went on all the time');
}

/** Whether a dropout would have been counted: one made on purpose. */
async function dropout(page) {
  const [before, after] = await page.evaluate(async (ms) => {
    const { audio } = window;
    await audio.audioWorklet.addModule('stall.js');
    const stall = new AudioWorkletNode(audio, 'stall');
    stall.connect(audio.destination);
    const later = () => new Promise((passed) => setTimeout(passed, 1000));
    await later();
    const before = audio.playbackStats.underrunEvents;
    stall.port.postMessage(ms);
    for (let second = 0; second < 4; second++) await later(); // browsers count up at their leisure
    stall.disconnect();
    return [before, audio.playbackStats.underrunEvents];
  }, STALL_MS);
  say(`stalled for ${STALL_MS} ms on purpose`, `${after - before} underruns told`);
  assert.ok(after > before, 'a dropout is told');
}

async function size() {
  const module = fs.readFileSync(new URL('../dist/tanpura.wasm', import.meta.url));
  const [gzip, brotli] = [zlib.gzipSync(module, { level: 9 }), zlib.brotliCompressSync(module)];
  say('size of the module', `${module.length} bytes; ${gzip.length} with gzip, ${brotli.length} with brotli`);
  assert.ok(module.length < MOST_BYTES);
}

const PARTS = { render, tapped, controls, keys, motion, live, dropout, kept, size };
const ALSO = { looks, rude }; // which open pages of their own
const wanted = process.argv.slice(2);
const { page, context, wrongs } = await open(browser, home, { permissions: ['clipboard-read', 'clipboard-write'] });
for (const [name, part] of Object.entries(PARTS)) {
  if (wanted.length > 0 && name !== 'tapped' && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  await part(page, context);
}
assert.deepEqual(wrongs.filter((wrong) => !wrong.includes('ERR_CONNECTION_REFUSED')), []);
await context.close();
const again = await serve(); // what `kept` has stopped
for (const [name, part] of Object.entries(ALSO)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  await part(browser, `${again.origin}/`);
}
await browser.close();
assert.deepEqual(asked.filter((url) => !MAKER.test(url)), []);
say('requests to other machines, errors', 'none');
await site.stop();
await again.stop();
proxy.close();
