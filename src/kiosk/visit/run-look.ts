import { type OpenCamera, openCamera, type WindowPlace } from '#camera';
import type { Grant } from '#consent';
import {
  type Demographics,
  estimateFromFrames,
  type FrameEstimate,
  type FrameSeen,
  voteHeadcount,
} from '#counting';
import type { LookEnding } from '#ledger';
import type { OpenedLook, Tablet } from '#tablet';
import type { Outcome } from '#values';
import type { Vision } from '#vision';
import type { LookResult } from './machine.ts';

interface LookTools {
  readonly tablet: Tablet;
  readonly vision: Vision;
  readonly onCamera: (camera: OpenCamera) => void;
  /** Where the window is at first, and whether the visitor gets a moment to move it before anything is looked at. */
  readonly place: WindowPlace;
  readonly isAiming: boolean;
  /** Aborted by "Stop", or when the kiosk goes away: the camera closes at once, and nothing is waited for. */
  readonly signal: AbortSignal;
}

/** What the frames of one look said. */
interface Seen {
  readonly ending: LookEnding;
  readonly headcount: number;
  readonly demographics: Demographics | null;
  readonly framesSeen: number;
  readonly framesRefused: number;
}

/**
 * One look, from the ledger entry before the camera opens to the one after it closes. The order is the promise: nothing opens before
 * `look opened` is on disk, and nothing is counted that was not written together with `look closed`.
 */
export async function runLook(
  grant: Grant,
  tools: LookTools,
): Promise<Outcome<{ readonly result: LookResult }, 'storage-full' | 'storage-failed'>> {
  const { tablet } = tools;
  const opened = await tablet.openLook(grant.receipts.map((receipt) => receipt.id));
  if (!opened.ok) return opened;
  const { seen, openMs } = await openAndLook(grant, tools);
  return finish(tablet, opened.look, seen, openMs);
}

/** Whatever happens or is thrown between: the camera is closed at once, and the worker that saw its frames is gone. */
async function openAndLook(grant: Grant, tools: LookTools): Promise<{ seen: Seen; openMs: number }> {
  const { tablet, vision, signal, onCamera, place, isAiming } = tools;
  if (signal.aborted) return { seen: notSeen('stopped'), openMs: 0 };
  const opened = await openCamera(grant, { now: tablet.now, signal, place, isAiming });
  if (!opened.ok) return { seen: notSeen(endingWithoutCamera(opened.reason)), openMs: 0 };
  const { camera } = opened;
  let seen: Seen;
  try {
    if (!signal.aborted) onCamera(camera);
    seen = await lookThrough(camera, grant, tools);
  } catch {
    // A fault of ours and not of the camera, which tells its own.
    seen = notSeen('vision-failed');
  } finally {
    camera.close();
    vision.endLook();
  }
  return { seen, openMs: camera.close().openMs };
}

async function lookThrough(camera: OpenCamera, grant: Grant, { vision, signal }: LookTools): Promise<Seen> {
  const people = grant.receipts.length;
  // Age and gender are one person's own choice: they are not even computed for a group or without that person's yes.
  const demographics =
    people === 1 && grant.receipts.every((receipt) => receipt.purposes.includes('demographics'));
  let framesSeen = 0;
  let framesRefused = 0;
  let view: View = { place: camera.place(), since: 0, frames: [], estimates: [] };
  const seen = (ending: LookEnding, headcount = 0): Seen => ({
    ending,
    headcount,
    demographics: demographics && ending === 'counted' ? estimateFromFrames(view.estimates) : null,
    framesSeen,
    framesRefused,
  });

  // The vote ends it, and the camera's own time limit whatever the vote says.
  while (true) {
    const frame = await camera.captureFrame();
    if (signal.aborted) {
      frame?.image.close();
      return seen('stopped');
    }
    if (frame === null) return seen(camera.endedBecause() ?? outOfTime(view));
    const takenAt = performance.now();
    if (view.place !== frame.place || view.frames.length === 0)
      view = { place: frame.place, since: takenAt, frames: [], estimates: [] };
    const ask = { demographicsOf: demographics ? people : 0, atMs: takenAt - view.since };
    const inspected = await vision.inspect(frame.image, ask, signal);
    if (signal.aborted) return seen('stopped');
    if (!inspected.ok) return seen('vision-failed');
    framesSeen += 1;
    if (inspected.faces.length > people) framesRefused += 1;
    view.frames.push({ atMs: ask.atMs, stirs: inspected.faces.map(({ stir }) => stir) });
    for (const { estimate } of inspected.faces) if (estimate !== null) view.estimates.push(estimate);
    // What an earlier window showed decides nothing: the visitor has moved it away.
    if (camera.place() !== view.place) continue;
    const vote = voteHeadcount(view.frames, people);
    if (vote.kind === 'counted') return seen('counted', vote.headcount);
    if (vote.kind !== 'look-on') return seen(vote.kind);
  }
}

/** What the frames of one window showed. */
interface View {
  readonly place: WindowPlace;
  readonly since: number;
  readonly frames: FrameSeen[];
  readonly estimates: FrameEstimate[];
}

function outOfTime(view: View): LookEnding {
  return view.frames.every(({ stirs }) => stirs.length === 0) ? 'nobody' : 'undecided';
}

async function finish(tablet: Tablet, look: OpenedLook, seen: Seen, openMs: number) {
  const closed = await tablet.closeLook(look, { ...seen, openMs });
  if (closed.ok) {
    const { ending, headcount, demographics } = seen;
    return { ok: true as const, result: { ending, headcount, demographics } };
  }
  if (closed.reason !== 'look-not-open') return { ok: false as const, reason: closed.reason };
  // The ledger has it as interrupted already, and so the visitor hears that and no number.
  return { ok: true as const, result: { ending: 'interrupted' as const, headcount: 0, demographics: null } };
}

function notSeen(ending: LookEnding): Seen {
  return { ending, headcount: 0, demographics: null, framesSeen: 0, framesRefused: 0 };
}

type CameraFault = Extract<Awaited<ReturnType<typeof openCamera>>, { ok: false }>['reason'];

function endingWithoutCamera(reason: CameraFault): LookEnding {
  switch (reason) {
    case 'grant-expired':
    case 'grant-used':
    case 'grant-unknown':
      return 'grant-expired';
    default:
      return reason;
  }
}
