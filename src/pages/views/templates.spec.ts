import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { portalEvents } from '../../events/catalogue.js';
import { installedModules } from '../../portal/modules/installed-modules.js';
import { problemCodes } from '../../portal/problems/problem.js';
import { loadMessages } from '../pages.module.js';
import { projectRoot } from '../common/project-root.js';
import { viewFunctions } from './view-functions.js';

const messages = loadMessages(installedModules);
const folders = [join(projectRoot(), 'templates'), ...installedModules.map(({ templates }) => templates)];

const templates: readonly (readonly [name: string, source: string])[] = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.hbs'))
    .map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]),
);

/** Attributes that people read or hear. */
const spoken = /\s(?:aria-label|aria-description|title|alt|placeholder|data-copied|data-label)="([^"]*)"/g;

/** Our own markup, which alone is not escaped: a layout's body, a QR code, and sections that are already rendered views. */
const markup: readonly (readonly [view: RegExp, value: string])[] = [
  [/(^|\/)layouts\/(main|mail\.html)\.hbs$|^layout\.hbs$/, 'body'],
  [/(^|\/)totp\/enrol\.hbs$/, 'svg'],
  [/(^|\/)manage\/security\.hbs$/, 'html'],
  [/^staff\/client\.hbs$/, 'view.html'],
  [/^layouts\/banners\.hbs$|^billing\/home-cards\.hbs$/, 'this'],
];

const functions = new Set(
  Object.keys(viewFunctions(messages, { address: (name: string) => name, scripts: [] })),
);
/** Functions without arguments: their names stand alone, and they are no values. */
const plain = new Set(['scripts', 'languages']);

describe('templates', () => {
  it.each(templates)('%s asks for no text that there is not', (_name, source) => {
    const keys = [...source.matchAll(/[{(]t "([^"]+)"( count=)?/g)].map(
      ([, key = '', count]) => key + (count ? '.other' : ''),
    );
    const others = [...source.matchAll(/else="([^"]+)"/g)].map(([, key = '']) => key);
    expect([...keys, ...others].filter((key) => !messages.has('en', key))).toEqual([]);
  });

  it.each(templates)('%s writes out no text of its own', (_name, source) => {
    const bare = source
      .replace(/\{\{!--[^]*?--\}\}|\{\{![^}]*\}\}/g, '')
      .replace(/<style>[^]*?<\/style>/g, '')
      .replace(/(?<=\{\{portalUrl\}\})(?:\/\w+)+/g, '')
      // the format of a backup code, the same in every language
      .replace('XXXX-XXXX-XXXX-XXXX', '')
      .replace(/\{\{\{?[^}]*\}\}\}?/g, '');
    const heard = [...bare.matchAll(spoken)].map(([, words = '']) => words);
    const seen = bare.replace(/<[^>]*>/g, '');
    expect([seen, ...heard].filter((words) => /\p{L}{2}/u.test(words))).toEqual([]);
    expect(source).not.toMatch(/\{\{page[^}]* title="/);
  });

  it.each(templates)('%s has markup unescaped only where it is ours', (name, source) => {
    const unescaped = [...source.matchAll(/\{\{\{([^}]*)\}\}\}/g)].map(([, what]) => what);
    const allowed = markup.filter(([view]) => view.test(name)).map(([, value]) => value);
    expect(unescaped).toEqual(allowed);
  });

  it.each(templates)(
    '%s shows no value with the name of a function, which would be called instead',
    (_name, source) => {
      const bare = [...source.matchAll(/\{\{\{?~?(\w+)~?\}?\}\}/g)].map(([, word = '']) => word);
      expect(bare.filter((word) => functions.has(word) && !plain.has(word))).toEqual([]);
    },
  );

  it.each(templates)('%s has no inline script', (_name, source) => {
    expect(source).not.toMatch(/<script(?! src=)|\son\w+=|javascript:/i);
  });

  it('name every problem and every event in words', () => {
    const problems = Object.keys(problemCodes).flatMap((code) => [`problem.${code}`, `problem.todo.${code}`]);
    const events = Object.keys(portalEvents).map((name) => `event.${name}`);
    expect([...problems, ...events].filter((key) => !messages.has('en', key))).toEqual([]);
  });
});
