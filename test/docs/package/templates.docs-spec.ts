import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { twoFactorMessages, twoFactorTemplates } from 'nestjs-two-factor';
import ts from 'typescript';
import { syntaxOf, textsIn } from '../support/declarations.js';
import { DocPage, filesBelow } from '../support/doc-page.js';
import { TemplateSource } from '../support/template-source.js';

const page = new DocPage('modules/two-factor/docs/templates.md');
const folder = 'modules/two-factor/templates';
const views = filesBelow(folder, '.hbs').map((file) => file.replace(/\.hbs$/, ''));
const texts = JSON.parse(readFileSync(join(twoFactorMessages, 'en.json'), 'utf8')) as Record<string, string>;

const sourceOf = (view: string) =>
  new TemplateSource(readFileSync(join(twoFactorTemplates, `${view}.hbs`), 'utf8'));
const inWords = (names: Iterable<string>) => [...names].sort().join(', ');
const listed = (cell = '') => cell.replaceAll('`', '');

describe('templates.md', () => {
  const rows = [...page.table('Pages and parts'), ...page.table('Mails')];

  test('no template is missing or made up', () => {
    expect(rows.map(([view]) => view).sort()).toEqual([...views].sort());
  });

  test('the documented model of a template is exactly what it reads', () => {
    const read = rows.map(([view = '']) => `${view}: ${inWords(sourceOf(view).reads)}`);
    expect(rows.map(([view, model]) => `${view}: ${listed(model)}`)).toEqual(read);
  });

  test('no helper that a template calls is missing', () => {
    const called = new Set(views.flatMap((view) => [...sourceOf(view).helpers]));
    const needed = page.table('Helpers').filter(([, use]) => use === 'yes');
    expect(inWords(needed.map(([name = '']) => name))).toBe(inWords(called));
  });

  test('no helper of the plain renderer is missing or made up', () => {
    expect(inWords(page.names('Helpers'))).toBe(inWords(plainHelpers()));
  });

  test('no group of texts is missing or made up', () => {
    const groups = new Set(Object.keys(texts).map((key) => key.replace(/\..*$/, '')));
    expect(inWords(page.names('Texts').map((name) => name.replace('.…', '')))).toBe(inWords(groups));
  });

  test.each(['totp', 'webauthn', 'email-code', 'backup-codes'])(
    'no text that a kind must bring is missing: %s',
    (kind) => {
      const wanted = page.names('What a kind brings').map((key) => key.replace('<kind>', kind));
      expect(wanted.filter((key) => !(key in texts))).toEqual([]);
    },
  );

  test('no text that a primary kind must bring is missing', () => {
    const wanted = page
      .names('What a primary kind brings besides')
      .map((key) => key.replace('<kind>', 'totp'));
    expect(wanted.length).toBeGreaterThan(1);
    expect(wanted.filter((key) => !(key in texts))).toEqual([]);
  });

  test('every mail has the two forms that the page promises', () => {
    const forms = views.filter((view) => view.startsWith('mail/')).map((view) => view.split('.'));
    const names = new Set(forms.map(([name]) => name));
    expect(names.size).toBeGreaterThan(5);
    for (const name of names) expect(forms.filter(([each]) => each === name)).toHaveLength(2);
  });

  test('no notice is missing or made up', () => {
    const events = page.names('Notices');
    expect(inWords(events)).toBe(inWords(noticesSent()));
  });
});

/** The keys of the object that the plain renderer registers. */
function plainHelpers(): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression && ts.isObjectLiteralExpression(node.expression))
      names.push(...node.expression.properties.map((each) => each.name?.getText() ?? ''));
    ts.forEachChild(node, visit);
  };
  visit(syntaxOf('http/defaults/page-functions.ts'));
  return names;
}

/**
 * Templates below `mail/` that the sources of the core and of the factors name. `code` is the name of a field too, and follows no event, as the page says.
 */
function noticesSent(): Set<string> {
  const mails = new Set(
    views.filter((view) => view.startsWith('mail/')).map((view) => view.slice(5).split('.')[0]!),
  );
  const sources = ['core', 'factors'].flatMap((folder) =>
    filesBelow(`modules/two-factor/src/${folder}`, '.ts').map((file) => `${folder}/${file}`),
  );
  const named = sources.filter((file) => !isTest(file)).flatMap((file) => textsIn(syntaxOf(file)));
  return new Set(named.filter((text) => mails.has(text) && text !== 'code'));
}

/** Stories name whatever they like. */
function isTest(file: string): boolean {
  return /\.(spec|fixture)\.ts$/.test(file);
}
