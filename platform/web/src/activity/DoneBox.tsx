import { Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { recordName } from '../api/records';
import type { RecordData } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';

/** Ticks an activity off, or takes that back, at once; either can be undone. */
export function DoneBox({ activity, record }: { activity: Entity; record: RecordData }) {
  const t = useT();
  const actions = useRecordActions(activity);
  const problemText = useProblemText();
  const stored = record.done === true;
  const [done, setDone] = useState(stored);
  useEffect(() => setDone(stored), [stored]);
  const name = recordName(activity, record);
  const failed = (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' });
  const toggle = async () => {
    setDone(!done);
    try {
      const saved = await actions.patch(record.id, { done: !done }, record['@odata.etag']);
      toasts.show({
        text: t(done ? 'activity.openNamed' : 'activity.doneNamed', { name }),
        undo: () => void actions.patch(record.id, { done }, saved['@odata.etag']).catch(failed),
      });
    } catch (error) {
      setDone(done);
      failed(error);
    }
  };
  return <Checkbox checked={done} aria-label={t('activity.tick', { name })} onChange={() => void toggle()} />;
}
