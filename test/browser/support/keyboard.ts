import type { BrowserUser } from './browser-user.js';

/** Somebody's keyboard: the only thing there is, besides the screen. */
export class Keyboard {
  constructor(private readonly user: BrowserUser) {}

  types(text: string): Promise<void> {
    return this.user.page.keyboard.type(text);
  }

  presses(key: string): Promise<void> {
    return this.user.page.keyboard.press(key);
  }

  /** Sends what was typed, or follows what has the attention, by Enter, and waits for the next page. */
  async enters(): Promise<void> {
    await Promise.all([this.user.page.waitForEvent('load'), this.presses('Enter')]);
  }

  /** Goes on from field to link to button until one with these words has the attention. */
  async tabsTo(words: string): Promise<void> {
    for (let steps = 0; steps < 40; steps += 1) {
      await this.presses('Tab');
      if ((await this.user.attended()) === words) return;
    }
    throw new Error(`Nobody gets to “${words}” with the Tab key.`);
  }

  /** Goes to the link or button with these words, and presses it. */
  async follows(words: string): Promise<void> {
    await this.tabsTo(words);
    await this.enters();
  }
}
