import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useT } from '../i18n';
import { useKeys } from './keys';
import classes from './toast.module.css';

export interface Toast {
  text: string;
  tone?: 'plain' | 'bad';
  undo?: () => void;
}

const SHOWN_MS = 10_000;

type Listener = () => void;

/** One toast at a time; a newer one takes the place of the older. */
class ToastStore {
  private current: (Toast & { id: number }) | undefined;
  private readonly listeners = new Set<Listener>();
  private lastId = 0;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = () => this.current;

  show(toast: Toast): void {
    this.lastId += 1;
    this.set({ ...toast, id: this.lastId });
  }

  hide(id: number): void {
    if (this.current?.id === id) {
      this.set(undefined);
    }
  }

  private set(toast: (Toast & { id: number }) | undefined): void {
    this.current = toast;
    for (const listener of this.listeners) {
      listener();
    }
  }
}

export const toasts = new ToastStore();

/** Counts down only while nobody points at it or has focus in it. */
function useCountdown(id: number | undefined, paused: boolean, onEnd: () => void): number {
  const [left, setLeft] = useState(SHOWN_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new toast starts the time again
  useEffect(() => setLeft(SHOWN_MS), [id]);
  useEffect(() => {
    if (paused || id === undefined) {
      return;
    }
    const timer = setInterval(() => setLeft((before) => before - 250), 250);
    return () => clearInterval(timer);
  }, [id, paused]);
  useEffect(() => {
    if (left <= 0) {
      onEnd();
    }
  }, [left, onEnd]);
  return Math.max(0, Math.ceil(left / 1000));
}

export function ToastOutlet() {
  const t = useT();
  const toast = useSyncExternalStore(toasts.subscribe, toasts.snapshot);
  const [paused, setPaused] = useState(false);
  const id = toast?.id;
  const close = useCallback(() => {
    if (id !== undefined) {
      setPaused(false);
      toasts.hide(id);
    }
  }, [id]);
  const undo = () => {
    toast?.undo?.();
    close();
  };
  useKeys({ 'Mod+z': undo }, toast?.undo !== undefined);
  const seconds = useCountdown(id, paused, close);
  return (
    <div className={classes.outlet} data-print="none" role="status" aria-live="polite">
      {toast !== undefined && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only stops the clock
        <div
          className={classes.toast}
          data-tone={toast.tone ?? 'plain'}
          onMouseEnter={() => setPaused(true)}
          onMouseLeave={() => setPaused(false)}
          onFocus={() => setPaused(true)}
          onBlur={() => setPaused(false)}
        >
          <span className={classes.text}>{toast.text}</span>
          {toast.undo !== undefined && (
            <>
              <span className={classes.seconds} aria-hidden="true">
                {seconds} s
              </span>
              <button type="button" className={classes.undo} onClick={undo}>
                {t('action.undo')}
              </button>
            </>
          )}
          <button type="button" className={classes.close} aria-label={t('action.close')} onClick={close}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
