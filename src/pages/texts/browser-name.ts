import Bowser from 'bowser';

const browsers = new Set<string | undefined>(Object.values(Bowser.BROWSER_MAP));
const systems = new Set<string | undefined>(Object.values(Bowser.OS_MAP));

/**
 * A browser as its owner would name it, e.g. "Firefox, Linux"; null when the agent says nothing we know. Of what it does
 * not know Bowser takes words of the agent itself for the name: whoever asks for a mail would write into it (CWE-74).
 */
export function browserName(agent: string | null | undefined): string | null {
  if (!agent) return null;
  const { browser, os } = Bowser.parse(agent);
  const known = [browsers.has(browser.name) && browser.name, systems.has(os.name) && os.name];
  return known.filter(Boolean).join(', ') || null;
}
