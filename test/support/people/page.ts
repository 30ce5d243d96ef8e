import { type HTMLElement, parse } from 'node-html-parser';

/** An answer as a person sees it in a browser. */
export class Page {
  private readonly root: HTMLElement;

  constructor(
    readonly status: number,
    /** The address in the browser: path and query. */
    readonly address: string,
    readonly headers: Headers,
    readonly html: string,
  ) {
    this.root = parse(html);
  }

  /** All visible words, with single spaces. */
  get text(): string {
    return spaced(this.root.querySelector('body')?.structuredText ?? this.root.structuredText);
  }

  get title(): string {
    return spaced(this.root.querySelector('h1')?.text ?? '');
  }

  /** The words of all matching elements. */
  all(selector: string): string[] {
    return this.root.querySelectorAll(selector).map((each) => spaced(each.text));
  }

  attribute(selector: string, name: string): string | undefined {
    return this.root.querySelector(selector)?.getAttribute(name);
  }

  /** The address behind a link with these words. */
  link(words: string): string {
    const found = this.root.querySelectorAll('a').find((each) => spaced(each.text) === words);
    const href = found?.getAttribute('href');
    if (href === undefined) throw new Error(`No link “${words}” on ${this.address}: ${this.text}`);
    return href;
  }

  /** The form with all these fields, or with this action, ready to be filled in. */
  form(
    fields: readonly string[],
    action?: string,
  ): { action: string; method: string; values: URLSearchParams } {
    const found = this.root.querySelectorAll('form').find((form) => fits(form, fields, action));
    if (!found) throw new Error(`No form with ${fields.join(', ')} on ${this.address}: ${this.text}`);
    const values = new URLSearchParams();
    for (const input of found.querySelectorAll('input, select, textarea')) keep(values, input);
    return {
      action: found.getAttribute('action') ?? this.address,
      method: (found.getAttribute('method') ?? 'get').toUpperCase(),
      values,
    };
  }
}

function fits(form: HTMLElement, fields: readonly string[], action?: string): boolean {
  if (action !== undefined && form.getAttribute('action') !== action) return false;
  return fields.every((name) => form.querySelector(`[name="${name}"]`));
}

/** The value of an untouched field, as a browser would send it. */
function keep(values: URLSearchParams, input: HTMLElement): void {
  const name = input.getAttribute('name');
  const type = input.getAttribute('type') ?? '';
  const isOff = /^(checkbox|radio)$/.test(type) && !input.hasAttribute('checked');
  if (name && !isOff && type !== 'submit') values.append(name, valueOf(input));
}

/** A list sends its selected entry, or else its first; a text field its text, without the line break that begins it. */
function valueOf(input: HTMLElement): string {
  if (input.rawTagName.toLowerCase() === 'textarea') return input.text.replace(/^\r?\n/, '');
  if (input.rawTagName.toLowerCase() !== 'select') return input.getAttribute('value') ?? '';
  const entries = input.querySelectorAll('option');
  const chosen = entries.find((each) => each.hasAttribute('selected')) ?? entries[0];
  return chosen?.getAttribute('value') ?? '';
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
