import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from '#i18n';
import type { CheckOutcome } from '#inspection';
import { Button } from '#ui';
import { checkFile } from './check-file.ts';
import { FileInOrder } from './file-in-order.tsx';
import { FileWrong } from './file-wrong.tsx';
import { isolated } from './isolated.ts';
import '../screens/findings.css';
import './check-file.css';

const COMMAND = 'npm run check-ledger -- FILE';
const WHOLE = 100;

type View =
  | { readonly state: 'empty' }
  | { readonly state: 'busy'; readonly file: File; readonly bytes: number; readonly stop: () => void }
  | { readonly state: 'checked'; readonly file: File; readonly outcome: CheckOutcome }
  | { readonly state: 'failed' };

/** Checks a file on this device, as the command line does. */
export function CheckFileScreen() {
  const { t } = useTranslation('staff');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const stopLast = useRef<() => void>(() => undefined);
  const [view, setView] = useState<View>({ state: 'empty' });
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    return () => stopLast.current();
  }, []);

  async function check(file: File): Promise<void> {
    stopLast.current();
    const abort = new AbortController();
    const stop = () => abort.abort();
    stopLast.current = stop;
    const show = (bytes: number) => setView({ state: 'busy', file, bytes, stop });
    show(0);
    const outcome = await checkFile(file, (bytes) => abort.signal.aborted || show(bytes), abort.signal);
    if (outcome !== null) setView({ state: 'checked', file, outcome });
    // A file that was chosen meanwhile has the screen.
    else if (stopLast.current === stop)
      setView(abort.signal.aborted ? { state: 'empty' } : { state: 'failed' });
  }

  function take(files: FileList | null): void {
    const file = files?.[0];
    if (file !== undefined) void check(file);
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  }

  return (
    <section
      aria-labelledby={id}
      className="check-file"
      data-over={isOver}
      onDragLeave={() => setOver(false)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDrop={drop}
    >
      <h1 id={id} ref={heading} tabIndex={-1}>
        {t('check.title')}
      </h1>
      <p>{t('check.lead')}</p>
      <p>
        <code dir="ltr">{COMMAND}</code>
      </p>
      <div className="check-drop">
        <p>{t('check.drop')}</p>
        <input
          aria-label={t('check.choose')}
          className="visually-hidden"
          onChange={(event) => {
            take(event.target.files);
            // The same file again is a choice as well: it may have been changed.
            event.target.value = '';
          }}
          ref={input}
          tabIndex={-1}
          type="file"
        />
        <Button action="choose-file" onPress={() => input.current?.click()}>
          {t('check.choose')}
        </Button>
      </div>
      {view.state === 'busy' ? <Busy {...view} /> : null}
      {view.state === 'failed' ? (
        <p className="staff-alert" role="alert">
          {t('check.failed')}
        </p>
      ) : null}
      {view.state !== 'checked' ? null : view.outcome.ok ? (
        <FileInOrder name={view.file.name} report={view.outcome.report} />
      ) : (
        <FileWrong fault={view.outcome} name={view.file.name} />
      )}
    </section>
  );
}

function Busy({ file, bytes, stop }: Extract<View, { state: 'busy' }>) {
  const { t } = useTranslation('staff');
  const id = useId();
  const percent = file.size === 0 ? WHOLE : Math.min(WHOLE, Math.floor((bytes / file.size) * WHOLE));
  return (
    <div className="check-busy">
      <p id={id}>{t('check.busy', { name: isolated(file.name) })}</p>
      <progress aria-labelledby={id} max={WHOLE} value={percent} />
      <p>{t('check.progress', { percent })}</p>
      <Button action="stop-check" look="plain" onPress={stop}>
        {t('check.stop')}
      </Button>
    </div>
  );
}
