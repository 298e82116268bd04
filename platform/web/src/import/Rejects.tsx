import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { importRejects, isOpen, type RejectPage, rejectsFile } from '../api/imports';
import type { Entity } from '../api/model';
import { useFormat, useLabel } from '../api/session';
import type { ImportJob, ImportReject } from '../api/types';
import { useT } from '../i18n';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import classes from './import.module.css';

function RejectRow({ reject, entity }: { reject: ImportReject; entity: Entity | undefined }) {
  const label = useLabel();
  const format = useFormat();
  const field =
    reject.field == null ? undefined : (entity?.field(reject.field) ?? entity?.fieldByProperty(reject.field));
  const name = label(field?.label, reject.field ?? '');
  return (
    <tr>
      <td data-end="true">{format.number(reject.line ?? reject.row)}</td>
      <td>{name}</td>
      <td>{reject.value != null && reject.value !== '' && <Tag tone="bad">{reject.value}</Tag>}</td>
      <td className={classes.reason}>{reject.message}</td>
    </tr>
  );
}

/** Every row that was not taken, with the reason, and the same as a file to mend and load again. */
export function Rejects({ job, entity }: { job: ImportJob; entity: Entity | undefined }) {
  const t = useT();
  const rejects = useInfiniteQuery({
    queryKey: ['imports', job.id, 'rejects', isOpen(job) ? 'open' : job.rejected],
    queryFn: ({ pageParam, signal }) => importRejects(job.id, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last: RejectPage) => last.next,
    enabled: !isOpen(job) && job.rejected > 0,
  });
  if (isOpen(job)) {
    return null;
  }
  if (job.rejected === 0) {
    return job.state === 'done' ? <p className={classes.hint}>{t('import.rejectsNone')}</p> : null;
  }
  return (
    <section className={classes.rejects} aria-label={t('import.rejects')}>
      <div className={classes.rejectsHead}>
        <h2>{t('import.rejects')}</h2>
        <Button
          component="a"
          href={rejectsFile(job.id)}
          download
          leftSection={<IconDownload size={15} aria-hidden="true" />}
        >
          {t('import.download')}
        </Button>
      </div>
      {rejects.isError && <ErrorState error={rejects.error} onRetry={() => void rejects.refetch()} />}
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" data-end="true">
                {t('import.row')}
              </th>
              <th scope="col">{t('import.target')}</th>
              <th scope="col">{t('import.rejectedValue')}</th>
              <th scope="col">{t('import.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {rejects.data?.pages
              .flatMap((page) => page.rejects)
              .map((reject) => (
                <RejectRow key={`${reject.row}.${reject.field}.${reject.code}`} reject={reject} entity={entity} />
              ))}
          </tbody>
        </table>
      </div>
      {rejects.hasNextPage && (
        <Button
          variant="subtle"
          color="gray"
          loading={rejects.isFetchingNextPage}
          onClick={() => void rejects.fetchNextPage()}
        >
          {t('action.showMore')}
        </Button>
      )}
    </section>
  );
}
