import { readFileSync, readdirSync } from 'node:fs';

import Handlebars from 'handlebars';
import { parse } from 'node-html-parser';

const root = new URL('../../', import.meta.url);
const messages = JSON.parse(readFileSync(new URL('messages/en.json', root), 'utf8')) as Record<
  string,
  string
>;

const views = ['totp', 'backup-codes'].flatMap((kind) =>
  readdirSync(new URL(`templates/${kind}`, root)).map((file) => `${kind}/${file}`),
);

const hostile = '"><script>alert(1)</script>';
const model = {
  error: hostile,
  label: hostile,
  uri: 'otpauth://totp/A:b?secret=ABCD&issuer=A',
  svg: '<svg></svg>',
  groups: ['ABCD', 'EFGH'],
  codes: ['0123-4567-89AB-CDEF', 'FEDC-BA98-7654-3210'],
  lines: ['The head line', '', '0123-4567-89AB-CDEF', 'FEDC-BA98-7654-3210'],
  download: 'data:text/plain,x',
  next: '/account/security',
  left: 1,
  of: 2,
  createdAt: Date.UTC(2030, 0, 1),
  lastUsedAt: Date.UTC(2030, 0, 2),
};

function source(view: string): string {
  return readFileSync(new URL(`templates/${view}`, root), 'utf8');
}

function page(view: string, values: object = model) {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('t', (key: string, { hash }: Handlebars.HelperOptions) => {
    const text = messages[key];
    if (text === undefined) {
      throw new Error(`no text for ${key}`);
    }
    return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) =>
      String((hash as Record<string, unknown>)[name]),
    );
  });
  handlebars.registerHelper('time', (at: number) => new Date(at).toISOString());
  return parse(handlebars.compile(source(view), { strict: false })(values));
}

describe('the templates of both kinds', () => {
  it.each(views)('%s has a text for every key, and fills it', (view) => {
    expect(page(view).toString()).not.toMatch(/undefined|\{\{/);
  });

  it.each(views)('%s lets nothing through unescaped, but the QR code', (view) => {
    expect(page(view).querySelector('script')).toBeNull();
    expect(source(view).match(/\{\{\{\w+\}\}\}/g) ?? []).toEqual(
      view === 'totp/enrol.hbs' ? ['{{{svg}}}'] : [],
    );
  });

  it.each(views)('%s has no inline script or style', (view) => {
    expect(source(view)).not.toMatch(/<script|<style|style=|\son\w+=/);
  });

  it.each(views)('%s names every field by a label and describes it by what is there', (view) => {
    const html = page(view);
    const fields = html.querySelectorAll('input');
    expect(fields).toHaveLength(source(view).split('<input').length - 1);
    for (const field of fields) {
      expect(html.querySelector(`label[for=${field.id}]`)).not.toBeNull();
      for (const id of field.getAttribute('aria-describedby')?.split(' ') ?? []) {
        expect(html.querySelector(`#${id}`)).not.toBeNull();
      }
    }
  });

  it('say when an app was added and last used, or that it never was', () => {
    expect(page('totp/card.hbs').text).toMatch(/Added 2030-01-01.*Last used 2030-01-02/s);
    expect(page('totp/card.hbs', { ...model, lastUsedAt: null }).text).toContain('Not used yet');
  });

  it('let a pasted code with spaces in, and the phone offer it', () => {
    const field = page('totp/challenge.hbs').querySelector('input[name=code]');
    expect(field?.attributes).toMatchObject({
      maxlength: '64',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
    });
  });

  it('show an error where one was made, and none where none was', () => {
    const showing = (error?: string) =>
      views.filter((view) => page(view, { ...model, error }).querySelector('#code-error'));
    expect(showing('wrong').sort()).toEqual([
      'backup-codes/challenge.hbs',
      'totp/challenge.hbs',
      'totp/enrol.hbs',
    ]);
    expect(showing()).toEqual([]);
  });

  it('give each backup code an element of its own, and the copy button the head line and all of them', () => {
    const html = page('backup-codes/issued.hbs');
    expect(html.querySelectorAll('code[data-backup-code]').map((code) => code.text)).toEqual(model.codes);
    expect(html.querySelector('[data-copy]')?.getAttribute('data-copy')).toBe(model.lines.join('\n'));
  });

  it('give the copy button of a set-up the key as the app wants it', () => {
    const html = page('totp/enrol.hbs');
    expect(html.querySelector('[data-copy]')?.getAttribute('data-copy')).toBe('ABCDEFGH');
    expect(html.querySelector('[role=img]')?.getAttribute('aria-label')).toBeTruthy();
    expect(html.querySelector('a[href^="otpauth:"]')?.getAttribute('href')).toBe(model.uri);
  });
});
