import { randomBytes } from 'node:crypto';

/** A key ring that lives as long as the process; a real host keeps its own in the environment. */
export const keys = `2030:${randomBytes(32).toString('base64')}`;
