import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Messages, UnknownMessage } from './messages.js';

describe('texts', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'texts-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  function folder(name: string, texts: unknown, locale = 'en'): string {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, `${locale}.json`), JSON.stringify(texts));
    return path;
  }

  it('come from the portal and its modules alike, with their values filled in', () => {
    const messages = new Messages([
      folder('portal', { hello: 'Hello {{name}}' }),
      folder('module', { bye: 'Bye' }),
    ]);
    expect(messages.text('en', 'hello', { name: '{{name}}$&' })).toBe('Hello {{name}}$&');
    expect(messages.text('en', 'bye')).toBe('Bye');
  });

  it('cannot be requested by a key that does not exist', () => {
    const messages = new Messages([folder('portal', { hello: 'Hello' })]);
    expect(() => messages.text('en', 'helo')).toThrow(UnknownMessage);
    expect(() => messages.text('en', 'toString')).toThrow(UnknownMessage);
  });

  it('cannot be given twice, but an override has the last word', () => {
    const portal = folder('portal', { hello: 'Hello' });
    const override = folder('override', { hello: 'Good day' });
    expect(() => new Messages([portal, override])).toThrow('given twice');
    const theme = folder('theme', { hello: 'Ahoy' });
    expect(new Messages([portal], [override]).text('en', 'hello')).toBe('Good day');
    expect(new Messages([portal], [theme, override]).text('en', 'hello')).toBe('Good day');
  });

  it('fall back to the default language, and take the plural form that the number asks for', () => {
    const portal = folder('portal', { 'left.one': '{{count}} code', 'left.other': '{{count}} codes' });
    folder('portal', { 'left.one': '{{count}} Code' }, 'de');
    const messages = new Messages([portal]);
    expect(messages.text('de', 'left', { count: 1 })).toBe('1 Code');
    expect(messages.text('de', 'left', { count: 0 })).toBe('0 codes');
    expect(messages.locales).toEqual(['en', 'de']);
  });

  it('take no value for an option or a text of their own, and show no object’s inside', () => {
    const portal = folder('portal', { hello: 'Hello {{name}} {{lng}}', secret: 'hidden', 'hello|x': 'x' });
    const messages = new Messages([portal]);
    const values = { name: '$t(secret) {{lng}}', lng: 'xx', context: 'x', defaultValue: 'y', count: 'no' };
    expect(messages.text('en', 'hello', values)).toBe('Hello $t(secret) {{lng}} xx');
    expect(messages.text('en', 'hello', { name: { toString: () => 'inside' } })).toBe('Hello  ');
  });

  it('are offered in the portal’s languages alone: a module’s more would make half a page', () => {
    const portal = folder('portal', { hello: 'Hello' });
    folder('module', { bye: 'Au revoir' }, 'fr');
    const messages = new Messages([portal, folder('module', { bye: 'Bye' })]);
    expect(messages.locales).toEqual(['en']);
    expect(messages.text('fr', 'bye')).toBe('Bye');
  });

  it('are found for a region of a language, and not for a language without texts', () => {
    folder('portal', { hello: 'Hallo' }, 'de');
    const messages = new Messages([folder('portal', { hello: 'Hello' })]);
    expect(['de', 'de-AT', 'DE-ch', 'fr', '', null].map((locale) => messages.closest(locale))).toEqual([
      'de',
      'de',
      'de',
      null,
      null,
      null,
    ]);
  });

  it('are texts: anything else is refused at start', () => {
    expect(() => new Messages([folder('portal', { hello: { nested: 'Hello' } })])).toThrow('not a text');
  });
});
