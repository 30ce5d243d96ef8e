import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { HostRequest } from '../../core/contracts/ports/login-session.js';
import { PageRenderer, type Section } from '../../core/contracts/ports/page-renderer.js';
import type { Translator } from '../../core/contracts/ports/translator.js';
import { pageFunctions } from './page-functions.js';

const ENDING = '.hbs';

/** Pages in a plain layout, for hosts that have not brought their own: every template is compiled once, at start. */
export class PlainRenderer extends PageRenderer {
  private readonly handlebars = Handlebars.create();

  /** @param folders of templates; later ones win. */
  constructor(folders: readonly string[], translator: Translator) {
    super();
    this.handlebars.registerHelper(pageFunctions(translator));
    for (const folder of folders) this.register(folder);
  }

  render(request: HostRequest, view: string, model: Readonly<Record<string, unknown>>): Promise<string> {
    const notes: Record<string, unknown> = {};
    const data = { request, notes };
    const body = this.template(view)({ ...model, formFields: [] }, { data });
    return Promise.resolve(this.template('layout')({ ...notes, body, refused: model['refused'] }, { data }));
  }

  sections(): Promise<readonly Section[]> {
    return Promise.resolve([]);
  }

  private template(view: string): Handlebars.TemplateDelegate {
    const template: unknown = this.handlebars.partials[view];
    if (typeof template !== 'function') throw new Error(`There is no template ${view}.`);
    return template as Handlebars.TemplateDelegate;
  }

  private register(folder: string): void {
    if (!existsSync(folder)) return;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith(ENDING))) {
      const name = file.slice(0, -ENDING.length).replaceAll('\\', '/');
      this.handlebars.registerPartial(
        name,
        this.handlebars.compile(readFileSync(join(folder, file), 'utf8'), { preventIndent: true }),
      );
    }
  }
}
