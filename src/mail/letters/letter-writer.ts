import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import type { Frame } from '../../pages/common/frame.js';
import { Frames } from '../../pages/frames.js';
import { ViewEngine } from '../../pages/views/view-engine.js';
import { type Letter, headerText, plainAddress } from './letter.js';
import type { Mail } from './mailer.js';

/** Renders mails from templates. A view sets its subject in the way that pages set their title: `{{page title=…}}`. */
@Injectable()
export class LetterWriter {
  constructor(
    private readonly config: Config,
    private readonly frames: Frames,
    private readonly engine: ViewEngine,
  ) {}

  /** @throws when the address is invalid, or a template or text is missing. */
  write({ to, view, model }: Mail): Letter {
    const facts = { ...model, name: to.name, email: to.email, portalUrl: this.config.publicUrl };
    const frame = this.frames.plain(to.locale);
    const html = this.inLayout(frame, `${view}.html`, facts);
    return {
      to: { name: headerText(to.name), address: plainAddress(to.email) },
      subject: headerText(html.title),
      text: this.inLayout(frame, `${view}.text`, facts).text,
      html: html.text,
    };
  }

  private inLayout(frame: Frame, view: string, facts: Mail['model']): { text: string; title: string } {
    const { text: body, notes } = this.engine.render(view, facts, frame);
    const title = notes.title ?? this.config.portalName;
    const layout = view.endsWith('.text') ? 'layouts/mail.text' : 'layouts/mail.html';
    return { title, text: this.engine.render(layout, { title, body: body.trim() }, frame).text };
  }
}
