import { useParams } from 'react-router';
import { useSession } from '../api/session';
import { useT } from '../i18n';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { HeaderTabs } from '../ui/HeaderTabs';
import { AuditTab } from './AuditTab';
import { BinTab } from './BinTab';
import { ConsentsTab } from './ConsentsTab';
import { JobsTab } from './JobsTab';
import { LimitsTab } from './LimitsTab';
import { PrivacyTab } from './PrivacyTab';
import { ProfileTab } from './ProfileTab';
import { SessionsTab } from './SessionsTab';
import classes from './settings.module.css';
import { WebhooksTab } from './WebhooksTab';

const TABS = {
  profile: ProfileTab,
  sessions: SessionsTab,
  jobs: JobsTab,
  bin: BinTab,
  audit: AuditTab,
  privacy: PrivacyTab,
  consents: ConsentsTab,
  webhooks: WebhooksTab,
  limits: LimitsTab,
};
type Tab = keyof typeof TABS;

const ADMINISTRATORS: readonly Tab[] = ['audit', 'webhooks', 'limits'];

/** How one likes the screens, where one is signed in, what was done, deleted and happened, and what is used. */
export default function SettingsPage() {
  const t = useT();
  const { me } = useSession();
  const { tab = 'profile' } = useParams();
  useDocumentTitle(t('settings.title'));
  const offered = (Object.keys(TABS) as Tab[]).filter((one) =>
    one === 'privacy' || one === 'consents'
      ? me.privacy === true
      : me.role === 'administrator' || !ADMINISTRATORS.includes(one),
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
