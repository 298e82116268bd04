import { Alert, Button, Group, Modal, Progress, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client';
import type { Entity } from '../api/model';
import { searchExpression, setUrl } from '../api/odata';
import { useFormat, useLabel } from '../api/session';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import type { Job } from './bulk';
import type { ListState } from './listState';

const POLL_MS = 600;
const JOBS = '/api/v1/jobs';

type Form = 'shown' | 'raw';

interface ExportJob extends Job {
  file?: string;
}

/** The list as it stands, as the query part of an address. */
function queryOf(entity: Entity, { filter, search, orderby, columns }: ListState): string {
  const select = columns.map((field) => field.property);
  const url = setUrl(entity.setName, { filter, search: searchExpression(search), orderby, select });
  return url.slice(url.indexOf('?') + 1);
}

/** Has the server write what the list shows into a file, and hands it out. */
export default function ExportDialog(props: { entity: Entity; state: ListState; onClose: () => void }) {
  const { entity, state, onClose } = props;
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const problemText = useProblemText();
  const [form, setForm] = useState<Form>('shown');
  const [id, setId] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const { data: job } = useQuery({
    queryKey: ['jobs', id, 'export'],
    queryFn: ({ signal }) => call<ExportJob>(`${JOBS}/${id}`, { signal }),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data?.finishedAt === undefined ? POLL_MS : false),
  });
  const start = async () => {
    setProblem(undefined);
    try {
      const body = { kind: 'export', set: entity.setName, query: queryOf(entity, state), form };
      setId((await call<ExportJob>(JOBS, { method: 'POST', body })).id);
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const ended = job?.finishedAt !== undefined;
  const leave = () => {
    if (id !== undefined && !ended) {
      void call(`${JOBS}/${id}/cancel`, { method: 'POST', body: {} }).catch(() => undefined);
    }
    onClose();
  };
  const done = job?.processed ?? 0;
  const total = Math.max(done, job?.total ?? done);
  return (
    <Modal
      opened
      onClose={leave}
      title={t('export.title', { name: label(entity.meta.pluralLabel, entity.setName) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        {id === undefined ? (
          <Radio.Group label={t('export.form')} value={form} onChange={(value) => setForm(value as Form)}>
            <Stack gap="xs" mt="xs">
              <Radio value="shown" label={t('export.shown')} description={t('export.shownHint')} />
              <Radio value="raw" label={t('export.raw')} description={t('export.rawHint')} />
            </Stack>
          </Radio.Group>
        ) : (
          <div role="status">
            {ended && job.file !== undefined ? (
              <Text size="sm">{t('export.ready')}</Text>
            ) : ended ? null : (
              <>
                <Progress
                  value={total === 0 ? 0 : (100 * done) / total}
                  aria-label={t('export.title', { name: label(entity.meta.pluralLabel, entity.setName) })}
                />
                <Text size="sm" mt="xs">
                  {t('export.running', { done: format.integer(done), total: format.integer(total) })}
                </Text>
              </>
            )}
          </div>
        )}
        {(problem !== undefined || (ended && job.file === undefined)) && (
          <Alert color="bad" role="alert">
            {problem ?? t('export.failed')}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button onClick={leave}>{t(ended ? 'action.close' : 'action.cancel')}</Button>
          {id === undefined && (
            <Button variant="filled" onClick={() => void start()}>
              {t('export.start')}
            </Button>
          )}
          {ended && job.file !== undefined && (
            <Button variant="filled" component="a" href={job.file} download data-autofocus>
              {t('export.download')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
