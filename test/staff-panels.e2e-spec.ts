import { Injectable, Module } from '@nestjs/common';
import type { PanelView, PortalModule, StaffPanel } from '../src/portal/portal-module.js';
import { knockModule } from './support/knock-module.js';
import { portal } from './support/portal.js';

@Injectable()
class Kettle implements StaffPanel {
  readonly title = 'home.title';

  show(_request: unknown, accountId: string): Promise<PanelView> {
    return Promise.resolve({ html: `<p class="kettle">${accountId}</p>`, json: { kettle: accountId } });
  }
}

@Injectable()
class Broken implements StaffPanel {
  readonly title = 'audit.title';

  show(): Promise<PanelView> {
    return Promise.reject(new Error('the kettle is broken'));
  }
}

@Module({ providers: [Kettle, Broken], exports: [Kettle, Broken] })
class Kitchen {}

const kitchen: PortalModule = {
  ...knockModule('kitchen'),
  ...{ gate: undefined, stepUp: undefined, door: undefined, nest: Kitchen },
  staffPanels: [Broken, Kettle],
};

it('a client’s page has the panels of all modules, and one that breaks does not take the page with it', async () => {
  const house = await portal({ modules: [kitchen] });
  try {
    const ann = await house.account('Ann');
    const sam = house.visitor();
    await sam.signsIn(await house.account('Sam', 'support'));
    const page = await sam.goes(`/staff/clients/${ann.id}`);
    expect([page.status, page.all('.kettle')]).toEqual([200, [ann.id]]);
    expect(page.text).toContain('This part cannot be shown right now.');
    const { body } = await sam.asks('GET', `/staff/clients/${ann.id}`);
    expect(body['panels']).toEqual([
      { module: 'kitchen', failed: true },
      { module: 'kitchen', kettle: ann.id },
    ]);
  } finally {
    await house.close();
  }
});
