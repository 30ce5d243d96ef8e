import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../../error-facts.js';
import { ConfigError } from '../config-error.js';

/** The secret stored in `path`. The first call creates the file, readable only by its owner. */
export function keptSecret(path: string, make: () => string): string {
  try {
    return existing(path) ?? firstOf(path, make());
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new ConfigError(`${path} cannot be written: set PORTAL_DATA to a writable folder.`, { cause });
  }
}

function existing(path: string): string | null {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (!secret)
      throw new ConfigError(`${path} is empty: restore it, or remove it if nothing was sealed with it.`);
    chmodSync(path, 0o600);
    return secret;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return null;
  }
}

/** Writes a temporary file and links it. If two processes start at once, both get the same secret. */
function firstOf(path: string, secret: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch {
    // Another process was faster, so its secret is used.
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
