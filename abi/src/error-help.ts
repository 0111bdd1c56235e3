import type { ErrorCode } from './errors.js';

/** The cause of an error and its remedy. For people: the text may change. */
export interface ErrorHelp {
  readonly cause: string;
  readonly cure: string;
}

/** Help for each code; the pages of the documentation and `wasm-plugin explain` are made from it. */
export const ERROR_HELP: Readonly<Record<ErrorCode, ErrorHelp>> = {
  WP_MODULE_MALFORMED: {
    cause:
      'The bytes are cut off, changed, or something other than WebAssembly, such as a page of a web server.',
    cure: 'Compare the length and hash of the file with those of the one that was built. `wasm-plugin inspect FILE` says what it is. The offset in the message is the place of the first byte that does not fit.',
  },
  WP_MODULE_INVALID: {
    cause:
      'The binary can be read, but breaks a rule of WebAssembly or of the component model, e.g. a type that is used before it is defined.',
    cure: 'Build it with a current toolchain. Where a tool of your own wrote it, the offset in the message is the place.',
  },
  WP_MODULE_UNSUPPORTED: {
    cause:
      'The component uses a feature that this engine does not have, such as WebAssembly GC without `unboundedHeap`, threads, or asynchronous functions. Or the file is a core module where a component is wanted.',
    cure: 'The message names the feature: build without it. A core module becomes a component by `wasm-tools component new`.',
  },
  WP_MODULE_LIMIT: {
    cause:
      'The component is larger, deeper or has more parts than the engine takes, or a function would take too long to compile.',
    cure: 'Make it smaller: optimize for size, split large functions. The message has the bound and the place.',
  },
  WP_ABI_MISMATCH: {
    cause:
      'The component imports or exports something else than the declared world, or it was made for another version of the engine or of `wasm-plugin:abi`.',
    cure: 'The message names the first difference. Build the plugin against the WIT of the host, or declare the world that it has. `wasm-plugin inspect FILE` shows the world of a component.',
  },
  WP_ABI_WORLD: {
    cause:
      'The bytes that were given as the world of the host are not an encoded WIT package, or have no world of that name.',
    cure: 'Encode the WIT with `wasm-plugin wit build wit -o world.wasm`, and pass `decodeWorld(bytes, name)` with a name that the command printed.',
  },
  WP_ABI_NAMES: {
    cause:
      'Two names of the component, e.g. `a1` and `a-1`, become one name in JavaScript, so one would hide the other.',
    cure: 'Rename one of them in the WIT.',
  },
  WP_IMPORT_MISSING: {
    cause: 'The component imports an interface or a function that the host does not give it.',
    cure: 'Give it in `imports`; the message has the name to use. What belongs to WASI comes from `createSandbox` or, in a plugin host, from a permission in `plugin.json` that is granted.',
  },
  WP_EXPORT_MISSING: {
    cause: 'Something was asked for that the component does not export.',
    cure: '`wasm-plugin inspect FILE` shows what it exports. `wasm-plugin types` writes types with which a compiler finds this.',
  },
  WP_LINK: {
    cause:
      'A core module in the component could not be instantiated: a start function or a segment did not fit, or the JavaScript engine refused it.',
    cure: 'The cause of the error has what the JavaScript engine says. On a page, large modules need `instantiateAsync()`.',
  },
  WP_VALUE: {
    cause: 'A value that an import of the host returned does not fit the WIT type of its result.',
    cure: 'The message has the path in the value, what is wanted and what was found. 64-bit integers are `bigint`, variants `{ tag, val }`.',
  },
  WP_TRAP: {
    cause: 'The plugin trapped: a panic, an assertion, a division by zero, an access outside of its memory.',
    cure: 'It is a mistake in the plugin. `error.trace` has the functions and, where it was built with `--debug`, the lines. The instance is dead: start another one; a plugin host with `supervise` does.',
  },
  WP_TRAP_HOST: {
    cause:
      'A function that the host gave threw something that its WIT type does not declare, or returned what does not fit.',
    cure: 'It is a mistake in the host: `error.cause` is what was thrown. To give the error case of a `result`, throw `new GuestError(payload)`.',
  },
  WP_TRAP_ABI: {
    cause:
      'The plugin broke a rule of the canonical ABI: a pointer outside of its memory, a handle that it does not have, text that is not UTF-8.',
    cure: 'It is a mistake in the plugin or in the bindings that it was built with. Build it with current ones. The instance is dead.',
  },
  WP_CLOSED: {
    cause: 'An instance, an engine or a host was used after `close()`, or after the instance died.',
    cure: 'Keep what is in use open, or start another instance. After a trap, the first error says why it died.',
  },
  WP_EXIT: {
    cause: 'The plugin ended itself, as a program does with `exit`.',
    cure: '`error.status` is its exit code; 0 means that all went well. Start another instance to run it again.',
  },
  WP_GUEST: {
    cause: 'The plugin answered with the error case of a WIT `result`.',
    cure: '`error.payload` is that value. The instance is as it was, and can be called again.',
  },
  WP_MANIFEST: {
    cause: '`plugin.json` is not JSON, lacks something, or has something that it may not have.',
    cure: 'Each problem is listed with its place. `$schema` in the file gives completion in editors.',
  },
  WP_PACKAGE: {
    cause:
      'The files of a plugin cannot be read: the zip is damaged, cut off or too large, a file is missing, or a path leads out of the plugin.',
    cure: 'Get or pack it anew: `wasm-plugin pack`. The message names the file.',
  },
  WP_UNSIGNED: {
    cause:
      'The host takes only signed plugins (`trustedKeys`) or installed ones (`lockFile`), and this one has no signature or no list of checksums.',
    cure: 'Sign it: `wasm-plugin pack`, then `wasm-plugin sign PLUGIN --key acme.key`. Or get a signed one from its author.',
  },
  WP_SIGNATURE: {
    cause:
      'A signature or key cannot be read, is of a key that is not trusted, or is not one over these files.',
    cure: 'Compare the number of the key in the message with that of the author. If it is right, and the signature still does not fit, the plugin was changed: get it anew.',
  },
  WP_TAMPERED: {
    cause:
      'A file of the plugin is not the one that was signed, packed or installed. It was changed since, by accident or on purpose.',
    cure: 'Get it anew: `wasm-plugin install`. While you develop, sign after each build, or leave `trustedKeys` out.',
  },
  WP_DOWNGRADE: {
    cause:
      'A version is older than the one that is installed. Whoever exchanges files can put an old version with known faults there, which is still signed.',
    cure: 'If you want the old one: `wasm-plugin install ID@VERSION --allow-downgrade`.',
  },
  WP_LOCK: {
    cause: 'The lock file cannot be read, or the plugin is not in it, or is newer than it says.',
    cure: 'Install the plugin with `wasm-plugin install`, which writes the lock file. Where two branches changed it, take one of them and install again.',
  },
  WP_REGISTRY: {
    cause:
      'A registry cannot be reached, wants to know who asks, refuses, or sends something other than it promised.',
    cure: 'The message has what it said. Check `--registry`, `WASM_PLUGIN_REGISTRY_USER` and `WASM_PLUGIN_REGISTRY_PASSWORD`. The same command later goes on where a download ended.',
  },
  WP_RESOLVE: {
    cause:
      'No versions fit all ranges: that of the user, those of other plugins, of the engine and of the ABI.',
    cure: 'The message says who wants which versions, and which there are. Ask for another range, or update what needs the old one: `wasm-plugin update`.',
  },
  WP_CONFIG: {
    cause: 'The settings of a plugin do not fit the schema in its `plugin.json`, or the plugin refused them.',
    cure: 'Each problem is listed with its place. The settings that were in force stay so.',
  },
  WP_LIMITS: {
    cause:
      'A limit has a name that there is none of, a value that cannot be read, or one above what the host or the carrier allows.',
    cure: 'The message names the limit and the most that is allowed. A manifest can only lower what the host allows.',
  },
  WP_CAPABILITY: {
    cause:
      'The plugin needs or used something that its manifest does not ask for, or that the host does not grant.',
    cure: 'Add it to `permissions` in `plugin.json`, with a reason, or to `grants` of the host: `--grant` on the command line. The message says which of the two.',
  },
  WP_CARRIER: {
    cause:
      'The plugin runs as a native library or in another process, and the host has no carrier for that; or it has no entry for this system.',
    cure: 'Give the host the carrier: `createPluginHost({ carriers: [library()] })`. Or add a component to `fallbacks` in `plugin.json`.',
  },
  WP_NOT_FOUND: {
    cause: 'No plugin of that id and version is known to the host, the folder or the registry.',
    cure: '`host.list()` and `wasm-plugin list` show what there is; `wasm-plugin search` what a registry has.',
  },
  WP_DUPLICATE: {
    cause: 'A plugin of that id and version is there already, in the host or in the registry.',
    cure: 'Raise the version. In a host, remove the old one first, or reload it.',
  },
  WP_DEPENDENCY: {
    cause:
      'A plugin needs another one that is missing, disabled, of another version, does not start, or needs the first one itself.',
    cure: 'The message has the id and the range. Install it: `wasm-plugin install` brings what a plugin needs.',
  },
  WP_IN_USE: {
    cause: 'Other plugins that are loaded or installed need the one that is to go.',
    cure: 'End or uninstall those first, or with it: `unload(name, { cascade: true })`.',
  },
  WP_LIFECYCLE: {
    cause: 'The plugin is disabled, ending, or runs in another version, so that this cannot be done now.',
    cure: '`plugin.state` says where it is. Enable it, wait for what is under way, or reload it.',
  },
  WP_INIT: {
    cause: 'The plugin ran and refused to start: its `lifecycle.init` answered with an error.',
    cure: 'The message has its reason. Mostly a setting is missing: see `config` in its `plugin.json`.',
  },
  WP_UPDATE: {
    cause:
      'The new version does not fit: its world, its permissions, its state, who depends on it, or the policy or channel of the host.',
    cure: '`host.plan(name, version)` lists every reason. Nothing was touched.',
  },
  WP_QUOTA_FUEL: {
    cause:
      'The plugin did more work than the fuel of a call, or of the instance’s life, allows. A loop without an end does so too.',
    cure: 'Raise `fuel` or `fuelTotal`, or have the plugin do less in one call. `usage()` says what calls take.',
  },
  WP_QUOTA_TIME: {
    cause: 'The plugin computed longer in a call than `timeMs` allows.',
    cure: 'Raise `timeMs`, or have the plugin do less in one call.',
  },
  WP_QUOTA_WALL: {
    cause: 'A call took longer than `wallMs` with everything in it, the functions of the host too.',
    cure: 'Raise `wallMs`, or look for what waits: requests, files.',
  },
  WP_QUOTA_MEMORY: {
    cause: 'The plugin wanted more memory than `memoryBytes` allows.',
    cure: 'Raise `memoryBytes`, or look for what the plugin does not free: `usage()` over time shows it.',
  },
  WP_QUOTA_TABLE: {
    cause: 'The tables of the plugin would have more elements than `tableElements` allows.',
    cure: 'Raise `tableElements`.',
  },
  WP_QUOTA_STACK: {
    cause: 'The plugin called itself deeper than `stackDepth`, or than the JavaScript engine has room for.',
    cure: 'Mostly a recursion without an end. Else raise `stackDepth`, or start Node with a larger `--stack-size`.',
  },
  WP_QUOTA_HOST: {
    cause:
      'A call made more calls of the host than `hostCalls`, moved more bytes than `hostBytes`, or a sandbox would hold more than it may.',
    cure: 'Raise the limit that the message names, or hand data over in larger pieces.',
  },
  WP_QUOTA_HANDLES: {
    cause: 'More resource handles are alive than `handles` allows.',
    cure: 'Drop resources that are no longer needed, in the plugin and in the host. Else raise `handles`.',
  },
  WP_QUOTA_LINK: {
    cause: 'Making an instance would cost the host more than `linkBytes`: the component has very many parts.',
    cure: 'Raise `linkBytes` if you trust the component.',
  },
  WP_QUOTA_INSTANCES: {
    cause: 'As many instances of one plugin are alive as `instances` allows.',
    cure: 'Close those that are no longer needed, or raise `instances`.',
  },
  WP_QUOTA_STATE: {
    cause: 'The state that the plugin saved is larger than `stateBytes`.',
    cure: 'Save less, or raise `stateBytes`.',
  },
  WP_QUOTA_LOG: {
    cause: 'The plugin logged more lines in a second than `logLinesPerSecond` allows.',
    cure: 'Log less, or raise the limit. Lines beyond it are lost; the plugin goes on.',
  },
  WP_STATE: {
    cause:
      'A saved state is torn, changed, of another plugin, or of a format that the version does not restore from.',
    cure: 'An older state may be whole: `createFileStore` goes back by itself. Else add the format to `state.restores`, with code that reads it, or give a migration.',
  },
  WP_RELOAD: {
    cause: 'A reload failed before it counted. The old version serves, with its state.',
    cure: '`error.step` and `error.cause` say what failed in the new version. Mend that and reload again.',
  },
  WP_BRIDGE: {
    cause:
      'A native library could not be loaded, crashed, or a plugin in another process ended or broke the protocol.',
    cure: 'The message has what the system says. A library runs in a process of its own, so the host is unharmed: start the plugin anew.',
  },
  WP_BRIDGE_IN_DOUBT: {
    cause:
      'The connection to a plugin in another process was lost while a call was on its way. Nobody knows whether it ran.',
    cure: 'Make the call again only where that does no harm. The connection is made anew by itself.',
  },
};
