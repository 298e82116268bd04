import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ImportJob } from '../api/types';
import { useT } from '../i18n';
import { canUndo, changeOf, listJobs, undo } from '../settings/jobs';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';

const POLL_MS = 1000;

/** Takes back what an import did; what somebody has touched since stays. */
export function UndoImport({ job }: { job: ImportJob }) {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { data } = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => listJobs(signal),
    refetchInterval: (query) => (query.state.data?.some((one) => one.finishedAt === undefined) ? POLL_MS : false),
  });
  const whole = data?.find((one) => one.id === job.id);
  const undoing = data?.find(
    (one) => one.change === changeOf({ kind: 'import', id: job.id }) && one.state !== 'failed',
  );
  const start = () =>
    void undo(changeOf({ kind: 'import', id: job.id })).then(
      () => client.invalidateQueries({ queryKey: ['jobs'] }),
      (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  if (undoing !== undefined) {
    return (
      <Button component={Link} to="/settings/jobs" loading={undoing.finishedAt === undefined}>
        {t('import.undone')}
      </Button>
    );
  }
  return whole !== undefined && data !== undefined && canUndo(whole, data) ? (
    <Button leftSection={<IconArrowBackUp size={16} aria-hidden="true" />} onClick={start}>
      {t('import.undo')}
    </Button>
  ) : null;
}
