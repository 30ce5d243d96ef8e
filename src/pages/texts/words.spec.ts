import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '../common/project-root.js';

/** Words that customers do not use, or that mean something else to them: mail without “e-” is paper. */
const banned: Readonly<Record<string, RegExp>> = {
  en: /\bproved\b|\bvoid\b|\bnobody\b|\bsomebody\b|\bwhoever\b|(?<!e-)\bmail(s|ed)?\b|stay good|is good for|did not look right|\bCONFLICT\b|was it not you|asked for$/i,
  de: /(?<!E-)\bMails?\b|\bCONFLICT\b|\bwer auch immer\b|erwiesen/i,
};

const files = ['messages', 'modules', 'templates/themes']
  .flatMap((folder) =>
    readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(projectRoot(), folder, name),
    ),
  )
  .filter((file) => /(^|\/)messages\/[a-z]{2}\.json$/.test(file) && !file.includes('node_modules'));

describe('the words of people', () => {
  it('are looked for in the texts of the portal, its modules and its themes', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
  });

  it.each(files)('are not translated English: %s', (file) => {
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    const words = banned[basename(file, '.json')];
    expect(words).toBeDefined();
    expect(Object.entries(texts).filter(([, text]) => words?.test(text))).toEqual([]);
  });
});
