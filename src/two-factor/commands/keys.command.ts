import { type KeyReport, TwoFactor } from 'nestjs-two-factor';
import {
  CommandError,
  type CommandAnswer,
  type OperatorCommand,
} from '../../portal/modules/operator-command.js';
import { operator } from '../../portal/modules/operator.js';

/** Prints the state of the keys, without key material; or seals everything again with the first key. */
export const keysCommand: OperatorCommand = {
  name: 'two-factor:keys',
  summary: 'show how many values each key encrypted; with rotate: encrypt all values under the first key',
  arguments: '[rotate]',
  async run(place, { arguments: [deed] }): Promise<CommandAnswer> {
    if (deed !== undefined && deed !== 'rotate')
      throw new CommandError(`The only action for keys is "rotate", not ${JSON.stringify(deed)}.`);
    const twoFactor = await place.get(TwoFactor);
    if (deed === undefined) return answer(await twoFactor.keys());
    const { key, resealed, left } = await twoFactor.reseal(operator(), tellProgress);
    const report = answer(await twoFactor.keys());
    const failed = left > 0 ? ` ${left} could NOT be decrypted.` : '';
    const text = `This run encrypted ${resealed} values with the key "${key}".${failed}\n${report.text}`;
    return { text, json: { ...report.json, resealed, left }, failed: report.failed || left > 0 };
  },
};

/** Uses standard error, because standard output belongs to the result. */
function tellProgress(resealed: number): void {
  process.stderr.write(`Encrypted so far: ${resealed}\n`);
}

function answer({ keys, missing, unreadable }: KeyReport): CommandAnswer {
  const lines = [
    ...keys.map(
      ({ id, fingerprint, sealed }, i) =>
        `Key "${id}" (fingerprint ${fingerprint})${i === 0 ? ' encrypts new values' : ''}. Values under it: ${words(sealed)}`,
    ),
    ...missing.map(
      ({ id, sealed }) => `Key "${id}" is MISSING from the key ring. Values under it: ${words(sealed)}`,
    ),
    ...(unreadable > 0 ? [`Damaged values that name no key: ${unreadable}`] : []),
  ];
  const json = { seals: keys[0]?.id, keys, missing, unreadable };
  return { text: lines.join('\n'), json, failed: missing.length > 0 || unreadable > 0 };
}

function words(sealed: KeyReport['keys'][number]['sealed']): string {
  return Object.entries(sealed)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
