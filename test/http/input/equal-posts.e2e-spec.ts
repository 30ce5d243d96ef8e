import { setTimeout as pause } from 'node:timers/promises';
import { forEachDatabase } from '../../support/databases/databases.js';
import { postedForms, type PostedForm } from '../../support/input/posted-forms.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const env = { MAILED_CODES: 'on', REQUIRE_TWO_FACTOR: 'staff' };
const gaps = [20, 120, 220] as const;

forEachDatabase('two equal posts on', (database) => {
  let site: Portal;
  let other: Portal;
  beforeAll(async () => {
    site = await portal({ database, env });
    other = await portal({ database, env, besides: site });
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  /** Posts the form twice; the second post has the cookies of before the first. Both see the result, and no refusal. */
  async function twice(form: PostedForm, gap: number, node = site): Promise<void> {
    const { visitor, action, fields, mailTo } = await form.fill(site);
    const [second, mails] = [visitor.twin(node.url), await mailsTo(mailTo)];
    const first = visitor.submits(fields, action);
    await pause(gap);
    const [one, two] = await Promise.all([first, second.submits(fields, action)]);
    expect([one.status, one.address]).toEqual([200, expect.stringMatching(form.page)]);
    expect([two.status, two.address, two.title]).toEqual([200, one.address, one.title]);
    expect(two.all('[role=alert]')).toEqual([]);
    const typed = fields['body'] ?? fields['note'];
    if (typed) expect(two.text.split(typed)).toHaveLength(2);
    if (mailTo) expect(await mailsTo(mailTo)).toBe(mails + 1);
  }

  async function mailsTo(address = ''): Promise<number> {
    if (address === '') return 0;
    await site.settled();
    return (await site.inbox.of(address)).length;
  }

  describe.each(postedForms)('$name: $result', (form) => {
    const gap = gaps[postedForms.indexOf(form) % gaps.length] ?? 20;
    if (database === 'sqlite') it.each(gaps)('%i ms apart', (each) => twice(form, each));
    // The busiest form is remembered by one node.
    else it('on two nodes', () => twice(form, gap, form.page.source === '^\\/invoices$' ? site : other));
  });
});
