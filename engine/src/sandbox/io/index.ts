export { bytesSource, InputStream, type ByteSource } from './input-stream.js';
export { ioErrorCodes, IoError, streamClosed, streamFailed, type IoErrorCodes } from './io-error.js';
export { OutputStream, type ByteSink } from './output-stream.js';
export { Pollable, pollImports, READY_POLLABLE } from './pollable.js';
