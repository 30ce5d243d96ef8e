import { randomBytes } from 'node:crypto';

/** Without a key ring in the environment, one that lives as long as the process. */
export const keys = process.env['HOST_KEYS'] ?? `2030:${randomBytes(32).toString('base64')}`;
