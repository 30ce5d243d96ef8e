import type { HostRequest } from './login-session.js';

/** A part of the Security page that the host brings: already rendered, already escaped. */
export interface Section {
  readonly title: string;
  readonly html: string;
}

/** How pages are made: the host's layout around the module's views. */
export abstract class PageRenderer {
  /** The whole page. `view` is a path below `templates/`, without its ending. */
  abstract render(
    request: HostRequest,
    view: string,
    model: Readonly<Record<string, unknown>>,
  ): Promise<string>;

  /** The host's own parts of the Security page. */
  abstract sections(request: HostRequest): Promise<readonly Section[]>;
}
