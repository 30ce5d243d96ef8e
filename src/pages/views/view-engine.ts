import Handlebars from 'handlebars';
import type { LayoutContext } from '../common/layout-context.js';
import { type ViewFinder, viewName } from './view-finder.js';
import type { PageNotes, viewFunctions } from './view-functions.js';

/** The values that a template can use, by name. */
export type ViewModel = Readonly<Record<string, unknown>>;
type HandlebarsEnvironment = typeof Handlebars;

/** Inherited members are no part of a model. Setting this explicitly avoids Handlebars' warning. */
const safely = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** A rendered view, and the metadata that it set for its page. */
export interface RenderedView {
  readonly text: string;
  readonly notes: PageNotes;
}

/** There is no such template: a defect of the caller. */
export class UnknownView extends Error {
  override readonly name = 'UnknownView';
}

/**
 * Renders templates; each is compiled once. The portal and each module have their own Handlebars instance, so a module's
 * `partials/card` never conflicts with another's. Views whose name ends in `.text` are plain text and not escaped.
 */
export class ViewEngine {
  private readonly environments = new Map<string | null, HandlebarsEnvironment>();

  constructor(
    private readonly finder: ViewFinder,
    private readonly functions: ReturnType<typeof viewFunctions>,
  ) {}

  /** @throws UnknownView; UnknownMessage when the view uses a text that does not exist. */
  render(view: string, model: ViewModel, frame: LayoutContext): RenderedView {
    const { module, name } = viewName(view);
    const template = this.environment(module).partials[name] as Handlebars.TemplateDelegate | undefined;
    if (!template) throw new UnknownView(`There is no template ${view}.`);
    const notes: PageNotes = {};
    const text = template({ ...model, formFields: frame.formFields }, { ...safely, data: { frame, notes } });
    return { text, notes };
  }

  private environment(module: string | null): HandlebarsEnvironment {
    const known = this.environments.get(module);
    if (known) return known;
    const made = this.prepare(module);
    this.environments.set(module, made);
    return made;
  }

  /** Partials are not indented: the blanks would become a part of the text in a `textarea`. */
  private prepare(module: string | null): HandlebarsEnvironment {
    const environment = Handlebars.create();
    environment.registerHelper({ ...this.functions });
    for (const [name, source] of this.finder.sources(module)) {
      environment.registerPartial(
        name,
        environment.compile(source, { noEscape: name.endsWith('.text'), preventIndent: true }),
      );
    }
    return environment;
  }
}
