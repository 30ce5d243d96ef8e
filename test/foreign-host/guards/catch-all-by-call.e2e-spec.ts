import { OpenApp } from '../host/open.app.js';
import { CatchAll, catchAllStories } from '../support/catch-all.stories.js';

describe('a filter that catches everything, by useGlobalFilters', () =>
  catchAllStories({
    app: OpenApp,
    configure: (app) => {
      app.useGlobalFilters(new CatchAll());
    },
  }));
