import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssetStore } from '../assets/asset-store.js';
import { Messages } from '../texts/messages.js';
import { projectRoot, themesFolder } from '../common/project-root.js';
import { ViewFinder } from './view-finder.js';

const theme = 'harbour';
const files = readdirSync(join(themesFolder(), theme), { recursive: true, encoding: 'utf8' });
const ending = (end: string) => files.filter((file) => file.endsWith(end));
const module = { id: 'two-factor', templates: join(projectRoot(), 'modules/two-factor/templates') };

describe('a theme without one of its files', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'theme-'));
    cpSync(join(projectRoot(), 'templates'), join(root, 'templates'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const branded = () => join(root, 'templates', 'themes', theme);
  const loses = (file: string) => rmSync(join(branded(), file));

  function view(file: string, brand: string | null = theme): string | undefined {
    const [, inModule = file] = /^modules\/[^/]+\/(.*)$/.exec(file) ?? [];
    const modules = new Map([[module.id, module.templates]]);
    const finder = new ViewFinder({ host: join(root, 'templates'), theme: brand, modules });
    const sources = finder.sources(inModule === file ? null : module.id);
    return sources.get(inModule.replace(/\.hbs$/, ''));
  }

  it.each(ending('.hbs'))('shows the portal’s or the module’s own view: %s', (file) => {
    const own = view(file, null);
    expect(view(file)).toBe(readFileSync(join(branded(), file), 'utf8'));
    loses(file);
    expect(own).toBeDefined();
    expect(view(file)).toBe(own);
  });

  it.each(['logo.svg', 'icon.svg', 'theme.css'])('has the portal’s own %s', (file) => {
    const assets = (...folders: string[]) => {
      const store = new AssetStore([join(projectRoot(), 'assets'), ...folders]);
      return store.address(file === 'theme.css' ? 'portal.css' : file);
    };
    expect(assets(branded())).not.toBe(assets());
    loses(file);
    expect(assets(branded())).toBe(assets());
  });

  it.each(ending('.json'))('says it in the portal’s own words: %s', (file) => {
    const locale = file.replace(/^messages\/|\.json$/g, '');
    const key = 'login.intro';
    const own = join(projectRoot(), 'messages');
    const plain = new Messages([own]).text(locale, key);
    const said = () => new Messages([own], [join(branded(), 'messages')]).text(locale, key);
    expect(said()).not.toBe(plain);
    loses(file);
    expect(said()).toBe(plain);
  });
});
