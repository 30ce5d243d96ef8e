import { fileURLToPath } from 'node:url';

/** The package's templates; a host's view finder may put its own in front. Absolute path. */
export const twoFactorTemplates = fileURLToPath(new URL('../templates', import.meta.url));

/** The package's few browser scripts, for a host to serve and put on every page. Absolute path. */
export const twoFactorAssets = fileURLToPath(new URL('../assets', import.meta.url));

/** The package's texts, one flat JSON file a language. Absolute path. */
export const twoFactorMessages = fileURLToPath(new URL('../messages', import.meta.url));
