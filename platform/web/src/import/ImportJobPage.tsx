import { Button, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { cancelImport, getImport, isOpen } from '../api/imports';
import { ApiProblem } from '../api/problem';
import { useFormat, useLabel, useModel } from '../api/session';
import type { ImportJob } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { ErrorState, MissingRecord } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import classes from './import.module.css';
import { JobState } from './JobState';
import { Rejects } from './Rejects';
import { UndoImport } from './UndoImport';

const POLL_MS = 700;

function Advance({ job }: { job: ImportJob }) {
  const t = useT();
  const format = useFormat();
  const total = job.total ?? 0;
  const done = format.number(job.processed);
  const text =
    total > 0 ? t('import.progress', { done, total: format.number(total) }) : t('import.progressOpen', { done });
  const part = total > 0 ? (job.processed / total) * 100 : isOpen(job) ? 0 : 100;
  return (
    <div className={classes.advance}>
      <div className={classes.advanceText}>
        <JobState state={job.state} /> <span role="status">{text}</span>
      </div>
      <Progress value={part} size={8} aria-label={text} />
      {isOpen(job) && <span className={classes.hint}>{t('import.background')}</span>}
    </div>
  );
}

function Numbers({ job }: { job: ImportJob }) {
  const t = useT();
  const format = useFormat();
  const numbers = [
    ['created', job.created],
    ['updated', job.updated],
    ['unchanged', job.unchanged],
    ['rejected', job.rejected],
  ] as const;
  return (
    <dl className={classes.numbers}>
      {numbers.map(([kind, value]) => (
        <div key={kind} data-kind={kind} data-any={value > 0}>
          <dt>{t(`import.${kind}`)}</dt>
          <dd data-testid={`import-${kind}`}>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function problemOf(job: ImportJob): string | undefined {
  if (typeof job.problem === 'string') {
    return job.problem;
  }
  return job.problem?.detail ?? job.problem?.title;
}

function Job({ job }: { job: ImportJob }) {
  const t = useT();
  const label = useLabel();
  const client = useQueryClient();
  const problemText = useProblemText();
  const entity = useModel().entity(job.entity);
  const problem = problemOf(job);
  const finished = !isOpen(job);
  useEffect(() => {
    if (finished) {
      void client.invalidateQueries({ queryKey: ['records'] });
    }
  }, [client, finished]);
  const cancel = () =>
    void cancelImport(job.id)
      .then(() => client.invalidateQueries({ queryKey: ['imports'] }))
      .catch((error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }));
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>{job.fileName}</h1>
        <Button component={Link} to="/imports">
          {t('import.title')}
        </Button>
        {!finished && <Button onClick={cancel}>{t('import.cancel')}</Button>}
        {finished && <UndoImport job={job} />}
        {finished && entity !== undefined && (
          <Button component={Link} to={`/${entity.setName}`} variant="filled">
            {t('import.openRecords', { name: label(entity.meta.pluralLabel, entity.setName) })}
          </Button>
        )}
      </header>
      <div className={classes.job}>
        <Advance job={job} />
        {problem !== undefined && (
          <div role="alert" className={classes.problem}>
            {problem}
          </div>
        )}
        <Numbers job={job} />
        <Rejects job={job} entity={entity} />
      </div>
    </>
  );
}

export default function ImportJobPage() {
  const { id = '' } = useParams();
  const t = useT();
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => getImport(id, signal),
    refetchInterval: (query) => (query.state.data !== undefined && isOpen(query.state.data) ? POLL_MS : false),
  });
  useDocumentTitle(data?.fileName ?? t('import.title'));
  if (data !== undefined) {
    return <Job job={data} />;
  }
  if (error instanceof ApiProblem && error.status === 404) {
    return <MissingRecord listPath="/imports" />;
  }
  return error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />;
}
