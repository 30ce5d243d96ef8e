import { anEvent } from './contract/samples.js';
import { RecordingSink } from './recording-sink.js';

describe('a recording sink', () => {
  const [one, two] = [anEvent('7').event, anEvent('7').event];

  it('stores every event once, in the order of arrival', async () => {
    const sink = new RecordingSink();
    for (const event of [one, two, one]) await sink.store(event);
    expect(sink.events).toEqual([one, two]);
  });

  it('refuses as often as it was told, and stores no refused event', async () => {
    const sink = new RecordingSink();
    sink.refuse(2);
    await expect(sink.store(one)).rejects.toThrow('told to refuse');
    await expect(sink.store(one)).rejects.toThrow('told to refuse');
    expect(sink.events).toEqual([]);
    await sink.store(one);
    expect(sink.events).toEqual([one]);
  });
});
