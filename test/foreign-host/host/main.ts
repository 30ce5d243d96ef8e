import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MemoryStore } from 'express-session';
import { withSessions } from './configure.js';
import { OpenApp } from './open.app.js';

/** This host as a process of its own. */
const app = await NestFactory.create<NestExpressApplication>(OpenApp);
withSessions(app, new MemoryStore());
await app.listen(0, '127.0.0.1');
process.stdout.write(`ready at ${(await app.getUrl()).replace('[::1]', '127.0.0.1')}\n`);
