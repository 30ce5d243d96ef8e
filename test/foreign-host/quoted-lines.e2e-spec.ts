import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'host');
const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The lines that a newcomer writes in these files: those between the marks. */
function quoted(...names: string[]): string[] {
  const texts = files.filter(({ name }) => names.includes(name)).map(({ text }) => text);
  const regions = texts.flatMap((text) => [...text.matchAll(/README: begin\n(.*?)\n *\/\/ README: end/gs)]);
  return regions.flatMap((match) => (match[1] ?? '').split('\n')).filter((line) => line.trim() !== '');
}

it.each([
  ['without a global guard', 'open.app.ts'],
  ['with one', 'guarded.app.ts'],
  ['with options from elsewhere', 'prefixed.app.ts'],
])('a host %s gets two-factor with about ten lines and one adapter', (_what, app) => {
  expect(quoted(app).length).toBeGreaterThanOrEqual(6);
  expect(quoted('login.controller.ts')).toHaveLength(1);
  expect(quoted(app, 'database.ts', 'login.controller.ts').length).toBeLessThanOrEqual(15);
});

it('the adapter that a host must write is short', () => {
  expect(quoted('accounts.ts').length).toBeGreaterThan(10);
  expect(quoted('accounts.ts').length).toBeLessThanOrEqual(35);
});

it('the host takes nothing from the portal, and the package by its doors', () => {
  expect(files.length).toBeGreaterThan(10);
  for (const { name, text } of files) {
    const imports = [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1]);
    const strange = imports.filter(
      (each) =>
        /^\.\.|\/src\//.test(each ?? '') || /^nestjs-two-factor\/(?!(passport|emitter)$)/.test(each ?? ''),
    );
    expect([name, strange]).toEqual([name, []]);
  }
});
