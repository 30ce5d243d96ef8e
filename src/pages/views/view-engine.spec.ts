import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LayoutContext } from '../common/layout-context.js';
import { Messages } from '../texts/messages.js';
import { UnknownView, ViewEngine } from './view-engine.js';
import { ViewFinder } from './view-finder.js';
import { viewFunctions } from './view-functions.js';

const frame: LayoutContext = {
  locale: 'en',
  direction: 'ltr',
  timeZone: 'UTC',
  providerTimeZone: 'UTC',
  portalName: 'Hosting',
  supportEmail: null,
  supportPhone: null,
  viewer: null,
  impersonation: null,
  passwordless: null,
  navigation: [],
  staffNavigation: [],
  menu: [],
  outbox: false,
  formFields: [{ name: '_csrf', value: '"><script>' }],
};

describe('views', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'views-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  function file(path: string, text: string): void {
    const whole = join(root, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
  }

  function texts(): Messages {
    file('messages/en.json', '{"hello":"Hello <{{name}}>","kind.totp":"App"}');
    return new Messages([join(root, 'messages')]);
  }

  function engine(theme: string | null = null): ViewEngine {
    const modules = new Map(['one', 'two'].map((id) => [id, join(root, id)]));
    const finder = new ViewFinder({ host: join(root, 'host'), theme, modules });
    return new ViewEngine(
      finder,
      viewFunctions(texts(), { address: (name) => `/assets/${name}`, scripts: [] }),
    );
  }

  const shown = (view: string, model = {}, theme: string | null = null) =>
    engine(theme).render(view, model, frame).text;

  it('add no blanks to the text of a field, however far its part is indented', () => {
    file('host/field.hbs', '<textarea>\n{{text}}</textarea>\n');
    file('host/page.hbs', '<form>\n    {{> field}}\n</form>\n');
    expect(shown('page', { text: 'one\ntwo' })).toContain('<textarea>\none\ntwo</textarea>');
  });

  it('are the module’s own, unless the portal has one of the same path, unless the theme has', () => {
    file('one/page.hbs', 'module');
    expect(shown('modules/one/page')).toBe('module');
    file('host/modules/one/page.hbs', 'portal');
    expect(shown('modules/one/page')).toBe('portal');
    file('host/themes/brand/modules/one/page.hbs', 'theme');
    expect(shown('modules/one/page')).toBe('portal');
    expect(shown('modules/one/page', {}, 'brand')).toBe('theme');
  });

  it('of one module never meet the partials of another', () => {
    file('host/partials/card.hbs', 'portal’s');
    for (const id of ['one', 'two']) file(`${id}/page.hbs`, '{{> partials/card}}');
    file('two/partials/card.hbs', 'two’s');
    expect(shown('modules/one/page')).toBe('portal’s');
    expect(shown('modules/two/page')).toBe('two’s');
  });

  it('show text as text, wherever it comes from', () => {
    file('host/page.hbs', '{{given}}|{{t "hello" name=given}}|{{#each formFields}}{{value}}{{/each}}');
    const text = shown('page', { given: '<img src=x onerror=alert(1)>' });
    expect(text).not.toMatch(/<(img|script)/);
    expect(text).toContain('Hello &lt;&lt;img');
  });

  it('cannot reach what objects inherit', () => {
    file('host/page.hbs', '{{given.constructor.name}}{{__proto__}}{{given.toString}}');
    expect(shown('page', { given: {} })).toBe('');
  });

  it('of plain text are not escaped, and those beside them are', () => {
    file('host/partials/name.hbs', '{{given}}');
    file('host/partials/name.text.hbs', '{{given}}');
    file('host/mail.text.hbs', '{{> partials/name.text}}');
    file('host/mail.html.hbs', '{{> partials/name}}');
    expect(shown('mail.text', { given: 'A & B' })).toBe('A & B');
    expect(shown('mail.html', { given: 'A & B' })).toBe('A &amp; B');
  });

  it('tell the layout their title, and write times and amounts for the reader', () => {
    file(
      'host/page.hbs',
      '{{page title="Bills"}}{{time at}}|{{money 123456 "EUR"}}|{{term "kind" "totp"}}|{{term "kind" "x"}}',
    );
    const { text, notes } = engine().render('page', { at: Date.UTC(2030, 0, 2, 3, 4) }, frame);
    expect(notes.title).toBe('Bills');
    expect(text).toMatch(
      /^<time datetime="2030-01-02T03:04:00.000Z">Jan 2, 2030, 3:04.AM UTC<\/time>\|€1,234.56\|App\|x$/,
    );
  });

  it('make addresses with encoded values', () => {
    file('host/page.hbs', '{{{url "/list" event=given empty=""}}}');
    expect(shown('page', { given: 'a&b=c#d' })).toBe('/list?event=a%26b%3Dc%23d');
  });

  it('that do not exist are a defect, and never a file elsewhere', () => {
    expect(() => shown('nothing')).toThrow(UnknownView);
    expect(() => shown('../messages/en')).toThrow(UnknownView);
    expect(() => shown('modules/three/page')).toThrow('three');
  });
});
