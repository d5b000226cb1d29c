import type { I18nFormatModule } from 'i18next';
import { IntlMessageFormat } from 'intl-messageformat';
import { messageFormatters } from '#shared/i18n/messageFormatters.ts';

type MessageValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What i18next calls to write a text; its own type for such a part is empty. */
interface MessageModule extends I18nFormatModule {
  parse(text: string, values: MessageValues, language: string): string;
}

const compiled = new Map<string, IntlMessageFormat>();

/** ICU messages for i18next: each is compiled once, and numbers are grouped with thin spaces. */
export const messageFormat: MessageModule = {
  type: 'i18nFormat',
  parse(text: string, values: MessageValues, language: string): string {
    const key = `${language}\n${text}`;
    let message = compiled.get(key);
    if (!message) {
      message = new IntlMessageFormat(text, language, undefined, {
        ignoreTag: true,
        formatters: messageFormatters,
      });
      compiled.set(key, message);
    }
    try {
      return String(message.format({ ...values }));
    } catch {
      // A value is missing: the bare text says more than a window that is gone.
      return text;
    }
  },
};
