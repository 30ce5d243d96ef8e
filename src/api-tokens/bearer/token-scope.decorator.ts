import { SetMetadata } from '@nestjs/common';
import type { TokenScopeName } from './scopes.js';

/** Metadata key of the scope that opens a route to tokens: a `RequiredScope`. */
export const tokenScopeKey = 'portal:token-scope';

/** `any`: every token opens the route, which shows only what belongs to this token. */
export type RequiredScope = TokenScopeName | 'any';

/**
 * Opens a route to tokens with this scope. It is read from the handler and not from its controller, so that a new route of
 * a controller is closed to tokens until it is marked.
 */
export const TokenScope = (scope: RequiredScope): MethodDecorator => SetMetadata(tokenScopeKey, scope);
