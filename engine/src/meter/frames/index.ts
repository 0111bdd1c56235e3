export { FRAME_GLOBALS, appendFrameControls, appendFrames } from './append-frames.js';
export { FrameWriter } from './frame-writer.js';
export { type Frames, GET_DEPTH_SLOT, SET_DEPTH_SLOT, pushNoFrames } from './frames.js';
