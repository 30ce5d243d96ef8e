import { fillForm } from './fill-form.js';

const page = (controls: string) =>
  `<form method="get" action="/other"><input name="a" value=""></form><form class="x" method="post" action="/here">${controls}</form>`;
const filled = (controls: string, fields: Record<string, string>) =>
  fillForm(page(controls), { action: '/here', fields }, '<p>note</p>');

describe('a form that is filled in again', () => {
  it.each([
    [
      '<input name="a" type="text" value="old" required>',
      '<input name="a" type="text" required value="new">',
    ],
    ['<input name="a">', '<input name="a" value="new">'],
    ['<textarea name="a" rows="6">\nold</textarea>', '<textarea name="a" rows="6">\nnew</textarea>'],
    [
      '<select name="a"><option value="old" selected>x</option><option value="new">y</option></select>',
      '<select name="a"><option value="old">x</option><option value="new" selected>y</option></select>',
    ],
    ['<input type="checkbox" name="a" value="new">', '<input type="checkbox" name="a" value="new" checked>'],
    ['<input type="checkbox" name="a" value="x">', '<input type="checkbox" name="a" value="x">'],
  ])('has the typed value: %s', (control, result) => {
    expect(filled(control, { a: 'new' })).toBe(page(`<p>note</p>${result}`));
  });

  it.each([
    '<input type="hidden" name="a" value="old">',
    '<input type="password" name="a">',
    '<input name="b" data-name="a" value="old">',
    '<button name="a" value="old">go</button>',
  ])('keeps its own value: %s', (control) => {
    expect(filled(control, { a: 'new' })).toBe(page(`<p>note</p>${control}`));
  });

  it('contains no markup of the text, and no pattern of it', () => {
    const text = `"><script>alert(1)</script></textarea>$&$1`;
    const all = filled('<input name="a"><textarea name="a"></textarea>', { a: text });
    expect(all.match(/<script|<\/textarea>/g)).toEqual(['</textarea>']);
    expect(all.split('$&amp;$1')).toHaveLength(3);
  });

  it('is no other form, and takes no name from the prototype', () => {
    const given = page('<input name="constructor" value="old">');
    expect(fillForm(given, { action: '/elsewhere', fields: {} }, 'note')).toBe(given);
    expect(fillForm(given, { action: '/here', fields: {} }, '')).toBe(given);
  });
});
