// F6 round the panes: which of them are there, which comes next, what in it takes the focus. It draws nothing.

const order = ['folders', 'list', 'document', 'side'];

function focusTarget(pane: HTMLElement): HTMLElement | null {
  return (
    pane.querySelector<HTMLElement>('[aria-current="page"], [role="option"][aria-selected="true"]') ??
    pane.querySelector<HTMLElement>('[tabindex="0"], button:not([tabindex="-1"]), input, select, textarea')
  );
}

/** Moves the focus to the next pane (1) or the one before (-1), round and round. */
export function cyclePane(root: ParentNode, direction: 1 | -1): void {
  const panes = order
    .map((name) => root.querySelector<HTMLElement>(`[data-pane="${name}"]`))
    .filter((pane) => pane !== null);
  if (panes.length === 0) return;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const start = at < 0 ? (direction === 1 ? -1 : 0) : at;
  const next = panes[(start + direction + panes.length) % panes.length];
  if (next !== undefined) focusTarget(next)?.focus();
}

/** After what had the focus went with its view: to what is shown now, so that the keys are not lost. */
export function focusShown(root: ParentNode): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const shown = root.querySelector<HTMLElement>(
    '[data-pane="list"] [role="option"][aria-selected="true"], [data-pane="document"] .viewer-scroll',
  );
  if (shown !== null) shown.focus();
  else cyclePane(root, 1);
}

/** One level up: from the document to the list, from the list to the folders. */
export function focusUp(root: ParentNode): void {
  const active = document.activeElement;
  const inDocument = active?.closest('[data-pane="document"]') ?? null;
  const target = root.querySelector<HTMLElement>(`[data-pane="${inDocument === null ? 'folders' : 'list'}"]`);
  if (target !== null) focusTarget(target)?.focus();
}
