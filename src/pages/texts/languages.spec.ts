import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installedModules } from '../../portal/modules/installed-modules.js';
import { defaultLocale, Messages } from './messages.js';
import { projectRoot, themesFolder } from '../common/project-root.js';

type Texts = Readonly<Record<string, string>>;

const own = join(projectRoot(), 'messages');
const folders = [own, ...installedModules.map(({ messages }) => messages)];
const languages = new Messages(folders).locales.filter((locale) => locale !== defaultLocale);
const cases = folders.flatMap((folder) => languages.map((language): [string, string] => [language, folder]));

function texts(folder: string, language: string): Texts {
  return JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Texts;
}

/** A key without its plural form, because languages differ in the number of plural forms. */
const stem = (key: string) => key.replace(/\.(zero|one|two|few|many|other)$/, '');
const stems = (given: Texts) => [...new Set(Object.keys(given).map(stem))].sort();

function placeholders(text: string): string {
  return [...new Set([...text.matchAll(/\{\{\s*(\w*)\s*\}\}/g)].map(([, name = '']) => name))].sort().join();
}

describe.each(cases)('the language %s of %s', (language, folder) => {
  const english = texts(folder, defaultLocale);
  const translated = texts(folder, language);

  it('has every text and no other', () => {
    expect(stems(translated)).toEqual(stems(english));
  });

  it('has every plural form that its numbers ask for', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = Object.keys(english).filter(
      (key) => key.endsWith('.other') && `${stem(key)}.one` in english,
    );
    const wanted = counted.flatMap((key) => forms.map((form) => `${stem(key)}.${form}`));
    expect(wanted.filter((key) => !(key in translated))).toEqual([]);
  });

  it('fills in the same values', () => {
    const original = (key: string) => english[key] ?? english[`${stem(key)}.other`] ?? '';
    const differing = Object.entries(translated).filter(
      ([key, text]) => placeholders(text) !== placeholders(original(key)),
    );
    expect(differing).toEqual([]);
  });

  it('leaves no text empty, and no brace open', () => {
    const all = Object.entries({ ...english, ...translated });
    const odd = all.filter(([, text]) => !text.trim() || /[{}]/.test(text.replace(/\{\{\w+\}\}/g, '')));
    expect(odd).toEqual([]);
  });
});

const brands = readdirSync(themesFolder(), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(themesFolder(), entry.name, 'messages')))
  .map(({ name }) => name);

describe.each(brands)('the texts of the theme %s', (brand) => {
  const folder = join(themesFolder(), brand, 'messages');

  it.each([defaultLocale, ...languages])(
    'replace some of ours and fill in the same values: %s',
    (language) => {
      const ours = Object.assign({}, ...folders.map((each) => texts(each, language))) as Texts;
      const faults = Object.entries(texts(folder, language)).filter(
        ([key, text]) => !(key in ours) || placeholders(text) !== placeholders(ours[key] ?? ''),
      );
      expect(faults).toEqual([]);
    },
  );

  it.each(languages)('are replaced in every language alike: %s', (language) => {
    expect(stems(texts(folder, language))).toEqual(stems(texts(folder, defaultLocale)));
  });
});

describe('the texts', () => {
  const sources = [
    join(projectRoot(), 'src'),
    join(projectRoot(), 'templates'),
    join(projectRoot(), 'modules'),
  ].flatMap(sourcesBelow);
  const named = new Set(
    sources.flatMap((source) => [...source.matchAll(/["'`]([\w.-]+)["'`]/g)].map(second)),
  );
  const patterns = sources.flatMap(patternsIn);

  it.each(folders)('of %s are all asked for by somebody', (folder) => {
    const unused = stems(texts(folder, defaultLocale)).filter(
      (key) => !named.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('would be found unused: no pattern takes any key', () => {
    expect(patterns.filter((pattern) => pattern.test('nobody.asks.for-this'))).toEqual([]);
  });
});

function second([, found = '']: RegExpMatchArray): string {
  return found;
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|hbs)$/.test(name) && !/(^|\/)(node_modules|dist[^/]*)\/|spec\.ts$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** Keys that are built from parts: `term "prefix" …` and `concat` in templates, template literals in code. */
function patternsIn(source: string): RegExp[] {
  const terms = [...source.matchAll(/[{(]term "([\w.-]+)"/g)].map(([, prefix = '']) => [prefix, '.', null]);
  const joined = [...source.matchAll(/\(concat ([^()]*)\)/g)].map(([, parts = '']) =>
    [...parts.matchAll(/"([^"]*)"|\S+/g)].map(([, literal]) => literal ?? null),
  );
  const literals = [...source.matchAll(/`([^`\s]*\$\{[^`]*)`/g)].map(([, text = '']) =>
    text.split(/(\$\{[^}]*\})/).map((part) => (part.startsWith('${') ? null : part)),
  );
  return [...terms, ...joined, ...literals].filter(isTelling).map(asPattern);
}

/** Contains at least one whole word of the key, between dots. */
function isTelling(parts: readonly (string | null)[]): boolean {
  const said = parts.map((part) => part ?? '\0').join('');
  return /^[\w.\0-]+$/.test(said) && said.split('.').some((word) => /^[\w-]+$/.test(word));
}

function asPattern(parts: readonly (string | null)[]): RegExp {
  return new RegExp(
    `^${parts.map((part) => (part === null ? '.+' : part.replaceAll('.', '\\.'))).join('')}$`,
  );
}
