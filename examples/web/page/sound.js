// The sound: made ready before the first tap, so that the tap has only to let it go.

import { encode } from './words.js';

const LOWEST_RATE = 44100; // of the instrument, Hz
const GOOD_RATE = 48000;
const PAUSE_S = 0.3;
const RESUME_S = 0.1;

export class Sound {
  playing = false;
  #begun = false;
  #orders = 0; // given so far: what is told before they are heard is old
  #waiting = []; // orders given before there was anybody to hear them

  /** @param {(told: {motions: Float32Array, sleepLeft: number, silent: boolean}) => void} told what the audio thread tells */
  constructor(told) {
    this.told = told;
  }

  /** Builds everything up to the loudspeaker; nothing sounds yet. */
  async load(module, words) {
    if (navigator.audioSession) navigator.audioSession.type = 'playback'; // iOS: heard with the mute switch on
    this.context = new AudioContext({ latencyHint: 'playback' });
    if (this.context.sampleRate < LOWEST_RATE) {
      this.context.close(); // a telephone headset: the browser converts
      this.context = new AudioContext({ latencyHint: 'playback', sampleRate: GOOD_RATE });
    }
    this.context.suspend(); // a browser that lets it would begin before the tap
    if (!this.context.audioWorklet) throw new Error('this browser has no AudioWorklet for this page');
    await this.context.audioWorklet.addModule('worklet.js');
    this.node = new AudioWorkletNode(this.context, 'drone', {
      numberOfInputs: 0,
      outputChannelCount: [2],
      processorOptions: { module, words: encode(words) },
    });
    this.node.port.onmessage = ({ data }) => this.#hear(data);
    this.node.onprocessorerror = () => this.failed?.();
    this.#waiting.forEach((order) => this.node.port.postMessage(order));
    this.node.connect(this.context.destination);
  }

  async play() {
    this.playing = true;
    if (this.#begun) this.#order('resume', RESUME_S);
    this.#begun = true;
    await this.context.resume();
  }

  pause() {
    this.playing = false;
    this.#order('pause', PAUSE_S);
  }

  set(words) {
    this.#order('set', encode(words));
  }

  /** Silent in so many seconds of sound; 0: never. */
  sleep(seconds) {
    this.#order('sleep', seconds);
  }

  #order(order, value) {
    this.#orders += 1;
    if (this.node) this.node.port.postMessage([order, value]);
    else this.#waiting.push([order, value]);
  }

  #hear(told) {
    // Faded out, by a tap or into sleep: the processor may rest too.
    if (told.silent && told.obeyed === this.#orders) this.#rest();
    this.told(told);
  }

  #rest() {
    this.playing = false;
    this.context.suspend();
  }
}
