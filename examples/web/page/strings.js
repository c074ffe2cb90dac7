// The strings, as they move: each is as wide as it pulls on its bridge, and lights up where a finger lets it go. Where less motion
// is wanted, nothing moves: a dot lights up and fades.

const PLACE = 0.47; // of the finger, from the nut
const FLASH_S = 0.9;
const LOW_CENTS = -1100; // kharaj are of bronze
const SOFTEST_N = 0.002; // a string that rests
const LOUDEST_N = 2; // one just plucked
const SETTLE = 0.18; // of the way a picture
const WAVES = 3; // lines that swing within the width of a string
export const APART = 0.6; // between one tanpura and the next, beside the place of a string

export class Strings {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.strings = [];
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
    const redraw = () => this.wake();
    new ResizeObserver(redraw).observe(canvas);
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', redraw);
  }

  /** @param {{name: string, hz: number, cents: number, tanpura: number}[]} strings */
  show(strings) {
    this.strings = strings.map((string, n) => ({ strokes: 0, flash: 0, width: 0, target: 0, ...this.strings[n], ...string }));
    this.wake();
  }

  /** Force and strokes of each string. */
  move(motions) {
    this.strings.forEach((string, n) => {
      const [force, strokes] = [motions[2 * n], motions[2 * n + 1]];
      if (strokes > string.strokes) string.flash = 1;
      string.strokes = strokes;
      const level = Math.log(Math.max(force, SOFTEST_N) / SOFTEST_N) / Math.log(LOUDEST_N / SOFTEST_N);
      string.target = Math.min(1, level) ** 2;
    });
    this.wake();
  }

  wake() {
    this.frame ??= requestAnimationFrame((now) => this.#draw(now / 1000));
  }

  #draw(now) {
    this.frame = undefined;
    const passed = Math.min(0.1, now - (this.last ?? now));
    this.last = now;
    const { width, height } = this.canvas.getBoundingClientRect();
    const scale = devicePixelRatio;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    const pen = this.canvas.getContext('2d');
    pen.scale(scale, scale);
    const look = getComputedStyle(this.canvas);
    const colour = (name) => look.getPropertyValue(name);
    const gaps = (n) => APART * (this.strings[n]?.tanpura ?? 0);
    const lane = width / Math.max(1, this.strings.length + gaps(this.strings.length - 1));
    this.#bars(pen, width, height, colour('--line'));
    let moving = false;
    this.strings.forEach((string, n) => {
      string.width += (string.target - string.width) * SETTLE;
      string.flash = Math.max(0, string.flash - passed / FLASH_S);
      moving ||= string.flash > 0 || string.width > 0.001 || string.target > 0.001;
      this.#string(pen, string, { x: (n + gaps(n) + 0.5) * lane, room: Math.min(0.42 * lane, 34), height, now, colour });
    });
    if (moving) this.wake();
  }

  /** Nut above, bridge below. */
  #bars(pen, width, height, colour) {
    pen.fillStyle = colour;
    for (const y of [0, height - 4]) {
      pen.beginPath();
      pen.roundRect(0, y, width, 4, 2);
      pen.fill();
    }
  }

  #string(pen, string, { x, room, height, now, colour }) {
    const low = string.cents <= LOW_CENTS;
    const tint = low ? colour('--bronze') : colour('--steel');
    const swing = room * string.width;
    const [top, bottom] = [4, height - 4];
    // Two quarter waves meet where the finger was: nothing moves at nut and bridge.
    const line = (side) => {
      pen.moveTo(x, top);
      pen.bezierCurveTo(x + side * 0.72, top + 0.3 * (bottom - top), x + side * 0.72 * 1.6, bottom - 0.3 * (bottom - top), x, bottom);
    };
    pen.fillStyle = pen.strokeStyle = tint;
    if (swing > 0.3 && !this.still.matches) {
      pen.globalAlpha = 0.16 + 0.1 * string.flash;
      pen.beginPath();
      line(swing);
      line(-swing);
      pen.fill('evenodd');
      pen.globalAlpha = 0.35;
      pen.lineWidth = 1;
      for (let wave = 1; wave < WAVES; wave++) {
        pen.beginPath();
        line(swing * Math.cos(2 * Math.PI * now * (2 + string.hz / 120) + wave));
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
    pen.lineWidth = low ? 3 : 1.8;
    pen.beginPath();
    line(this.still.matches ? 0 : swing * Math.cos(2 * Math.PI * now * (2 + string.hz / 120)));
    pen.stroke();
    if (string.flash > 0) {
      const y = top + PLACE * (bottom - top);
      const radius = this.still.matches ? 7 : 5 + 16 * (1 - string.flash);
      pen.globalAlpha = string.flash;
      pen.fillStyle = colour('--accent');
      pen.beginPath();
      pen.arc(x, y, this.still.matches ? radius : 6 * string.flash, 0, 2 * Math.PI);
      pen.fill();
      pen.globalAlpha = 0.5 * string.flash;
      pen.strokeStyle = colour('--accent');
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      if (!this.still.matches) pen.stroke();
      pen.globalAlpha = 1;
    }
  }
}
