import type { Browser } from 'playwright-core';
import type { Portal } from '../../support/portal/portal.js';
import { Inspection } from './inspection.js';
import type { Look } from './looks.js';
import { demoPortal } from './people.js';
import { type Scene, sceneOf } from './scene.js';
import type { BrowserUser } from './browser-user.js';
import type { Shown, Walker } from './walks/walk.js';

/** The options of a tour: the portal's environment, the screens, and the names of screenshots. */
export interface TourChoices {
  readonly env?: Readonly<Record<string, string>>;
  readonly looks?: readonly Look[];
  readonly picture?: (page: string) => string | null;
}

/** Walks through a portal with demo data, and checks each page. */
export class Tour {
  inspection: Inspection;

  constructor(private readonly scene: Scene) {}

  get site(): Portal {
    return this.scene.site;
  }

  get user(): BrowserUser {
    return this.scene.user;
  }

  /** This story's browser, with this person. */
  walker(person: Walker['person']): Walker {
    return { user: this.user, person };
  }

  /** The function that this story's walks call for each page. */
  get shown(): Shown {
    return this.inspection.of(this.user);
  }

  /** The faults in this story, one line each. */
  get faults(): readonly string[] {
    return this.inspection.faults;
  }

  /** Returns the views that no story has shown so far. */
  unseen(views: readonly string[]): string[] {
    return views.filter((view) => !this.inspection.views.has(view));
  }
}

/** Prepares a tour for the stories of a `describe`. */
export function tourOf(browser: () => Browser, { env, looks, picture }: TourChoices = {}): Tour {
  const tour = new Tour(sceneOf(browser, () => demoPortal(env)));
  beforeAll(() => {
    tour.inspection = new Inspection(tour.site, looks, picture);
  });
  beforeEach(() => {
    tour.inspection.faults.length = 0;
  });
  return tour;
}
