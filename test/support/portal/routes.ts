import type { Portal } from './portal.js';

/** A route as the application has it, its parameters still named: `GET /services/:id`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** All routes there are, asked of the application itself: a list by hand forgets the newest. */
export function routesOf({ app }: Pick<Portal, 'app'>): Route[] {
  const express = app.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } };
  const found = express.router.stack.flatMap(({ route }) =>
    route
      ? Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path: route.path }))
      : [],
  );
  if (found.length < 40) throw new Error(`Only ${found.length} routes were found.`);
  return found;
}

/** The route's address with this text in place of each parameter. */
export function addressOf({ path }: Route, parameter: string): string {
  return path.replace(/\{?\/?[:*]\w+\}?/g, (name) => `${name.includes('/') ? '/' : ''}${parameter}`);
}
