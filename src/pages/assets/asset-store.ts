import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Asset } from './asset.js';
import { stylesheet } from './stylesheet.js';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Stylesheets and scripts under URLs that contain a hash of their content, so browsers may cache them permanently. */
export class AssetStore {
  private readonly addresses = new Map<string, string>();
  private readonly assets = new Map<string, Asset>();

  /**
   * @param folders of styles, scripts and pictures; if two files have the same name, the later folder wins. A `portal.css` and
   * then a theme's `theme.css` are appended to Bootstrap, so pages have one stylesheet.
   */
  constructor(folders: readonly string[]) {
    const files = new Map(folders.flatMap(readAssets));
    const additions = ['portal.css', 'theme.css'].map((name) => files.get(name) ?? '').join('\n');
    files.delete('theme.css');
    files.set('portal.css', stylesheet('ltr', additions));
    files.set('portal.rtl.css', stylesheet('rtl', additions));
    for (const [name, body] of files) this.add(name, body);
  }

  /**
   * The URL of an asset by its plain name.
   * @throws when there is none.
   */
  address(name: string): string {
    const address = this.addresses.get(name);
    if (!address) throw new Error(`There is no asset ${name}.`);
    return `/assets/${address}`;
  }

  /** The URLs of all scripts. Every page loads all of them, and none depends on another. */
  get scripts(): string[] {
    return [...this.addresses.keys()]
      .filter((name) => name.endsWith('.js'))
      .map((name) => this.address(name));
  }

  /** The asset of the last part of a URL. */
  find(fingerprinted: string): Asset | undefined {
    return this.assets.get(fingerprinted);
  }

  private add(name: string, body: string): void {
    const ending = extname(name);
    const print = createHash('sha256').update(body).digest('hex').slice(0, 12);
    const fingerprinted = `${name.slice(0, -ending.length)}.${print}${ending}`;
    this.addresses.set(name, fingerprinted);
    this.assets.set(fingerprinted, new Asset(types[ending] ?? 'application/octet-stream', body));
  }
}

function readAssets(folder: string): [string, string][] {
  return readdirSync(folder)
    .filter((name) => extname(name) in types)
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}
