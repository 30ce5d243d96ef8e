import type { Page } from 'playwright-core';

/** The contrast that the border of a control must have with the colour behind it (WCAG 2.2, 1.4.11). axe does not test it. */
const wanted = 3;

/**
 * Runs in the page. Relative luminance and contrast are those of WCAG 2.2; a half-transparent colour counts as the colour behind
 * it, which is stricter.
 */
const measure = `(() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const isOpaque = (colour) => colour.length === 3 || colour[3] === 1;
  const channel = (value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length >= 3 && isOpaque(colour)) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  return [...document.querySelectorAll('main input, main select, main textarea')]
    .filter((control) => control.type !== 'hidden' && control.checkVisibility())
    .map((control) => {
      const border = rgb(getComputedStyle(control).borderTopColor);
      const background = behind(control);
      return { name: control.name, contrast: contrast(isOpaque(border) ? border : background, background) };
    });
})()`;

/** The controls of this page with an almost invisible border, one line each. */
export async function faintControls(page: Page): Promise<string[]> {
  const controls = await page.evaluate<{ name: string; contrast: number }[]>(measure);
  return controls
    .filter(({ contrast }) => contrast < wanted)
    .map(({ name, contrast }) => `the border of “${name}” has a contrast of ${contrast.toFixed(2)} to 1`);
}
