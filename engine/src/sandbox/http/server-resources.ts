import { hostOnly, type HOST_ONLY } from '../host-only.js';

/*
 * Resources of `wasi:http/types` that only a server uses. They are there because components import them with the rest; the
 * host makes none of them.
 */

/** The resource `incoming-request`. */
export class IncomingRequest {
  constructor(key: typeof HOST_ONLY) {
    hostOnly(key);
  }
  method(): void {}
  pathWithQuery(): void {}
  scheme(): void {}
  authority(): void {}
  headers(): void {}
  consume(): void {}
}

/** The resource `outgoing-response`. */
export class OutgoingResponse {
  constructor() {
    throw new TypeError('Cannot make a response: the plugin was not called to serve a request');
  }
  statusCode(): void {}
  setStatusCode(): void {}
  headers(): void {}
  body(): void {}
}

/** The resource `response-outparam`. */
export class ResponseOutparam {
  constructor(key: typeof HOST_ONLY) {
    hostOnly(key);
  }
  static set(): void {}
}
