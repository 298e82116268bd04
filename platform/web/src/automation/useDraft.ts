import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../api/session';
import { draftKey, dropDraft, loadDraft, saveDraft } from '../form/draft';
import type { Automation } from './automations';
import { type Draft, draftFrom, draftText } from './draft';

/** A draft of a version that is no more would undo what somebody else has written. */
function useKey(automation: Automation | undefined): string {
  const { me } = useSession();
  const version = automation && `${automation.id}.${automation.version}`;
  return draftKey(me.tenant.id, me.user.id, 'automation', version);
}

/** Has the form of a new automation begin with the draft. */
export function useKeepNew(): (draft: Draft) => void {
  const key = useKey(undefined);
  return (draft) => void saveDraft(key, {}, { draft: draftText(draft) });
}

export interface Drafting {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
  /** Whether something is not saved yet; it waits in the browser meanwhile. */
  drafted: boolean;
  restored: boolean;
  reset: () => void;
  /** What was written has been saved. */
  done: () => void;
}

/** What is being written survives a failed save, a page that was left and a reload. */
export function useDraft(automation: Automation | undefined, start: Draft): Drafting {
  const key = useKey(automation);
  const [kept] = useState(() => draftFrom(loadDraft(key)?.draft));
  const [draft, setDraft] = useState(kept ?? start);
  const [drafted, setDrafted] = useState(kept !== undefined);
  const saved = useRef(false);
  useEffect(() => {
    if (!saved.current) {
      setDrafted(saveDraft(key, { draft: draftText(start) }, { draft: draftText(draft) }));
    }
  }, [key, start, draft]);
  const set = useCallback((changes: Partial<Draft>) => {
    saved.current = false;
    setDraft((before) => ({ ...before, ...changes }));
  }, []);
  const done = () => {
    saved.current = true;
    dropDraft(key);
    setDrafted(false);
  };
  const reset = () => {
    dropDraft(key);
    setDraft(start);
  };
  return { draft, set, drafted, restored: kept !== undefined, reset, done };
}
