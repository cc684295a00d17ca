import { useTranslation } from '#i18n';
import { Button } from '#ui';
import { PAGES, type Page } from './pages.ts';
import './page-picker.css';

interface PagePickerProps {
  readonly page: Page;
  readonly onPage: (page: Page) => void;
}

/** The pages of who may see more than today. */
export function PagePicker({ page, onPage }: PagePickerProps) {
  const { t } = useTranslation('staff');
  return (
    <nav aria-label={t('page.label')} className="staff-pages">
      {PAGES.map((name) => (
        <span aria-current={name === page ? 'page' : undefined} key={name}>
          <Button action={`page-${name}`} look="plain" onPress={() => onPage(name)}>
            {t(`page.${name}`)}
          </Button>
        </span>
      ))}
    </nav>
  );
}
