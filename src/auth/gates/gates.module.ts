import { Module } from '@nestjs/common';
import { GateAdmin } from './gate-admin.js';
import { GateFlags } from './gate-flags.js';
import { GateNotification } from './gate-notification.js';

/** Protection flags of the gates. */
@Module({ providers: [GateFlags, GateAdmin, GateNotification], exports: [GateFlags] })
export class GatesModule {}
