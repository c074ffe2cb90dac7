// Contrast of the page's colours by WCAG 2: text 4.5:1, borders 3:1. Both palettes stand in style.css.
import assert from 'node:assert/strict';
import fs from 'node:fs';

const css = fs.readFileSync(new URL('../page/style.css', import.meta.url), 'utf8');
const palettes = css.match(/:root \{[^}]*--ground[^}]*\}/g).map((block) => Object.fromEntries([...block.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, hex]) => [name, hex])));
const light = (hex) => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);

assert.equal(palettes.length, 2);
for (const [number, colours] of palettes.entries()) {
  const pairs = ['ink', 'soft', 'wrong'].flatMap((ink) => ['ground', 'panel'].map((ground) => [ink, ground, 4.5]));
  pairs.push(['on-accent', 'accent', 4.5], ['line', 'panel', 3], ['line', 'ground', 3], ['accent', 'panel', 3], ['steel', 'ground', 3], ['bronze', 'ground', 3]);
  for (const [ink, ground, least] of pairs) {
    const found = contrast(colours[ink], colours[ground]);
    console.log(['dark', 'light'][number], ink, 'on', ground, found.toFixed(2));
    assert.ok(found >= least, `${ink} on ${ground}`);
  }
}
