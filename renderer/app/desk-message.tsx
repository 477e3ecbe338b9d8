// The one sentence over the desk, or inside the dialog that is open: a failure with its code, or what was done.
import { useWords } from '../i18n/text';
import { MessageBar } from '../ui/message-bar';
import { useDesk } from './desk';
import { testIds } from './test-ids';

/** Nothing while all is well. What was done, or stopped by the clerk, leaves by itself; a failure stays. */
export function DeskMessage() {
  const { message, clearMessage } = useDesk();
  const { t, sentence } = useWords();
  if (message === null) return null;
  if (message.kind !== 'failure') {
    return (
      <div className="toast">
        <MessageBar
          tone={message.kind === 'done' ? 'good' : 'warning'}
          onClose={clearMessage}
          closeLabel={t('common.close')}
          testId={testIds.notice}
        >
          {message.kind === 'done' ? message.text : sentence('cancelled')}
        </MessageBar>
      </div>
    );
  }
  const { code, ref } = message.told;
  return (
    <MessageBar
      tone="bad"
      code={t('common.code', { code: ref === null ? code : `${code} · ${ref}` })}
      onClose={clearMessage}
      closeLabel={t('common.close')}
      testId={testIds.failure}
    >
      {sentence(code)}
    </MessageBar>
  );
}
