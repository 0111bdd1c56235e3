export {
  AbiError,
  CapabilityError,
  ConfigError,
  ERROR_CODES,
  ExitError,
  GuestError,
  ManifestError,
  ModuleError,
  PluginError,
  QuotaError,
  ReloadError,
  StateError,
  TrapError,
  type CapabilityFacts,
  type ErrorCode,
  type ErrorFacts,
  type ModuleErrorFacts,
  type Problem,
  type ProblemFacts,
  type QuotaFacts,
  type ReloadFacts,
} from './errors.js';
export {
  AUDIO_EFFECT_WORLD,
  CODEC_WORLD,
  MUSIC_SOURCE_WORLD,
  PLAYER_WORLD,
  PLUGIN_WORLD,
  UI_EXTENSION_WORLD,
} from './worlds.js';
export {
  DEFAULT_LIMITS,
  LIMITS,
  SWITCHES,
  resolveLimits,
  type CallLimits,
  type LimitName,
  type SwitchName,
  type Limits,
  type ResolvedLimits,
  type ResolveLimitsOptions,
} from './limits.js';
export { fitsTopic, isTopic, isTopicPattern } from './topic.js';
export { ABI_VERSION } from './abi-version.js';
export type { AnyPlugin, PluginSetting } from './any-plugin.js';
export type { AudioFormat, Codec, DecodeError, Decoder, DecodeStep } from './codec.js';
export type {
  LyricsLine,
  MusicError,
  MusicSource,
  Page,
  Playlist,
  Quality,
  Song,
  SongLocation,
  SourceDescription,
} from './music-source.js';
export type { Player, PlayerImports, PlayerStatus, Track } from './player.js';
export type {
  UiExtension,
  ViewContent,
  ViewElement,
  ViewError,
  ViewInput,
  ViewMenuItem,
  ViewSlider,
  ViewTheme,
} from './ui-extension.js';
export type { AudioDescriptor, AudioEffect, AudioParameter, AudioPort, AudioSetup } from './audio-effect.js';
export {
  covers,
  formatCapability,
  hostPathOf,
  lackingFor,
  normalHost,
  parseCapability,
  type Capability,
  type FileCapability,
  type PlainCapability,
} from './capability.js';
export {
  refuseUnheldLimits,
  type Carrier,
  type CarrierContext,
  type CarrierInstance,
  type CarrierInstantiateOptions,
  type CarrierPlugin,
  type CarrierSource,
} from './carrier.js';
export { describeTrace, type GuestFrame } from './guest-frame.js';
export { CARRIER_KINDS, type CarrierKind } from './carrier-kind.js';
export { plainJson } from './plain-json.js';
export { printable, printableJson, type PrintableOptions } from './printable.js';
export { editDistance, nearestName } from './nearest-name.js';
export { recoveryOf, type Recovery } from './recovery.js';
