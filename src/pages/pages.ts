import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { KeptForms } from '../form-posts/kept-forms/kept-forms.js';
import { wantsJson } from '../portal/http/wants-json.js';
import { Banners } from './banners.js';
import { LayoutContexts } from './layout-contexts.js';
import { ViewEngine, type ViewModel } from './views/view-engine.js';

/** One answer in two formats: a page for people, and the same data for programs. */
export interface Answer {
  readonly view: string;
  readonly model: ViewModel;
  readonly json: ViewModel;
}

/** Renders pages: a view in the portal's layout. A module's view is named `modules/<id>/<path>`. */
@Injectable()
export class Pages {
  constructor(
    private readonly layoutContexts: LayoutContexts,
    private readonly engine: ViewEngine,
    private readonly keptForms: KeptForms,
    private readonly banners: Banners,
  ) {}

  /**
   * The whole page as HTML. The layout adds the provider's name, the menus, the reader's language and the help line. The title
   * of a refusal begins with "Error:". Banners of modules stand above the view. The view gets the hidden fields of its forms as `formFields`. A form that was kept
   * for the reader is filled in.
   */
  async render(request: Request, view: string, model: ViewModel): Promise<string> {
    const frame = this.layoutContexts.forRequest(request);
    const { text: body, notes } = this.engine.render(view, model, frame);
    const title = notes.title ?? model['title'];
    const banners = await this.banners.of(request);
    const layout = { ...notes, title, body, banners, refused: isRefused(request) };
    const page = this.engine.render('layouts/main', layout, frame).text;
    return this.keptForms.fill(request, page, () => this.part(request, 'partials/kept-form', {}));
  }

  /** Renders a view without the layout, as a section of another page. */
  part(request: Request, view: string, model: ViewModel): string {
    return this.engine.render(view, model, this.layoutContexts.forRequest(request)).text;
  }

  /** Answers with the page, or with JSON if the client prefers it. Caches must store neither. */
  async answer(request: Request, response: Response, { view, model, json }: Answer): Promise<void> {
    response.vary('Accept').set('Cache-Control', 'no-store');
    if (wantsJson(request)) response.json(json);
    else response.type('html').send(await this.render(request, view, model));
  }
}

/** Whether the page answers a refusal: of a form, or of an address that cannot be shown. */
function isRefused({ res }: Request): boolean {
  return (res?.statusCode ?? 200) >= 400;
}
