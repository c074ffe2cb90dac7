// A processor that takes far longer than it may, once, when it is told to: so many ms.
registerProcessor('stall', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.onmessage = ({ data }) => (this.ms = data);
  }

  process() {
    for (const end = Date.now() + (this.ms ?? 0); Date.now() < end; );
    this.ms = 0;
    return true;
  }
});
