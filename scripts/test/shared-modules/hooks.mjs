import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiled } from './compiled.cjs';

const { href: tests } = new URL('../../../test/', import.meta.url);
const isTestModule = (address) => address.startsWith(tests) || /[.](fixture|spec)[.]ts$/.test(address);

/**
 * Finds a module of the tests: the TypeScript file in place of the script, and the source of a package of this repository in
 * place of its build. The query of a test file goes on to the modules of which it has copies.
 */
export async function resolve(name, context, next) {
  if (name === '@jest/globals') return found(new URL('jest-globals.mjs', import.meta.url).href);
  const { conditions, parentURL } = context;
  const source =
    sourceOf(name, parentURL) ?? (await next(name, { ...context, conditions: ['source', ...conditions] }));
  const { search } = new URL(parentURL ?? source.url);
  const isCopied =
    source.url.endsWith('.ts') && (search.startsWith('?with-sources') || isTestModule(source.url));
  return isCopied ? found(source.url + search) : source;
}

function sourceOf(name, parentURL) {
  if (!name.startsWith('.') || !name.endsWith('.js') || !parentURL) return null;
  const { href } = new URL(name.replace(/js$/, 'ts'), parentURL);
  return existsSync(fileURLToPath(href)) ? found(href) : null;
}

const found = (url) => ({ url, format: 'module', shortCircuit: true });

/** Loads a TypeScript file as the script that it is compiled to. */
export async function load(address, context, next) {
  const [file] = address.split('?');
  if (!file.endsWith('.ts')) return next(address, context);
  return { format: 'module', source: compiled(fileURLToPath(file)), shortCircuit: true };
}
