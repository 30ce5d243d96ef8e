import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { forEachDatabase } from '../../../test/support/databases/databases.js';
import { transaction, type TransactionWork } from 'typeorm-unit-of-work';
import { mailLimits } from '../transport/mail-limits.js';
import { notice } from './mail-node.fixture.js';
import { mailScene } from './mail-scene.fixture.js';

forEachDatabase('a mail, on', (kind) => {
  const scene = mailScene(kind);

  const unit = (work: TransactionWork<void>) => transaction(scene.database, work);

  it('is delivered at once, as it was written', async () => {
    const { clock, one } = scene;
    await one.mailer.send(notice('one'));
    await one.delivery.settled();
    expect(one.delivered).toEqual([
      { id: 'one', writtenAt: clock.now(), letter: expect.objectContaining({ subject: 'Hello' }) as object },
    ]);
  });

  it('that was sent is not kept in the database, and not sent again', async () => {
    const { clock, one } = scene;
    await one.mailer.send(notice('one'));
    await one.delivery.settled();
    expect(await scene.rows()).toEqual([expect.objectContaining({ state: 'sent', letter: '' })]);
    await one.mailer.send(notice('one'));
    clock.advance(mailLimits.claimMs);
    await one.sweeps();
    expect(one.delivered).toHaveLength(1);
  });

  it('is kept with the unit it belongs to, and leaves after the commit', async () => {
    const { one } = scene;
    await unit(async (manager) => {
      await one.mailer.send(notice('one'), manager);
      await one.mailer.send(notice('one'), manager);
      await one.delivery.settled();
      expect(one.delivered).toEqual([]);
    });
    await one.delivery.settled();
    expect(one.delivered).toHaveLength(1);
  });

  it('of a unit that was rolled back is never sent', async () => {
    const { one } = scene;
    const failing = unit(async (manager) => {
      await one.mailer.send(notice('one'), manager);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await one.sweeps();
    expect([one.delivered, await scene.rows()]).toEqual([[], []]);
  });

  it('whose letter cannot be written is refused, not forgotten', async () => {
    const { one } = scene;
    await expect(one.mailer.send({ ...notice('one'), view: 'mail/missing' })).rejects.toThrow('missing');
    expect(await scene.rows()).toEqual([]);
  });

  it('that is longer than a row holds is refused, not cut, and an error in the log says which', async () => {
    const { one } = scene;
    const alarm = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    await expect(one.mailer.send({ ...notice('one'), view: 'mail/endless' })).rejects.toThrow('too long');
    expect(alarm.mock.calls.flat()).toEqual([
      expect.stringMatching(/^mail one \(mail\/endless\) is refused: .* too long: \d+ characters/),
    ]);
    expect(await scene.rows()).toEqual([]);
    alarm.mockRestore();
  });

  it('with an id that is too long is one mail all the same, and no other', async () => {
    const { one } = scene;
    const long = 'x'.repeat(100);
    for (const id of [`${long}a`, `${long}a`, `${long}b`]) await one.mailer.send(notice(id));
    await one.delivery.settled();
    expect(new Set(one.delivered.map(({ id }) => id)).size).toBe(2);
    expect(one.delivered).toHaveLength(2);
  });

  it('of a killed node is delivered by one of many others, not by each', async () => {
    const killed = scene.another();
    killed.delivery.begin = () => undefined;
    await killed.mailer.send(notice('one'));
    const others = Array.from({ length: 5 }, () => scene.another());
    await Promise.all(others.map((other) => other.sweeps()));
    expect(others.flatMap(({ delivered }) => delivered)).toHaveLength(1);
  });

  it('of a node that was killed in the middle of it comes again, but not before its claim has run out', async () => {
    const { clock, one } = scene;
    one.mailServer = 'hangs';
    await one.mailer.send(notice('one'));
    const other = scene.another();
    await one.hangs();
    await other.sweeps();
    expect(other.delivered).toEqual([]);
    clock.advance(mailLimits.claimMs);
    await other.sweeps();
    expect(other.delivered).toHaveLength(1);
  });

  it('that failed late does not undo that another node has sent it', async () => {
    const { clock, one } = scene;
    one.mailServer = 'hangs';
    await one.mailer.send(notice('one'));
    const lateFailure = await one.hangs();
    clock.advance(mailLimits.claimMs);
    await scene.another().sweeps();
    lateFailure(new Error('timeout'));
    await one.delivery.settled();
    expect(await scene.rows()).toEqual([expect.objectContaining({ state: 'sent', letter: '' })]);
  });
});
