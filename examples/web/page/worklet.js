// The audio thread: an instance of the module that fills every block, and tells a few times a second how the strings move.

const TOLD_S = 1 / 30;
const STRINGS = 64; // sound.rs

class Drone extends AudioWorkletProcessor {
  constructor({ processorOptions: { module, words } }) {
    super();
    this.module = new WebAssembly.Instance(new WebAssembly.Module(module)).exports;
    this.write(words);
    this.module.build(sampleRate);
    this.untold = 0;
    this.obeyed = 0;
    this.port.onmessage = ({ data: [order, value] }) => this.obey(order, value);
  }

  obey(order, value) {
    this.obeyed += 1;
    if (order === 'set') {
      this.write(value);
      this.module.set();
    } else {
      this.module[order](value); // pause, resume, sleep: seconds
    }
  }

  /** Text as bytes, since there is no TextEncoder here. */
  write(bytes) {
    const at = this.module.text_room(bytes.length);
    new Uint8Array(this.module.memory.buffer, at, bytes.length).set(bytes);
  }

  /** Numbers of the module's memory, which may have grown since the last look. */
  floats(at, count) {
    if (this.memory?.buffer !== this.module.memory.buffer) this.memory = new Float32Array(this.module.memory.buffer);
    return this.memory.subarray(at / 4, at / 4 + count);
  }

  process(_, [[left, right]]) {
    const at = this.module.render(left.length); // before the view is taken: memory may grow
    const sound = this.floats(at, 2 * left.length);
    left.set(sound.subarray(0, left.length));
    right?.set(sound.subarray(left.length));
    this.untold += left.length / sampleRate;
    if (this.untold >= TOLD_S) {
      this.untold = 0;
      this.tell();
    }
    return true;
  }

  tell() {
    this.port.postMessage({
      motions: this.floats(this.module.motions(), 2 * STRINGS).slice(),
      sleepLeft: this.module.sleep_left(),
      obeyed: this.obeyed,
      silent: Boolean(this.module.is_silent()),
    });
  }
}

registerProcessor('drone', Drone);
