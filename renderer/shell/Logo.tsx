/** Three threads crossing: the product's mark. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <g fill="none" strokeWidth="2.1" strokeLinecap="round">
        <path d="M3 4.5c7 0 7 11 14 11" stroke="var(--accent-fill)" />
        <path d="M3 10h3.2M13.8 10H17" stroke="var(--s-val)" />
        <path d="M3 15.5c2.6 0 4.2-1.5 5.4-3.4M11.6 7.9C12.8 6 14.4 4.5 17 4.5" stroke="var(--p-image)" />
      </g>
    </svg>
  );
}
