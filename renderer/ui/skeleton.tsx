// Grey shapes while something is read. It says nothing to readers; the pane's busy state does.

/** `lines` grey bars of falling width. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => index).map((index) => (
        <div key={index} className={`skeleton-line skeleton-${index % 3}`} />
      ))}
    </div>
  );
}
