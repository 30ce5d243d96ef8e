import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** A page of the docs, in the parts that tests read. */
export class DocPage {
  readonly text: string;

  /** @param path from the project's folder. */
  constructor(readonly path: string) {
    this.text = readFileSync(join(root, path), 'utf8');
  }

  /** The rows of the first table below a heading, without its head; cells as people read them. */
  table(heading: string): string[][] {
    const lines = this.below(heading).split('\n');
    const from = lines.findIndex((line) => line.startsWith('|'));
    const length = lines.slice(from).findIndex((line) => !line.startsWith('|'));
    if (from < 0) throw new Error(`${this.path} has no table below "${heading}".`);
    return lines.slice(from + 2, length < 0 ? undefined : from + length).map(cells);
  }

  /** The first column of a table. */
  names(heading: string): string[] {
    return this.table(heading).map(([name = '']) => name);
  }

  /** The first block of code of this language below a heading. */
  code(language: string, heading: string): string {
    const found = new RegExp('^```' + language + '\\n([\\s\\S]*?)^```$', 'm').exec(this.below(heading));
    if (!found) throw new Error(`${this.path} has no ${language} block below "${heading}".`);
    return found[1] ?? '';
  }

  /** The files that it quotes whole: each stands below a heading that is its path. */
  files(): { readonly name: string; readonly text: string }[] {
    const found = this.text.matchAll(/^#+ `([^`]+)`\n\n```\w+\n([\s\S]*?)^```$/gm);
    return [...found].map(([, name = '', text = '']) => ({ name, text }));
  }

  /** What is between a heading and the next one of the same or a higher rank. */
  below(heading: string): string {
    const lines = this.text.split('\n');
    const at = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
    if (at < 0) throw new Error(`${this.path} has no heading "${heading}".`);
    const rank = /^#+/.exec(lines[at] ?? '')?.[0].length ?? 1;
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((line) => new RegExp(`^#{1,${rank}} `).test(line));
    return rest.slice(0, end < 0 ? undefined : end).join('\n');
  }

  /** The targets of its links within the project; paths from the project's folder. */
  links(): string[] {
    return this.targets().map(([to]) => to);
  }

  /** Its links to a heading: a page, and the name that the heading has in addresses. */
  headingLinks(): [string, string][] {
    return this.targets().filter(([to, heading]) => heading !== '' && to.endsWith('.md'));
  }

  /** The names of its headings in addresses, as GitHub makes them. */
  headingNames(): string[] {
    const headings = [...this.text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)];
    return headings.map(([, text = '']) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
  }

  private targets(): [string, string][] {
    const found = [...this.text.matchAll(/\]\(([^)#\s]*)(?:#([^)\s]*))?[^)]*\)/g)];
    const own = found.filter(([, to = '']) => !/^[a-z]+:/.test(to));
    return own.map(([, to = '', heading = '']) => [
      relative(root, to === '' ? join(root, this.path) : join(root, dirname(this.path), to)),
      heading,
    ]);
  }
}

/** Files below a folder with this ending; paths from that folder, in order. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort();
}

function cells(line: string): string[] {
  const parts = line.split(/(?<!\\)\|/).slice(1, -1);
  return parts.map((cell) => plain(cell.trim().replaceAll('\\|', '|')));
}

/** A cell that is all code, without the marks. */
function plain(cell: string): string {
  return /^`[^`]*`$/.test(cell) ? cell.slice(1, -1) : cell;
}
