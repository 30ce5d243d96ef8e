import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import type { LayoutContext } from '../../pages/common/layout-context.js';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { ViewEngine } from '../../pages/views/view-engine.js';
import { type RenderedMail, headerText, plainAddress } from './rendered-mail.js';
import type { Mail } from './mailer.js';

/** Renders mails from templates. A view sets its subject in the way that pages set their title: `{{page title=…}}`. */
@Injectable()
export class MailRenderer {
  constructor(
    private readonly config: Config,
    private readonly layoutContexts: LayoutContexts,
    private readonly engine: ViewEngine,
  ) {}

  /** @throws when the address is invalid, or a template or text is missing. */
  render({ to, view, model }: Mail): RenderedMail {
    const facts = { ...model, name: to.name, email: to.email, portalUrl: this.config.publicUrl };
    const frame = this.layoutContexts.plain(to);
    const html = this.inLayout(frame, `${view}.html`, facts);
    return {
      to: { name: headerText(to.name), address: plainAddress(to.email) },
      subject: headerText(html.title),
      text: this.inLayout(frame, `${view}.text`, facts).text,
      html: html.text,
    };
  }

  private inLayout(
    frame: LayoutContext,
    view: string,
    facts: Mail['model'],
  ): { text: string; title: string } {
    const { text: body, notes } = this.engine.render(view, facts, frame);
    const title = notes.title ?? this.config.portalName;
    const layout = view.endsWith('.text') ? 'layouts/mail.text' : 'layouts/mail.html';
    return { title, text: this.engine.render(layout, { title, body: body.trim() }, frame).text };
  }
}
