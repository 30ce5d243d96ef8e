import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const source = fileURLToPath(new URL('.', import.meta.url));
const output = fileURLToPath(new URL('../../node_modules/.cache/client-area/naive', import.meta.url));

const options = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
};

/** Strips the types; returns the folder with the programs. */
export async function buildNaive() {
  mkdirSync(output, { recursive: true });
  for (const name of readdirSync(source).filter((each) => each.endsWith('.ts'))) {
    const { code } = transformSync(readFileSync(join(source, name), 'utf8'), { ...options, filename: name });
    const text = code.replace(/(from '\.\/[^']+|from "\.\/[^"]+)\.js/g, '$1.mjs');
    writeFileSync(join(output, name.replace(/\.ts$/, '.mjs')), text);
  }
  return output;
}
