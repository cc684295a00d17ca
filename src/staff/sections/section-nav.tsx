import { useTranslation } from '#i18n';
import type { StaffRole } from '#protocol';
import { Button } from '#ui';
import { SECTIONS, type SectionId } from './sections.ts';
import './section-nav.css';

interface SectionNavProps {
  readonly role: StaffRole;
  readonly current: SectionId;
  readonly onSection: (section: SectionId) => void;
}

/** The sections of a role; nothing where there is only one. */
export function SectionNav({ role, current, onSection }: SectionNavProps) {
  const { t } = useTranslation('staff');
  const sections = SECTIONS.filter(({ roles }) => roles.includes(role));
  if (sections.length < 2) return null;
  return (
    <nav aria-label={t('sections.label')} className="section-nav">
      {sections.map(({ id }) => (
        <span aria-current={id === current ? 'page' : undefined} key={id}>
          <Button action={`section-${id}`} look="plain" onPress={() => onSection(id)}>
            {t(`sections.${id}`)}
          </Button>
        </span>
      ))}
    </nav>
  );
}
