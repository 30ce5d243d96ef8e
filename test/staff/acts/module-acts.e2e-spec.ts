import {
  Controller,
  Get,
  HttpCode,
  Injectable,
  Module,
  type OnModuleInit,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { Request, Response } from 'express';
import { Staff } from '../../../src/auth/common/access.decorators.js';
import type { PortalModule } from '../../../src/portal/modules/portal-module.js';
import { PortalProblem } from '../../../src/portal/problems/problem.js';
import { StaffActDesk } from '../../../src/staff/acts/act-desk.js';
import type { ActDone, ActOrder } from '../../../src/staff/acts/act-order.js';
import { StaffActRegistry } from '../../../src/staff/acts/act-registry.js';
import { ActForm } from '../../../src/staff/acts/act.form.js';
import { ApprovalRow } from '../../../src/staff/acts/approvals/approval.entity.js';
import { ClientAct } from '../../../src/staff/acts/client-act.decorator.js';
import type { ModuleAct } from '../../../src/staff/acts/staff-act.js';
import { twoFactor } from '../../../src/two-factor/two-factor.portal-module.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { acts, agent } from '../../support/people/agent.js';
import type { Owner } from '../../support/people/owner.js';
import type { JsonAnswer } from '../../support/people/visitor.js';
import { type Portal, portal } from '../../support/portal/portal.js';
import { stubModule } from '../../support/portal/stub-module.js';

class ParcelForm extends ActForm {
  @IsIn(['small', 'large'], { message: 'problem.todo.INVALID_INPUT' })
  size: string;
}

/** What the module was asked to do, and how it answers next. */
let calls: ActOrder[] = [];
let answers: (() => ActDone | null)[] = [];

/** An act of a module, which two agents must agree on where the parcel is large. */
@Injectable()
class ParcelAct implements ModuleAct, OnModuleInit {
  readonly name = 'parcel.send';
  readonly path = 'parcel';
  readonly role = 'admin';
  readonly limited = true;
  readonly form = ParcelForm;

  constructor(private readonly registry: StaffActRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  buttons() {
    return [{ label: 'staff.send', hint: 'staff.send', value: { name: 'size', value: 'small' } }];
  }

  secondAgent({ parameters }: ActOrder): Promise<string | null> {
    return Promise.resolve(parameters['size'] === 'large' ? 'staff.send' : null);
  }

  async call(order: ActOrder): Promise<ActDone | null> {
    calls.push(order);
    return (answers.shift() ?? (() => ({ json: { parcel: calls.length } })))();
  }
}

@Controller('staff/clients/:id/parcel')
@Staff()
class ParcelController {
  constructor(
    private readonly desk: StaffActDesk,
    private readonly act: ParcelAct,
  ) {}

  @Get()
  form(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.act);
  }

  @Post()
  @HttpCode(200)
  @ClientAct({ act: 'parcel.send', title: 'staff-acts.title.suspend' })
  take(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.act);
  }
}

@Module({ controllers: [ParcelController], providers: [ParcelAct] })
class ParcelRoom {}

const parcels: PortalModule = {
  ...stubModule('parcels'),
  nest: ParcelRoom,
  accessLevel: () => undefined,
  gate: undefined,
  stepUp: undefined,
};

const reason = 'It was asked for.';

