/** Processors of tests: a sine, and a judge of whether the sound that arrives is one sine without a break. */
const AMPLITUDE = 0.25;

registerProcessor(
  'sine',
  class extends AudioWorkletProcessor {
    #frame = 0;
    #step;

    constructor({ processorOptions: { hz } }) {
      super();
      this.#step = (2 * Math.PI * hz) / sampleRate;
    }

    process(_inputs, [output]) {
      for (let at = 0; at < output[0].length; at++, this.#frame++) {
        const sample = AMPLITUDE * Math.sin(this.#step * this.#frame);
        for (const channel of output) channel[at] = sample;
      }
      return true;
    }
  },
);

registerProcessor(
  'judge',
  class extends AudioWorkletProcessor {
    #twice;
    #past = [0, 0];
    #settle = Infinity;
    #found = { frames: 0, worst: 0, peak: 0 };

    constructor({ processorOptions: { hz } }) {
      super();
      this.#twice = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
      this.port.onmessage = ({ data }) => {
        if (data === 'begin') this.#settle = sampleRate / 4;
        else this.port.postMessage(this.#found);
      };
    }

    /** In a sine each sample follows from the two before it; a click, a gap or a repeated block does not. */
    process([[samples]]) {
      for (const sample of samples ?? []) {
        const [before, last] = this.#past;
        this.#past = [last, sample];
        if (--this.#settle > 0) continue;
        const found = this.#found;
        found.frames++;
        found.worst = Math.max(found.worst, Math.abs(sample - (this.#twice * last - before)));
        found.peak = Math.max(found.peak, Math.abs(sample));
      }
      return true;
    }
  },
);
