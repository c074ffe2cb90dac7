// The browser renders what the native library renders.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { say } from './hand.mjs';

const TARGET = process.env.CARGO_TARGET_DIR ?? new URL('../target', import.meta.url).pathname;
const NATIVE = process.env.NATIVE ?? `${TARGET}/release/examples/native`;
const RATE = 48000;
const SECONDS = 10;
const WORDS = ['', 'tonic=D;pattern=Ni-Sa-Sa-Sa;cycle=3;jawari=0.8', 'tonic=A;model=female;with=pattern=Ma-Sa-Sa-Sa'];
const LARGEST = 1e-4; // difference of a sample: what other roundings come to in ten seconds of feedback

const floats = (buffer) => new Float32Array(buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length));

/** Runs in the page: both sides as bytes in base64, and how long it took. */
async function offline([words, seconds, rate]) {
  const context = new OfflineAudioContext(2, rate * seconds, rate);
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
}

export async function render(page) {
  for (const words of WORDS) {
    const { text, spent } = await page.evaluate(offline, [words, SECONDS, RATE]);
    const heard = floats(Buffer.from(text, 'base64'));
    const native = floats(execFileSync(NATIVE, [words, String(RATE), String(SECONDS)], { maxBuffer: 1e9 }));
    let [worst, error, power] = [0, 0, 0];
    for (let n = 0; n < RATE * SECONDS; n++) {
      for (const side of [0, 1]) {
        const off = heard[side * RATE * SECONDS + n] - native[2 * n + side];
        worst = Math.max(worst, Math.abs(off));
        error += off * off;
        power += native[2 * n + side] ** 2;
      }
    }
    const share = 10 * Math.log10(error / power);
    say(`equal to native [${words.slice(0, 16)}]`, `largest difference ${worst.toExponential(1)}, ${share.toFixed(0)} dB; ${(SECONDS / spent).toFixed(0)}x real time`);
    assert.ok(power > 0 && worst < LARGEST, 'the browser renders what the native library does');
  }
}
