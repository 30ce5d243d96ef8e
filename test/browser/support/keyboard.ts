import type { BrowserUser } from './browser-user.js';

/** A person's keyboard, the only input device. */
export class Keyboard {
  constructor(private readonly user: BrowserUser) {}

  types(text: string): Promise<void> {
    return this.user.page.keyboard.type(text);
  }

  presses(key: string): Promise<void> {
    return this.user.page.keyboard.press(key);
  }

  /** Presses Enter to send a form or follow a link, and waits for the next page. */
  async enters(): Promise<void> {
    await Promise.all([this.user.page.waitForEvent('load'), this.presses('Enter')]);
  }

  /** Presses Tab until an element with these words has the focus. */
  async tabsTo(words: string): Promise<void> {
    for (let steps = 0; steps < 40; steps += 1) {
      await this.presses('Tab');
      if ((await this.user.attended()) === words) return;
    }
    throw new Error(`Nobody gets to “${words}” with the Tab key.`);
  }

  /** Moves to the link or button with these words, and presses it. */
  async follows(words: string): Promise<void> {
    await this.tabsTo(words);
    await this.enters();
  }
}
