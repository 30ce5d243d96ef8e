/** Whether an event is for staff alone: its owner does not see it in their history. */
export function isForStaff(name: string): boolean {
  return /^(approval|note)\./.test(name);
}
