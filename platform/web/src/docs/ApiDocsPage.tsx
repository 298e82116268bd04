import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { call } from '../api/client';
import { useLanguage, useT } from '../i18n';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import classes from './docs.module.css';

const DESCRIPTION = '/api/v1/openapi.json';

// Large, and for few: it comes when it is looked at.
const ApiDocs = lazy(() => import('./ApiDocs'));

function Waiting() {
  return (
    <AfterPatience>
      <div className={classes.waiting}>
        <Bone width={240} />
        <Bone width={480} />
        <Bone width={360} />
      </div>
    </AfterPatience>
  );
}

export default function ApiDocsPage() {
  const t = useT();
  const lang = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['openapi', lang],
    queryFn: ({ signal }) => call<object>(DESCRIPTION, { signal }),
  });
  useDocumentTitle(t('docs.title'));
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>{t('docs.title')}</h1>
        <Button
          component="a"
          href={DESCRIPTION}
          download="openapi.json"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
        >
          {t('docs.download')}
        </Button>
      </header>
      <div className={classes.body}>
        <p className={classes.note}>{t('docs.note')}</p>
        {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data !== undefined ? (
          <Suspense fallback={<Waiting />}>
            <ApiDocs description={data} />
          </Suspense>
        ) : (
          error === null && <Waiting />
        )}
      </div>
    </>
  );
}
