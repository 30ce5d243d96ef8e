import type { Browser } from 'playwright-core';
import type { Portal } from '../../support/portal/portal.js';
import { Inspection } from './inspection.js';
import type { Look } from './looks.js';
import { demoPortal } from './people.js';
import { type Scene, sceneOf } from './scene.js';
import type { BrowserUser } from './browser-user.js';
import type { Shown, Walker } from './walk.js';

/** What is special about a tour: of the portal's environment, the screens, and what pictures are called. */
export interface TourChoices {
  readonly env?: Readonly<Record<string, string>>;
  readonly looks?: readonly Look[];
  readonly picture?: (page: string) => string | null;
}

/** Walks through a portal with demo data, whose pages are looked at wherever a walk leads. */
export class Tour {
  inspection: Inspection;

  constructor(private readonly scene: Scene) {}

  get site(): Portal {
    return this.scene.site;
  }

  get user(): BrowserUser {
    return this.scene.user;
  }

  /** This story's surfer, as this person. */
  walker(person: Walker['person']): Walker {
    return { user: this.user, person };
  }

  /** What this story's walks tell of their pages to. */
  get shown(): Shown {
    return this.inspection.of(this.user);
  }

  /** What was wrong in this story, one line a fault. */
  get faults(): readonly string[] {
    return this.inspection.faults;
  }

  /** Those of these views that no story has shown so far. */
  unseen(views: readonly string[]): string[] {
    return views.filter((view) => !this.inspection.views.has(view));
  }
}

/** Sets the scene for walks; the stories of a `describe` take them. */
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
