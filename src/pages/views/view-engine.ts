import Handlebars from 'handlebars';
import type { Frame } from '../common/frame.js';
import { type ViewFinder, viewName } from './view-finder.js';
import type { PageNotes, viewFunctions } from './view-functions.js';

type Model = Readonly<Record<string, unknown>>;
type Environment = typeof Handlebars;

/** What objects inherit is no part of a model; said outright, Handlebars need not warn of it. */
const safely = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** A rendered view, and what it said of its page. */
export interface RenderedView {
  readonly text: string;
  readonly notes: PageNotes;
}

/** There is no such template: a defect of whoever asked. */
export class UnknownView extends Error {
  override readonly name = 'UnknownView';
}

/**
 * Renders templates; each is compiled once. Every owner (the portal, a module) has its own Handlebars, so that a
 * module's `partials/card` never meets another's. Views whose name ends in `.text` are plain text and not escaped.
 */
export class ViewEngine {
  private readonly environments = new Map<string | null, Environment>();

  constructor(
    private readonly finder: ViewFinder,
    private readonly functions: ReturnType<typeof viewFunctions>,
  ) {}

  /** @throws UnknownView; UnknownMessage when the view asks for a text there is not. */
  render(view: string, model: Model, frame: Frame): RenderedView {
    const { module, name } = viewName(view);
    const template = this.environment(module).partials[name] as Handlebars.TemplateDelegate | undefined;
    if (!template) throw new UnknownView(`There is no template ${view}.`);
    const notes: PageNotes = {};
    const text = template({ ...model, formFields: frame.formFields }, { ...safely, data: { frame, notes } });
    return { text, notes };
  }

  private environment(module: string | null): Environment {
    const known = this.environments.get(module);
    if (known) return known;
    const made = this.prepare(module);
    this.environments.set(module, made);
    return made;
  }

  private prepare(module: string | null): Environment {
    const environment = Handlebars.create();
    environment.registerHelper({ ...this.functions });
    for (const [name, source] of this.finder.sources(module)) {
      environment.registerPartial(name, environment.compile(source, { noEscape: name.endsWith('.text') }));
    }
    return environment;
  }
}
