import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Route, Routes, useParams } from 'react-router';
import { metadataQuery, SessionProvider, useModel } from '../api/session';
import type { Me, Metadata } from '../api/types';
import { withMore } from '../i18n';
import { ListPage } from '../list/ListPage';
import { AfterPatience, ErrorState } from '../ui/states';
import { Shell } from './Shell';
import { ShellBones } from './ShellBones';
import { UnknownPage } from './UnknownPage';

const HomePage = lazy(() => import('../home/HomePage'));
const RecordPage = lazy(() => import('../record/RecordPage'));
const MyDayPage = lazy(() => import('../activity/MyDayPage'));
const ReportsPage = lazy(() => withMore(import('../report/ReportsPage')));
const ReportPage = lazy(() => withMore(import('../report/ReportPage')));
const DashboardPage = lazy(() => withMore(import('../report/DashboardPage')));
const ImportsPage = lazy(() => withMore(import('../import/ImportsPage')));
const NewImportPage = lazy(() => withMore(import('../import/NewImportPage')));
const ImportJobPage = lazy(() => withMore(import('../import/ImportJobPage')));
const DesignerPage = lazy(() => withMore(import('../designer/DesignerPage')));
const DesignedEntityPage = lazy(() => withMore(import('../designer/EntityPage')));
const AccessPage = lazy(() => withMore(import('../access/AccessPage')));
const AutomationsPage = lazy(() => withMore(import('../automation/AutomationsPage')));
const AutomationPage = lazy(() => withMore(import('../automation/AutomationPage')));
const SettingsPage = lazy(() => withMore(import('../settings/SettingsPage')));
const ApiDocsPage = lazy(() => import('../docs/ApiDocsPage'));

function EntityList() {
  const entity = useModel().set(useParams().set);
  return entity === undefined ? <UnknownPage /> : <ListPage key={entity.name} entity={entity} />;
}

function EntityRecord() {
  const { set, id } = useParams();
  const entity = useModel().set(set);
  return entity === undefined || id === undefined ? (
    <UnknownPage />
  ) : (
    <RecordPage key={`${entity.name}/${id}`} entity={entity} id={id} />
  );
}

function Pages() {
  return (
    <Suspense fallback={<AfterPatience>{null}</AfterPatience>}>
      <Routes>
        <Route index element={<HomePage />} />
        <Route path="my-day" element={<MyDayPage />} />
        <Route path="reports" element={<ReportsPage />} />
        <Route path="reports/:id" element={<ReportPage />} />
        <Route path="dashboards/:id?" element={<DashboardPage />} />
        <Route path="imports" element={<ImportsPage />} />
        <Route path="imports/new" element={<NewImportPage />} />
        <Route path="imports/:id" element={<ImportJobPage />} />
        <Route path="designer" element={<DesignerPage />} />
        <Route path="designer/tab/:tab" element={<DesignerPage />} />
        <Route path="designer/:entity/:tab?" element={<DesignedEntityPage />} />
        <Route path="access/:tab?" element={<AccessPage />} />
        <Route path="automations" element={<AutomationsPage />} />
        <Route path="automations/:id/:tab?" element={<AutomationPage />} />
        <Route path="settings/:tab?" element={<SettingsPage />} />
        <Route path="api-docs" element={<ApiDocsPage />} />
        <Route path=":set" element={<EntityList />} />
        <Route path=":set/:id/:tab?" element={<EntityRecord />} />
        <Route path="*" element={<UnknownPage />} />
      </Routes>
    </Suspense>
  );
}

export function App({ me }: { me: Me }) {
  const { data, error, refetch } = useQuery<Metadata>(metadataQuery());
  if (data === undefined) {
    return error === null ? <ShellBones /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return (
    <SessionProvider me={me} metadata={data}>
      <Shell>
        <Pages />
      </Shell>
    </SessionProvider>
  );
}
