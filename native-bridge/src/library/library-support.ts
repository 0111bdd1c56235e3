/** True if something is there for a system, and whether it was ever run on one. */
export type Support = 'tested' | 'untested' | 'none';

/** Support of native libraries on one system. */
export interface SystemSupport {
  /** A process for each library. */
  readonly child: Support;
  /** `unsafeInProcess`. */
  readonly inProcess: Support;
  /** `confine: 'processes'`. */
  readonly processes: Support;
  /** `confine: 'all'`. */
  readonly all: Support;
}

const EVERYWHERE: SystemSupport = { child: 'none', inProcess: 'untested', processes: 'none', all: 'none' };

/** By `process.platform` and `process.arch`. On other systems nothing is there. */
export const LIBRARY_SUPPORT: Readonly<Record<string, SystemSupport>> = {
  'linux x64': { child: 'tested', inProcess: 'tested', processes: 'tested', all: 'tested' },
  'linux arm64': { child: 'untested', inProcess: 'untested', processes: 'untested', all: 'untested' },
  'darwin arm64': EVERYWHERE,
  'darwin x64': EVERYWHERE,
  'win32 x64': EVERYWHERE,
  'win32 arm64': EVERYWHERE,
};

/** Support on this system. */
export function supportHere(): SystemSupport | undefined {
  return LIBRARY_SUPPORT[`${process.platform} ${process.arch}`];
}
