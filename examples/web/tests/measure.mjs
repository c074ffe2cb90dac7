// What is in a sound: level, pitch of a partial, strokes of a string.

export const rms = (x) => Math.sqrt(x.reduce((sum, sample) => sum + sample * sample, 0) / x.length);
export const db = (ratio) => 20 * Math.log10(ratio);
export const cents = (hz, from) => 1200 * Math.log2(hz / from);

/** Amplitude of one frequency, under a Hann window. */
export function amplitude(x, hz, rate) {
  let [re, im] = [0, 0];
  for (let n = 0; n < x.length; n++) {
    const window = 1 - Math.cos((2 * Math.PI * n) / x.length);
    const angle = (2 * Math.PI * hz * n) / rate;
    re += window * x[n] * Math.cos(angle);
    im -= window * x[n] * Math.sin(angle);
  }
  return (2 * Math.hypot(re, im)) / x.length;
}

/** The strongest frequency within some cents of one, Hz. */
export function pitch(x, near, rate, within = 60) {
  let best = [0, near];
  for (let c = -within; c <= within; c += 1) {
    const hz = near * 2 ** (c / 1200);
    const strength = amplitude(x, hz, rate);
    if (strength > best[0]) best = [strength, hz];
  }
  return best[1];
}

/** How much of a sound is high: its second difference beside itself. The buzz is there. */
export const brightness = (x) => rms(x.map((sample, n) => (n < 2 ? 0 : sample - 2 * x[n - 1] + x[n - 2]))) / rms(x);

const SPAN_S = 0.15; // heard at once
const HOP_S = 0.02;
const RISE_HOPS = 6;
const RISE_DB = 25; // a finger stops the string first: nothing else rises so steeply
const APART_HOPS = 20;

/** When a string is plucked, s: where a partial that only this string has rises out of the finger's silence. */
export function strokes(x, hz, rate) {
  const [span, hop] = [Math.round(SPAN_S * rate), Math.round(HOP_S * rate)];
  const levels = [];
  for (let at = 0; at + span <= x.length; at += hop) levels.push(db(amplitude(x.subarray(at, at + span), hz, rate) + 1e-9));
  const rises = levels.map((level, n) => (levels[n + RISE_HOPS] ?? level) - level);
  const isPeak = (rise, n) => rise > RISE_DB && rise === Math.max(...rises.slice(Math.max(0, n - APART_HOPS), n + APART_HOPS + 1));
  return rises.map((rise, n) => (isPeak(rise, n) ? n * HOP_S : undefined)).filter((time) => time !== undefined);
}
