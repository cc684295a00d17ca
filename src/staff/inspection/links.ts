import type { Inspection } from '#protocol';
import type { Question } from './verdicts.ts';

type Word = 'sbom' | 'ledger' | 'promises' | 'accuracy' | 'assessment' | 'regulator' | 'running';

export interface Link {
  readonly word: Word;
  readonly href: string;
}

const LEDGER: Link = { word: 'ledger', href: '/docs/ledger.md' };
const PROMISES: Link = { word: 'promises', href: '/docs/architecture.md' };
const ACCURACY: Link = { word: 'accuracy', href: '/docs/accuracy.md' };
const RUNNING: Link = { word: 'running', href: '/docs' };
const BILL: Link = { word: 'sbom', href: '/sbom.json' };

/** Where to read on: what the way the product is made answers leads to the promises and the tests that hold them. */
export function linksOf(question: Question, { controller }: Inspection): readonly Link[] {
  const regulator = outside('regulator', controller.regulator.url);
  switch (question) {
    case 'plain':
    case 'change':
    case 'upload':
    case 'country':
    case 'sale':
    case 'security':
    case 'deletion':
    case 'withdrawal':
    case 'minimum':
    case 'refusing':
    case 'access':
      return [PROMISES];
    case 'rights':
      return [PROMISES, ...regulator];
    case 'networks':
    case 'guess':
      return [PROMISES, ACCURACY];
    case 'suppliers':
      return [PROMISES, BILL];
    case 'consent':
      return [LEDGER];
    case 'records':
      return [LEDGER, ...regulator];
    case 'assessment':
      return outside('assessment', controller.impactAssessmentUrl);
    case 'told':
    case 'children':
    case 'retention':
    case 'filing':
    case 'signs':
      return [];
    case 'operation':
      return [RUNNING];
  }
}

/** What an administrator wrote is a link only where it is an address of the web. */
function outside(word: Word, href: string | null): readonly Link[] {
  return href?.startsWith('https://') === true ? [{ word, href }] : [];
}
