// What words mean: an instance of the module that is asked by the page. Nothing is parsed here.

export class Words {
  /** @param {ArrayBuffer} module the module's bytes */
  static async load(module) {
    const { instance } = await WebAssembly.instantiate(module);
    return new Words(instance.exports);
  }

  constructor(module) {
    this.module = module;
  }

  /** The words to choose from. */
  vocabulary() {
    return this.#answer(this.module.vocabulary());
  }

  /** Makes changes, such as `tonic D; cycle 5`, all or none, and says what is set now. Throws a sentence for a wrong word. */
  change(words) {
    const bytes = encode(words);
    const at = this.module.text_room(bytes.length);
    new Uint8Array(this.module.memory.buffer, at, bytes.length).set(bytes);
    const state = this.#answer(this.module.change());
    if (state.error) throw new Error(state.error);
    return state;
  }

  /** Back to the defaults. */
  forget() {
    this.module.forget();
  }

  #answer(bytes) {
    return JSON.parse(new TextDecoder().decode(new Uint8Array(this.module.memory.buffer, this.module.text(), bytes)));
  }
}

/** Words as bytes. */
export const encode = (words) => new TextEncoder().encode(words);