forEachDatabase('an act of a module on', (database) => {
  let house: Portal;
  let [mia, eve]: Owner[] = [];
  beforeAll(async () => {
    house = await portal({ database, modules: [twoFactor, parcels], env: { STAFF_ACTS_PER_DAY: '3' } });
    mia = await agent(house, 'Mia', 'admin');
    eve = await agent(house, 'Eve', 'admin');
  });
  beforeEach(() => {
    [calls, answers] = [[], []];
  });
  afterAll(() => house.close());

  const sends = async (who: Owner, size: string, id?: string) =>
    acts(house, who, `/staff/clients/${id ?? (await house.account('Ann')).id}/parcel`, { reason, size });
  const told = ({ status, body }: JsonAnswer) => [status, body['code'] ?? body['status'], body['reason']];
  const idOf = ({ body }: JsonAnswer) => (body['approval'] as { id: string }).id;
  const approves = (id: string) => acts(house, eve!, `/staff/approvals/${id}/approve`, {});

  it('is done at once where one agent is enough, with its fields', async () => {
    const done = await sends(mia!, 'small');
    expect([done.status, done.body]).toEqual([200, { status: 'done', act: 'parcel.send', parcel: 1 }]);
    expect(calls).toEqual([
      expect.objectContaining({ reason, parameters: { size: 'small' }, approver: null, ticket: null }),
    ]);
    expect(told(await sends(mia!, 'huge'))).toEqual([400, 'INVALID_INPUT', undefined]);
  });

  it('is refused to whom its permission is missing', async () => {
    const sam = await agent(house, 'Sam');
    expect(told(await sends(sam, 'small'))).toEqual([403, 'FORBIDDEN', 'role']);
    expect(calls).toEqual([]);
  });

  it('waits where its policy wants two, and is done in the name of both', async () => {
    const asked = await sends(eve!, 'large');
    expect(told(asked)).toEqual([202, 'approval-requested', undefined]);
    expect(calls).toEqual([]);
    const done = await acts(house, mia!, `/staff/approvals/${idOf(asked)}/approve`, {});
    expect([done.status, done.body]).toEqual([200, { status: 'done', act: 'parcel.send', parcel: 1 }]);
    const [{ agent: asker, approver, parameters } = {} as ActOrder] = calls;
    expect([asker.id, approver?.id, parameters]).toEqual([eve!.person.id, mia!.person.id, { size: 'large' }]);
  });

  it('that failed can be approved again by the same agent', async () => {
    const id = idOf(await sends(mia!, 'large'));
    answers = [
      () => {
        throw new PortalProblem('UNAVAILABLE', 'Not now.');
      },
    ];
    expect((await approves(id)).status).toBe(503);
    const { body } = await eve!.visitor.asks('GET', `/staff/approvals/${id}`);
    expect(body['approval']).toMatchObject({ state: 'approved' });
    expect(told(await approves(id))).toEqual([200, 'done', undefined]);
    expect(told(await approves(id))).toEqual([409, 'CONFLICT', 'decided']);
    expect(calls).toHaveLength(2);
  });

  it('whose process was killed is not done twice', async () => {
    const id = idOf(await sends(mia!, 'large'));
    expect(told(await approves(id))).toEqual([200, 'done', undefined]);
    // as the process leaves it that is killed between the act and its result
    const left = { state: 'approved', claimedUntil: house.clock.now() + 60_000 } as const;
    await house.database.manager.update(ApprovalRow, { id }, left);
    expect(told(await approves(id))).toEqual([409, 'CONFLICT', 'decided']);
    house.clock.advance(61_000);
    answers = [() => null];
    expect(told(await approves(id))).toEqual([200, 'done', undefined]);
  });

  it('with nothing to do changes nothing, and is not counted', async () => {
    const kim = await agent(house, 'Kim', 'admin');
    answers = [() => null];
    expect(told(await sends(kim, 'small'))).toEqual([409, 'CONFLICT', 'nothing-to-do']);
    for (let count = 0; count < 3; count++) expect((await sends(kim, 'small')).status).toBe(200);
    const over = await sends(kim, 'small');
    expect([...told(over), over.headers.get('retry-after')]).toEqual([
      ...[429, 'TOO_MANY_ATTEMPTS', undefined],
      expect.stringMatching(/^8\d{4}$/),
    ]);
    house.clock.advance(24 * 3_600_000);
    const lea = await agent(house, 'Lea', 'admin');
    expect((await sends(lea, 'small')).status).toBe(200);
  });
});
