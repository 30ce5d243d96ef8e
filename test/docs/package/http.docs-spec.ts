import 'reflect-metadata';
import { RequestMethod, type ExecutionContext, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import { getMetadataStorage } from 'class-validator';
import { AccountDirectory, LoginSession, accessOf, problemCodes, TwoFactorModule } from 'nestjs-two-factor';
import { DocPage } from '../support/doc-page.js';

const page = new DocPage('modules/two-factor/docs/http.md');
const rows = page.table('Routes');

abstract class NoAccounts extends AccountDirectory {}

abstract class NoSession extends LoginSession {}

/** A route as the page must have it: method, address, accessLevel, step-up, query, fields. */
type Route = readonly string[];

function routes(): Route[] {
  const accounts = NoAccounts as unknown as Type<AccountDirectory>;
  const session = NoSession as unknown as Type<LoginSession>;
  const { controllers = [] } = TwoFactorModule.forRoot({
    accounts,
    session,
    issuer: 'Docs',
    keys: 'never:read',
  });
  return controllers.flatMap((controller) =>
    new MetadataScanner()
      .getAllMethodNames(controller.prototype as object)
      .filter((name) => of('path', handler(controller, name)) !== undefined)
      .map((name) => route(controller, name)),
  );
}

function route(controller: Type, name: string): Route {
  const act = handler(controller, name);
  const method = RequestMethod[of('method', act) as RequestMethod];
  const address = [of('path', controller), of('path', act)].filter((part) => part !== '/').join('/');
  return [
    method,
    `/${address}`,
    accessLevel(controller),
    stepUp(controller, act),
    ...given(controller, name),
  ];
}

function accessLevel(controller: Type): string {
  return accessOf({ getClass: () => controller } as unknown as ExecutionContext) ?? 'none';
}

function stepUp(controller: Type, act: object): string {
  const guards = of('__guards__', controller) as Type[];
  if (!guards.some((guard) => guard.name === 'FreshGuard')) return 'no';
  const named = of('nestjs-two-factor:act', act);
  if (named === 'none') return 'no';
  return named === 'set-up' ? 'to set up' : 'yes';
}

/** Names in the query, and the fields of the form. */
function given(controller: Type, name: string): [string, string] {
  const kept = (Reflect.getMetadata('__routeArguments__', controller, name) ?? {}) as Record<
    string,
    { data?: unknown }
  >;
  const sorted = Object.entries(kept).reverse();
  const query = sorted.filter(([key]) => key.startsWith('4:')).map(([, { data }]) => String(data));
  const forms = sorted.filter(([key]) => key.includes('custom')).flatMap(([, { data }]) => fields(data));
  return [inWords(query), inWords(forms)];
}

function fields(form: unknown): string[] {
  if (typeof form !== 'function') return [];
  const found = getMetadataStorage().getTargetValidationMetadatas(form, '', false, false);
  return found.map(({ propertyName }) => propertyName);
}

function inWords(names: string[]): string {
  return [...new Set(names)].sort().join(', ');
}

function handler(controller: Type, name: string): object {
  return (controller.prototype as Record<string, object>)[name]!;
}

function of(key: string, target: object): unknown {
  return Reflect.getMetadata(key, target);
}

describe('http.md', () => {
  const sentence = (route: readonly string[]) => route.join(' | ');

  test('no route is missing or made up, and none has another accessLevel, step-up or field', () => {
    const listed = rows.map((row) => row.slice(0, 6).map((cell) => cell.replaceAll('`', '')));
    expect(listed.map(sentence).sort()).toEqual(routes().map(sentence).sort());
  });

  test('no route answers with a status that the catalogue does not know', () => {
    const known = [200, 303, ...Object.values(problemCodes)];
    const listed = rows.flatMap(([, , , , , , statuses = '']) => statuses.split(', ').map(Number));
    expect(listed.filter((status) => !known.includes(status))).toEqual([]);
  });

  test('no route is said to be open, and no unsafe route to take what another site sends', () => {
    const lacking = rows.filter(([method, , accessLevel, stepUp, , , statuses = '']) => {
      const needed = [
        ...(accessLevel === 'public' ? [] : ['401']),
        ...(method === 'POST' ? ['400', '403'] : []),
        ...(stepUp === 'no' ? [] : ['403']),
      ];
      return needed.some((status) => !statuses.split(', ').includes(status));
    });
    expect(lacking).toEqual([]);
  });

  test('no route is left without its answers', () => {
    const named = page.table('Answers').map(([route]) => route);
    expect(named.sort()).toEqual(rows.map(([method, address]) => `${method} ${address}`).sort());
  });
});
