import Bowser from 'bowser';

/** A browser as its owner would name it, e.g. "Firefox, Linux"; null when the agent says nothing we know. */
export function browserName(agent: string | null | undefined): string | null {
  if (!agent) return null;
  const { browser, os } = Bowser.parse(agent);
  return [browser.name, os.name].filter(Boolean).join(', ') || null;
}
