import { randomUUID } from 'node:crypto';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';
import { describeService } from '../../support/databases/services.js';
import { sessionStoreStories } from '../support/session-store.rules.js';

describeService('in connect-redis', 'TEST_REDIS_URL', (url) => {
  sessionStoreStories(async () => {
    const client = await createClient({ url }).connect();
    const prefix = `client-area-test:${randomUUID()}:`;
    const close = async () => {
      for await (const keys of client.scanIterator({ MATCH: `${prefix}*` }))
        if (keys.length > 0) await client.del(keys);
      client.destroy();
    };
    return { store: new RedisStore({ client, prefix }), close };
  });
});
