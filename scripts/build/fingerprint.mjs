import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below `path` that a build can read, in a stable order. Specs and their fixtures are never built. */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const names = readdirSync(path).toSorted();
  return names
    .flatMap((name) => filesBelow(join(path, name)))
    .filter((file) => !/[.](spec|fixture)[.]ts$/.test(file));
}

/** SHA-256 of names and contents: equal fingerprints mean equal builds. */
export function fingerprint(root, inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const file of inputs.flatMap((input) => filesBelow(join(root, input)))) {
    hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
