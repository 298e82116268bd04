/** By what way an act came: an automation's is the automation's, whatever ran it. */
export function wayOf(act: { origin: string; cause?: string | null }): string {
  return act.cause?.startsWith('automation:') === true ? 'automation' : act.origin.toLowerCase();
}
