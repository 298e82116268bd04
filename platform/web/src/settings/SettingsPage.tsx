import { useParams } from 'react-router';
import { useSession } from '../api/session';
import { useT } from '../i18n';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { HeaderTabs } from '../ui/HeaderTabs';
import { AuditTab } from './AuditTab';
import { BinTab } from './BinTab';
import { JobsTab } from './JobsTab';
import { ProfileTab } from './ProfileTab';
import classes from './settings.module.css';

const TABS = { profile: ProfileTab, jobs: JobsTab, bin: BinTab, audit: AuditTab };
type Tab = keyof typeof TABS;

const ADMINISTRATORS: readonly Tab[] = ['audit'];

/** How one likes the screens, what was done in the background, what was deleted, and all that happened. */
export default function SettingsPage() {
  const t = useT();
  const { me } = useSession();
  const { tab = 'profile' } = useParams();
  useDocumentTitle(t('settings.title'));
  const offered = (Object.keys(TABS) as Tab[]).filter(
    (one) => me.role === 'administrator' || !ADMINISTRATORS.includes(one),
  );
  const current = offered.find((one) => one === tab);
  if (current === undefined) {
    return <UnknownPage />;
  }
  const Shown = TABS[current];
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('settings.title')}</h1>
        <HeaderTabs
          label={t('settings.title')}
          tabs={offered.map((one) => ({
            to: one === 'profile' ? '/settings' : `/settings/${one}`,
            text: t(`settings.tab.${one}`),
            current: one === current,
          }))}
        />
      </header>
      <div className={classes.body}>
        <Shown />
      </div>
    </div>
  );
}
