import { Button } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { isOpen, listImports } from '../api/imports';
import { useFormat, useLabel, useModel } from '../api/session';
import type { ImportJob } from '../api/types';
import { useT } from '../i18n';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { ErrorState, State, StateText } from '../ui/states';
import classes from './import.module.css';
import { JobState } from './JobState';

const POLL_MS = 1500;

function JobRow({ job }: { job: ImportJob }) {
  const label = useLabel();
  const format = useFormat();
  const entity = useModel().entity(job.entity);
  return (
    <tr>
      <td>
        <Link className="rl-link" to={`/imports/${job.id}`}>
          {job.fileName}
        </Link>
      </td>
      <td>{label(entity?.meta.pluralLabel, job.entity)}</td>
      <td>
        <JobState state={job.state} />
      </td>
      <td data-end="true">{format.number(job.processed)}</td>
      <td data-end="true">{format.number(job.created)}</td>
      <td data-end="true">{format.number(job.updated)}</td>
      <td data-end="true">{format.number(job.rejected)}</td>
      <td>{job.startedAt ? format.dateTime(job.startedAt, true) : ''}</td>
    </tr>
  );
}

function JobTable({ jobs }: { jobs: readonly ImportJob[] }) {
  const t = useT();
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('import.title')}>
        <thead>
          <tr>
            <th scope="col">{t('import.fileName')}</th>
            <th scope="col">{t('import.entity')}</th>
            <th scope="col">{t('import.status')}</th>
            <th scope="col" data-end="true">
              {t('import.rows')}
            </th>
            <th scope="col" data-end="true">
              {t('import.created')}
            </th>
            <th scope="col" data-end="true">
              {t('import.updated')}
            </th>
            <th scope="col" data-end="true">
              {t('import.rejected')}
            </th>
            <th scope="col">{t('import.started')}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NewButton() {
  const t = useT();
  return (
    <Button component={Link} to="/imports/new" variant="filled" leftSection={<IconPlus size={16} aria-hidden="true" />}>
      {t('import.new')}
    </Button>
  );
}

export default function ImportsPage() {
  const t = useT();
  const { data, error, refetch } = useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => listImports(signal),
    refetchInterval: (query) => (query.state.data?.some(isOpen) ? POLL_MS : false),
  });
  useDocumentTitle(t('import.title'));
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>{t('import.title')}</h1>
        <NewButton />
      </header>
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <State
          icon={<IconFileImport size={22} stroke={1.6} aria-hidden="true" />}
          title={t('import.none')}
          actions={<NewButton />}
        >
          <StateText>{t('import.noneText')}</StateText>
        </State>
      )}
      {data !== undefined && data.length > 0 && <JobTable jobs={data} />}
    </>
  );
}
