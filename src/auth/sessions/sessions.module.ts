import { Module } from '@nestjs/common';
import { GatesModule } from '../gates/gates.module.js';
import { AccountSessionsController } from './account-sessions.controller.js';
import { RecentSignIns } from './recent-sign-ins.js';
import { SessionEnding } from './session-ending.js';
import { SessionList } from './session-list.js';
import { SessionReader } from './rows/session-reader.js';
import { SessionStore } from './session.store.js';
import { SessionSweep } from './rows/session-sweep.js';
import { Sessions } from './sessions.js';

/** Sessions as rows: created, read with each request, listed and ended. */
@Module({
  imports: [GatesModule],
  controllers: [AccountSessionsController],
  providers: [Sessions, SessionReader, SessionStore, SessionList, SessionEnding, SessionSweep, RecentSignIns],
  exports: [Sessions, SessionReader, SessionStore, SessionList, SessionEnding, RecentSignIns],
})
export class SessionsModule {}
