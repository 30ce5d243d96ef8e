import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { wantsJson } from '../portal/http/wants-json.js';
import { Frames } from './frames.js';
import { ViewEngine } from './views/view-engine.js';

type Model = Readonly<Record<string, unknown>>;

/** One answer in two shapes: a page for people, the same facts for programs. */
export interface Answer {
  readonly view: string;
  readonly model: Model;
  readonly json: Model;
}

/** Makes pages: a view in the portal's layout. A module's view is named `modules/<id>/<path>`. */
@Injectable()
export class Pages {
  constructor(
    private readonly frames: Frames,
    private readonly engine: ViewEngine,
  ) {}

  /**
   * The whole page as HTML. The layout adds the provider's name, the menus, the reader's language and the help line;
   * the view finds the hidden fields of its forms under `formFields`.
   */
  render(request: Request, view: string, model: Model): Promise<string> {
    const frame = this.frames.of(request);
    const { text: body, notes } = this.engine.render(view, model, frame);
    const title = notes.title ?? model['title'];
    return Promise.resolve(this.engine.render('layouts/main', { ...notes, title, body }, frame).text);
  }

  /** A view alone, without the layout: a section of somebody else's page. */
  part(request: Request, view: string, model: Model): string {
    return this.engine.render(view, model, this.frames.of(request)).text;
  }

  /** Answers with the page, or with JSON to whoever prefers that. Neither is ever stored by a cache. */
  async answer(request: Request, response: Response, { view, model, json }: Answer): Promise<void> {
    response.vary('Accept').set('Cache-Control', 'no-store');
    if (wantsJson(request)) response.json(json);
    else response.type('html').send(await this.render(request, view, model));
  }
}
