import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { portalEvents } from '../events/catalogue.js';
import { problemCodes } from '../portal/problem.js';
import { loadMessages } from './pages.module.js';
import { projectRoot } from './project-root.js';

const folder = join(projectRoot(), 'templates');
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.hbs'),
);
const messages = loadMessages([]);

describe('the portal’s templates', () => {
  it.each(templates)('%s asks for no text that there is not', (name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    const keys = [...source.matchAll(/[{(]t "([^"]+)"( count=)?/g)].map(
      ([, key = '', count]) => key + (count ? '.other' : ''),
    );
    const others = [...source.matchAll(/else="([^"]+)"/g)].map(([, key = '']) => key);
    expect([...keys, ...others].filter((key) => !messages.has('en', key))).toEqual([]);
  });

  it.each(templates)('%s writes out no text of its own', (name) => {
    const source = readFileSync(join(folder, name), 'utf8')
      .replace(/\{\{![^}]*\}\}/g, '')
      .replace(/(?<=\{\{portalUrl\}\})\/\w+/g, '')
      .replace(/\{\{\{?[^}]*\}\}\}?/g, '')
      .replace(/<[^>]*>/g, '');
    expect(source).not.toMatch(/[a-z]{2}/i);
  });

  it.each(templates)('%s has markup unescaped only where it is ours: the layouts’ body', (name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    const unescaped = [...source.matchAll(/\{\{\{([^}]*)\}\}\}/g)].map(([, what]) => what);
    expect(unescaped).toEqual(/^layouts\/(main|mail\.html)\.hbs$/.test(name) ? ['body'] : []);
  });

  it.each(templates)('%s has no inline script', (name) => {
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/<script(?! src=)|\son\w+=|javascript:/i);
  });

  it('name every problem and every event in words', () => {
    const problems = Object.keys(problemCodes).flatMap((code) => [`problem.${code}`, `problem.todo.${code}`]);
    const events = Object.keys(portalEvents).map((name) => `event.${name}`);
    expect([...problems, ...events].filter((key) => !messages.has('en', key))).toEqual([]);
  });
});
