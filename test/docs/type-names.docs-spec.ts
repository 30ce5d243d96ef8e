import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/doc-page.js';

const declaration = /^(?:export )?(?:abstract |declare )*(?:class|interface|type|enum) ([A-Z]\w*)/gm;

/** The files of one package that declare each type. Overloads and tests do not count. */
function declaredTypes(folder: string): Map<string, string[]> {
  const all = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const files = all.filter((file) => /(?<!\.spec|\.fixture)\.ts$/.test(file));
  const types = new Map<string, string[]>();
  for (const file of files.sort())
    for (const [, name = ''] of readFileSync(join(root, folder, file), 'utf8').matchAll(declaration))
      types.set(name, [...(types.get(name) ?? []), file]);
  return types;
}

describe.each([
  'src',
  'modules/two-factor/src',
  'modules/two-factor-sms/src',
  'modules/typeorm-unit-of-work/src',
])('the types of %s', (folder) => {
  test('have a name that no other type of the package has', () => {
    const types = declaredTypes(folder);
    expect(types.size).toBeGreaterThan(0);
    expect([...types].filter(([, files]) => files.length > 1)).toEqual([]);
  });
});
