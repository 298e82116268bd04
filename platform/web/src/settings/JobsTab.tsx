import { Button, Progress } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormat, useLabel, useModel } from '../api/session';
import { isMessage, useT } from '../i18n';
import { JobState } from '../import/JobState';
import { toasts } from '../shell/toast';
import { ErrorState, State, StateText } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import { cancelJob, canUndo, changeOf, type Job, jobErrors, listJobs, undo } from './jobs';
import classes from './settings.module.css';

const POLL_MS = 1000;

const COUNTS = ['created', 'updated', 'deleted', 'restored', 'rejected'] as const;

/** What was left as it is, and why. */
function Kept({ job }: { job: Job }) {
  const t = useT();
  const set = useModel().entity(job.entity)?.setName;
  const { data, error } = useQuery({
    queryKey: ['jobs', job.id, 'errors'],
    queryFn: ({ signal }) => jobErrors(job.id, signal),
  });
  if (error !== null) {
    return <ErrorState error={error} />;
  }
  return (
    <ul className={classes.kept} aria-label={t('settings.kept')}>
      {data?.map((one) => (
        <li key={`${one.number} ${one.field ?? ''}`}>
          {one.id !== undefined && set !== undefined ? (
            <Link className="rl-link" to={`/${set}/${one.id}`}>
              {t('settings.record')}
            </Link>
          ) : (
            t('settings.row', { number: one.number })
          )}
          : {one.message}
        </li>
      ))}
    </ul>
  );
}

function useJobTitle(): (job: Job) => string {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  return (job) => {
    const key = `settings.job.${job.kind}`;
    const kind = isMessage(key) ? t(key) : job.kind;
    return `${kind}: ${job.fileName ?? label(model.entity(job.entity)?.meta.pluralLabel, job.entity)}`;
  };
}

function JobRow({ job, all, onChanged }: { job: Job; all: readonly Job[]; onChanged: () => void }) {
  const t = useT();
  const format = useFormat();
  const problemText = useProblemText();
  const title = useJobTitle()(job);
  const [open, setOpen] = useState(false);
  const running = job.finishedAt === undefined;
  const refused = (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' });
  const counts = COUNTS.filter((count) => job[count] > 0).map((count) =>
    t(`settings.count.${count}`, { count: job[count] }),
  );
  const part = job.total ? (job.processed / job.total) * 100 : 0;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <strong>{title}</strong>
        <span className={classes.meta}>
          {format.dateTime(job.createdAt, true)}
          {counts.length > 0 && ` · ${counts.join(' · ')}`}
        </span>
        {job.problem?.detail !== undefined && <span className={classes.bad}>{job.problem.detail}</span>}
        {running && <Progress value={part} size={6} aria-label={title} />}
      </div>
      <JobState state={job.state} />
      <div className={classes.tools}>
        {job.rejected > 0 && (
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('settings.kept')}
          </Button>
        )}
        {job.file !== undefined && (
          <Button component="a" href={job.file} leftSection={<IconDownload size={16} aria-hidden="true" />}>
            {t('settings.download')}
          </Button>
        )}
        {running && (
          <Button
            aria-label={`${t('action.cancel')}: ${title}`}
            onClick={() => void cancelJob(job.id).then(onChanged, refused)}
          >
            {t('action.cancel')}
          </Button>
        )}
        {canUndo(job, all) && (
          <Button
            aria-label={`${t('action.undo')}: ${title}`}
            onClick={() => void undo(changeOf(job)).then(onChanged, refused)}
          >
            {t('action.undo')}
          </Button>
        )}
      </div>
      {open && <Kept job={job} />}
    </li>
  );
}

/** What was done in the background: how far it is, what became of it, and the way back. */
export function JobsTab() {
  const t = useT();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => listJobs(signal),
    refetchInterval: (query) => (query.state.data?.some((job) => job.finishedAt === undefined) ? POLL_MS : false),
  });
  const changed = () => {
    void client.invalidateQueries({ queryKey: ['jobs'] });
    void client.invalidateQueries({ queryKey: ['records'] });
  };
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data?.length === 0) {
    return (
      <State icon={<IconHistory size={22} stroke={1.6} aria-hidden="true" />} title={t('settings.noJobs')}>
        <StateText>{t('settings.noJobsText')}</StateText>
      </State>
    );
  }
  return (
    <>
      <p className={classes.hint}>{t('settings.jobsText')}</p>
      <ul className={classes.list} aria-label={t('settings.tab.jobs')}>
        {data?.map((job) => (
          <JobRow key={job.id} job={job} all={data} onChanged={changed} />
        ))}
      </ul>
    </>
  );
}
