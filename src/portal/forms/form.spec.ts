import { IsString } from 'class-validator';
import { PortalProblem, type ProblemPage } from '../problems/problem.js';
import { readForm } from './form.js';

class NoteForm {
  @IsString({ message: 'note.text' })
  readonly text: string;
}

const page = () => ({ view: 'note' }) as unknown as ProblemPage;
const read = (body: unknown) => readForm(NoteForm, body, page);

describe('a form of the portal', () => {
  it('has the fields that were sent, unconverted', () => {
    const form = read({ text: ' 07 ' });
    expect(form).toBeInstanceOf(NoteForm);
    expect(Object.entries(form)).toEqual([['text', ' 07 ']]);
  });

  it('refuses a field that it does not have', () => {
    expect(() => read({ text: 'x', admin: 'x' })).toThrow(PortalProblem);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is not changed by a field %s',
    (name) => {
      const form = read(JSON.parse(`{"text":"x","${name}":{"text":"y"}}`));
      expect(form).toBeInstanceOf(NoteForm);
      expect(Object.entries(form)).toEqual([['text', 'x']]);
      expect({}).not.toHaveProperty('text');
    },
  );

  it.each([undefined, null, 'text=x', 7, ['x'], [{ text: 'x' }]])('is empty where the body is %j', (body) => {
    expect(() => read(body)).toThrow(PortalProblem);
  });
});
