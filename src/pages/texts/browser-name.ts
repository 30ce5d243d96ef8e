import Bowser from 'bowser';

const browsers = new Set<string | undefined>(Object.values(Bowser.BROWSER_MAP));
const systems = new Set<string | undefined>(Object.values(Bowser.OS_MAP));

/**
 * A browser's name as its owner knows it, e.g. "Firefox, Linux"; null when the agent is unknown. For an unknown agent Bowser
 * uses words of the agent as the name. Only known names are returned, because a stranger could otherwise write text into a mail
 * (CWE-74).
 */
export function browserName(agent: string | null | undefined): string | null {
  if (!agent) return null;
  const { browser, os } = Bowser.parse(agent);
  const known = [browsers.has(browser.name) && browser.name, systems.has(os.name) && os.name];
  return known.filter(Boolean).join(', ') || null;
}
