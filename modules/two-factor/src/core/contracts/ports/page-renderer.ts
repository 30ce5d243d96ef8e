import type { HostRequest } from './login-session.js';

/** A section of the Security page that the host adds: already rendered and escaped. */
export interface Section {
  readonly title: string;
  readonly html: string;
}

/** Renders pages: the host's layout around the module's views. */
export abstract class PageRenderer {
  /** Returns the whole page. `view` is a path below `templates/`, without the file extension. */
  abstract render(
    request: HostRequest,
    view: string,
    model: Readonly<Record<string, unknown>>,
  ): Promise<string>;

  /** Returns the host's own sections of the Security page. */
  abstract sections(request: HostRequest): Promise<readonly Section[]>;
}
