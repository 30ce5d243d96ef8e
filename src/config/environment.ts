import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isEmail } from 'class-validator';
import { ConfigError } from './config-error.js';

/** Typed access to environment variables. Empty counts as absent. Errors name the variable, never its value. */
export class Environment {
  constructor(private readonly env: NodeJS.ProcessEnv) {}

  has(name: string): boolean {
    return Boolean(this.env[name]);
  }

  text(name: string, absent: string): string {
    return this.env[name] || absent;
  }

  /** Text for pages, mail headers and terminals: one printable line of at most 100 characters. */
  line(name: string): string | null {
    const text = this.env[name];
    if (!text) return null;
    if (!/^[^\p{C}]{1,100}$/u.test(text))
      throw new ConfigError(`${name} must be one printable line of at most 100 characters.`);
    return text;
  }

  email(name: string): string | null {
    const text = this.line(name);
    if (text && !isEmail(text)) throw new ConfigError(`${name} must be an e-mail address.`);
    return text;
  }

  whole(name: string, absent: number, most: number, least = 0): number {
    const text = this.env[name];
    if (!text) return absent;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > most || value < least)
      throw new ConfigError(`${name} must be a whole number from ${least} to ${most}.`);
    return value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], absent: T): T {
    const text = this.env[name];
    if (!text) return absent;
    const found = allowed.find((one) => one === text);
    if (!found) throw new ConfigError(`${name} must be one of ${allowed.join(', ')}.`);
    return found;
  }

  folder(name: string, absent: string): string {
    return resolve(this.text(name, absent));
  }

  /** The variable, or the content of the file named by `<name>_FILE` without its line end. */
  secret(name: string): string | null {
    const file = this.env[`${name}_FILE`];
    if (file && this.env[name]) throw new ConfigError(`Set ${name} or ${name}_FILE, not both.`);
    if (!file) return this.env[name] || null;
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      throw new ConfigError(`The file named by ${name}_FILE cannot be read.`);
    }
  }

  demoPassword(): string | null {
    const text = this.env['DEMO_PASSWORD'] || null;
    const characters = [...(text ?? '').normalize('NFKC')].length;
    if (text && (characters < 8 || characters > 128))
      throw new ConfigError('DEMO_PASSWORD must have 8 to 128 characters.');
    return text;
  }
}
