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

  it('cannot be asked for by a key that nobody gave', () => {
    const messages = new Messages([folder('portal', { hello: 'Hello' })]);
    expect(() => messages.text('en', 'helo')).toThrow(UnknownMessage);
    expect(() => messages.text('en', 'toString')).toThrow(UnknownMessage);
  });

  it('cannot be given twice, but an override has the last word', () => {
    const portal = folder('portal', { hello: 'Hello' });
    const override = folder('override', { hello: 'Good day' });
    expect(() => new Messages([portal, override])).toThrow('given twice');
    expect(new Messages([portal], override).text('en', 'hello')).toBe('Good day');
  });

  it('fall back to the default language, and take the plural form that the number asks for', () => {
    const portal = folder('portal', { 'left.one': '{{count}} code', 'left.other': '{{count}} codes' });
    folder('portal', { 'left.one': '{{count}} Code' }, 'de');
    const messages = new Messages([portal]);
    expect(messages.text('de', 'left', { count: 1 })).toBe('1 Code');
    expect(messages.text('de', 'left', { count: 0 })).toBe('0 codes');
    expect(messages.locales).toEqual(['en', 'de']);
  });

  it('are texts: anything else is refused at start', () => {
    expect(() => new Messages([folder('portal', { hello: { nested: 'Hello' } })])).toThrow('not a text');
  });
});
