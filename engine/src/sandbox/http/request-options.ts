/** The resource `request-options` of `wasi:http/types`. Durations are in nanoseconds. */
export class RequestOptions {
  #connect: bigint | undefined;
  #firstByte: bigint | undefined;
  #betweenBytes: bigint | undefined;

  connectTimeout(): bigint | undefined {
    return this.#connect;
  }
  setConnectTimeout(durationNs: bigint | undefined): void {
    this.#connect = durationNs;
  }
  firstByteTimeout(): bigint | undefined {
    return this.#firstByte;
  }
  setFirstByteTimeout(durationNs: bigint | undefined): void {
    this.#firstByte = durationNs;
  }
  betweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytes;
  }
  setBetweenBytesTimeout(durationNs: bigint | undefined): void {
    this.#betweenBytes = durationNs;
  }
}
