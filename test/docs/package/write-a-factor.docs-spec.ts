import { readFileSync } from 'node:fs';
import * as kit from 'nestjs-two-factor/testing';
import { DocPage } from '../support/doc-page.js';

const page = new DocPage('docs/write-a-factor.md');
const fixture = new URL('../../fixtures/hardware-token/hardware-token.ts', import.meta.url);

describe('write-a-factor.md', () => {
  test('its factor is the one that is compiled and tested, to the letter', () => {
    expect(page.text).toContain(`\`\`\`ts\n${readFileSync(fixture, 'utf8')}\`\`\``);
  });

  test('no tool of the test kit is missing or made up', () => {
    const listed = page.names('Its contract');
    expect([...listed, 'factorContract'].sort()).toEqual(Object.keys(kit).sort());
  });
});
