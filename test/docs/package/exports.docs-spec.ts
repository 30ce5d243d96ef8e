import ts from 'typescript';
import { declared, exportedNames, ownNames, publicTypes, type Exported } from '../support/declarations.js';

const doors = [
  ['nestjs-two-factor', 'index.ts'],
  ['nestjs-two-factor/stores', 'storage/index.ts'],
  ['nestjs-two-factor/passport', 'http/passport/index.ts'],
  ['nestjs-two-factor/emitter', 'http/emitter/index.ts'],
  ['nestjs-two-factor/webauthn', 'factors/webauthn/index.ts'],
  ['nestjs-two-factor/testing', 'testing/index.ts'],
] as const;

describe('the doors of the package', () => {
  test('the public API has no more names than a reader can look through', () => {
    expect(exportedNames().length).toBeGreaterThan(50);
    expect(exportedNames().length).toBeLessThanOrEqual(90);
  });

  test.each(doors)('nothing leaves %s without a sentence that says what it is', (_name, door) => {
    const undocumented = exportedNames(door)
      .filter(({ doc }) => !/[.!:]/.test(doc))
      .map(({ name, file }) => `${name} (${file})`);
    expect(undocumented).toEqual([]);
  });

  // What `/passport` exports is handed over, and called by Nest alone.
  const called = doors.filter(([name]) => !name.endsWith('/passport'));

  test.each(called)('no type that %s mentions is without an export', (_name, door) => {
    const known = new Set(doors.flatMap(([, each]) => exportedNames(each).map(({ name }) => name)));
    const hidden = exportedNames(door).flatMap((each) => hiddenTypes(each, known));
    expect(hidden).toEqual([]);
  });
});

/** Types of the package in the public part of a declaration that no entry exports. */
function hiddenTypes({ name, file, node }: Exported, known: ReadonlySet<string>): string[] {
  const own = ownNames(file);
  const used = [...new Set(publicTypes(node))].filter((type) => {
    const place = own.get(type);
    return place !== undefined && !known.has(type) && !isWords(declared(type, place).node);
  });
  return used.map((type) => `${name} → ${type}`);
}

/** Is it a list of words, such as `'wrong' | 'used'`? The reader sees the words, and needs no name for them. */
function isWords(node: ts.Node): boolean {
  if (!ts.isTypeAliasDeclaration(node)) return false;
  const parts = ts.isUnionTypeNode(node.type) ? node.type.types : [node.type];
  return parts.every((part) => ts.isLiteralTypeNode(part));
}
