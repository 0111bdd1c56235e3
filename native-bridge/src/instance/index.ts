export { BridgedInstance, type BridgedInstanceOptions } from './bridged-instance.js';
export { RunningInstances } from './running-instances.js';
