export { askPassword, PASSWORD_VARIABLE } from './ask-password.js';
export { makeKeyFiles, readSecretKey, type KeyFiles, type SecretKey } from './secret-key.js';
export { lockFileOption, readTrustedKeys, trustedKeyOption } from './trusted-keys.js';
export { signArchive, signFolder, type Signed } from './sign-plugin.js';
