import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../error-facts.js';
import { ConfigRefused } from './refused.js';

/** The secret kept in `path`; made on the first call, readable by the owner alone. */
export function keptSecret(path: string, make: () => string): string {
  try {
    return existing(path) ?? firstOf(path, make());
  } catch (cause) {
    if (cause instanceof ConfigRefused) throw cause;
    throw new ConfigRefused(`${path} cannot be written: set PORTAL_DATA to a folder that can.`, { cause });
  }
}

function existing(path: string): string | null {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (!secret)
      throw new ConfigRefused(`${path} is empty: restore it, or remove it if nothing was sealed with it.`);
    chmodSync(path, 0o600);
    return secret;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return null;
  }
}

/** Written aside and linked: of two processes that start at once, both end up with the same secret. */
function firstOf(path: string, secret: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch {
    // Another process was first; its secret is the one.
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
