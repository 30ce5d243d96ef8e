import { SetMetadata } from '@nestjs/common';

/** Metadata key of the routes that stay open while an agent acts as a client. */
export const openToAgentsKey = 'portal:open-to-agents';

/**
 * Leaves a route open while an agent acts as a client. Every other route is shut then. It has no effect on a route with `@Fresh`: dangerous acts
 * are for the owner alone.
 */
export const OpenToAgents = (): MethodDecorator & ClassDecorator => SetMetadata(openToAgentsKey, true);
