import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocPage, root } from './support/doc-page.js';

const page = new DocPage('docs/security.md');

/** A test that the page names: where it is, and what it is called. */
interface Named {
  readonly file: string;
  readonly name: string;
}

/** Names stand in quotation marks behind the file they are in; lines are broken anywhere. */
function namedIn(text: string): Named[] {
  let file = '';
  const found: Named[] = [];
  for (const [, path, name] of text
    .replace(/\s+/g, ' ')
    .matchAll(/`([^`]+\.(?:spec|rules|e2e-spec)\.ts)`|“([^”]+)”/g)) {
    if (path) file = path;
    else if (name) found.push({ file, name });
  }
  return found;
}

describe('security.md', () => {
  const promises = page.table('Promises').map(([number = '', promise = '']) => `${number}. ${promise}`);

  test('no promise of the fourteen is missing', () => {
    expect(promises).toHaveLength(14);
  });

  test.each(promises)('no evidence is missing for “%s”', (promise) => {
    expect(namedIn(page.below(promise)).length).toBeGreaterThanOrEqual(2);
  });

  test.each(namedIn(page.text))('no test is named that there is not: $file “$name”', ({ file, name }) => {
    const path = join(root, file);
    expect([file, existsSync(path)]).toEqual([file, true]);
    const source = readFileSync(path, 'utf8').replace(/\\'/g, "'");
    expect([name, source.includes(name)]).toEqual([name, true]);
  });

  test('no named test is left out of the runs', () => {
    for (const { file } of namedIn(page.text)) expect(file).toMatch(/(\.spec|-spec|\.rules)\.ts$/);
    const sources = namedIn(page.text).map(({ file }) => readFileSync(join(root, file), 'utf8'));
    for (const source of sources) expect(source).not.toMatch(/\b(it|test|describe)\.(only|todo)\(/);
  });

  test('no path it names leads nowhere', () => {
    const paths = [...page.text.matchAll(/`((?:src|test|modules|docs)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
