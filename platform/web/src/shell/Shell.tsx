import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { CreateOutlet } from '../form/CreateOutlet';
import { useT } from '../i18n';
import { usePhone } from '../ui/usePhone';
import { ErrorBoundary } from './ErrorBoundary';
import { useKeys } from './keys';
import { OfflineBanner } from './OfflineBanner';
import { Sidebar } from './Sidebar';
import classes from './shell.module.css';
import { ToastOutlet } from './toast';

const BottomBar = lazy(() => import('./BottomBar'));
const Palette = lazy(() => import('../palette/Palette'));
const HelpDialog = lazy(() => import('./HelpDialog'));

const COLLAPSED = 'relata.sidebar.collapsed';

function useCollapsed(): [boolean, () => void] {
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED) === 'true');
  const toggle = () => {
    localStorage.setItem(COLLAPSED, String(!collapsed));
    setCollapsed(!collapsed);
  };
  return [collapsed, toggle];
}

type Layer = 'palette' | 'help' | undefined;

export function Shell({ children }: { children: ReactNode }) {
  const t = useT();
  const phone = usePhone();
  const navigate = useNavigate();
  const location = useLocation();
  const [layer, setLayer] = useState<Layer>();
  const [collapsed, toggleCollapsed] = useCollapsed();
  const close = () => setLayer(undefined);
  useKeys({
    'Mod+k': () => setLayer(layer === 'palette' ? undefined : 'palette'),
    '?': () => setLayer('help'),
  });
  useGoKeys(() => navigate('/'));
  const content = usePageFocus(location.pathname);
  return (
    <div className={classes.shell} data-collapsed={collapsed} data-print="whole">
      <a className={classes.skip} href="#content">
        {t('shell.skip')}
      </a>
      {!phone && (
        <Sidebar
          collapsed={collapsed}
          onCollapse={toggleCollapsed}
          onSearch={() => setLayer('palette')}
          onHelp={() => setLayer('help')}
        />
      )}
      <main ref={content} id="content" className={classes.content} data-print="whole" tabIndex={-1}>
        <OfflineBanner />
        <ErrorBoundary key={location.pathname}>{children}</ErrorBoundary>
      </main>
      {phone && (
        <Suspense>
          <BottomBar onSearch={() => setLayer('palette')} />
        </Suspense>
      )}
      <CreateOutlet />
      <ToastOutlet />
      <Suspense>
        {layer === 'palette' && <Palette onClose={close} onHelp={() => setLayer('help')} />}
        {layer === 'help' && <HelpDialog onClose={close} />}
      </Suspense>
    </div>
  );
}

/** A new page takes the focus, so that reading and keys start there and not in the link that led to it. */
function usePageFocus(pathname: string) {
  const content = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) {
      shown.current = pathname;
      content.current?.focus({ preventScroll: true });
    }
  }, [pathname]);
  return content;
}

const CHORD_MS = 1000;

/** `G` then `H`: home. */
function useGoKeys(goHome: () => void): void {
  const [armed, setArmed] = useState(0);
  useKeys({
    g: () => setArmed(Date.now()),
    h: () => {
      if (Date.now() - armed < CHORD_MS) {
        goHome();
      }
    },
  });
}
