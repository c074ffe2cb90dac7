// What is in a sound: level, pitch of a partial.

export const rms = (x) => Math.sqrt(x.reduce((sum, sample) => sum + sample * sample, 0) / x.length);
export const db = (ratio) => 20 * Math.log10(ratio);

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
export function pitch(x, near, rate, cents = 60) {
  let best = [0, near];
  for (let c = -cents; c <= cents; c += 1) {
    const hz = near * 2 ** (c / 1200);
    const strength = amplitude(x, hz, rate);
    if (strength > best[0]) best = [strength, hz];
  }
  return best[1];
}

export const cents = (hz, from) => 1200 * Math.log2(hz / from);
