import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Translator } from '../../core/contracts/ports/translator.js';
import type { HostRequest } from '../../core/contracts/ports/login-session.js';

/** The package's own texts, and those the factors bring, in English. */
export class JsonTranslator extends Translator {
  private readonly texts: ReadonlyMap<string, string>;

  /** @param folders each with an `en.json`, a flat object of texts; later ones win. */
  constructor(folders: readonly string[]) {
    super();
    const files = folders.map((folder) => join(folder, 'en.json')).filter((file) => existsSync(file));
    this.texts = new Map(files.flatMap((file) => Object.entries(read(file))));
  }

  text(_request: HostRequest | null, key: string, values: Readonly<Record<string, unknown>> = {}): string {
    const text = this.texts.get(key);
    if (text === undefined) throw new Error(`There is no text "${key}".`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => shown(values[name]));
  }
}

function read(file: string): Record<string, string> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
