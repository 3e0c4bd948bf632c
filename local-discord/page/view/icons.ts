import { html } from "htm/preact";

/*
 * Icons of 24 × 24 units in the color of the surrounding text. They only accompany words or labeled buttons, so they are hidden
 * from screen readers.
 */
function icon(shape: unknown, size: number) {
  return html`<svg
    class="icon"
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    ${shape}
  </svg>`;
}

export const hashIcon = (size = 20) => icon(html`<path d="M10 4 8 20M16 4l-2 16M5 9h15M4 15h15" />`, size);

export const threadIcon = (size = 20) => icon(html`<path d="M20 5H6v9h4v5l5-5h5zM10 9.500h6" />`, size);

export const forumIcon = (size = 20) =>
  icon(html`<path d="M15 3H3v9h3v4l4-4h5zM18 8h3v9h-3v4l-4-4h-3" />`, size);

export const lockIcon = (size = 20) =>
  icon(html`<rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V8a4 4 0 0 1 8 0v3" />`, size);

export const pinIcon = (size = 18) => icon(html`<path d="M9 3h6l-1 6 4 4H6l4-4zM12 13v8" />`, size);

export const penIcon = (size = 18) => icon(html`<path d="m4 20 1-5L16 4l4 4L9 19zM13 7l4 4" />`, size);

export const chevronIcon = (size = 14) => icon(html`<path d="m6 9 6 6 6-6" />`, size);

export const checkIcon = (size = 18) => icon(html`<path d="m5 13 5 5L20 7" stroke-width="3" />`, size);

export const roleIcon = (size = 20) =>
  icon(html`<path d="M12 3 4 6v6c0 5 3.500 7.500 8 9 4.500-1.500 8-4 8-9V6z" />`, size);

export const downIcon = (size = 18) => icon(html`<path d="M12 5v14M6 13l6 6 6-6" />`, size);

export const globeIcon = (size = 18) =>
  icon(
    html`<circle cx="12" cy="12" r="9" /><path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18" />`,
    size,
  );

export const peopleIcon = (size = 22) =>
  icon(
    html`<circle cx="9" cy="8" r="3.5" /><path
        d="M2.5 20c0-4 2.5-6 6.5-6s6.5 2 6.5 6M16 4.800a3.5 3.5 0 0 1 0 6.400M18.5 14.800c2 .9 3 2.6 3 5.2"
      />`,
    size,
  );

export const eyeIcon = (size = 16) =>
  icon(html`<path d="M2 12c4-7 16-7 20 0-4 7-16 7-20 0z" /><circle cx="12" cy="12" r="3" />`, size);

export const externalIcon = (size = 16) =>
  icon(html`<path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5" />`, size);

export const fileIcon = (size = 32) =>
  icon(
    html`<path d="M6 2.500h8L19 8v12.500a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1zM14 2.500V8h5" />`,
    size,
  );

export const downloadIcon = (size = 20) => icon(html`<path d="M12 4v11M7 11l5 5 5-5M5 20h14" />`, size);

export const warningIcon = (size = 16) =>
  icon(html`<path d="M12 3 2 20.500h20zM12 10v5M12 17.800v.1" />`, size);

export const sendIcon = (size = 20) => icon(html`<path d="M4 12 20 4l-5 17-3.5-7z" />`, size);

export const slashIcon = (size = 18) =>
  icon(html`<rect x="3" y="3" width="18" height="18" rx="4" /><path d="m14.5 7.5-5 9" />`, size);

export const bubbleIcon = (size = 24) =>
  icon(
    html`<path d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z" />`,
    size,
  );

export const plusIcon = (size = 20) =>
  icon(html`<circle cx="12" cy="12" r="10" /><path d="M12 8v8M8 12h8" />`, size);

export const binIcon = (size = 18) =>
  icon(html`<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5" />`, size);

export const uploadIcon = (size = 20) => icon(html`<path d="M12 16V5M7 10l5-5 5 5M5 20h14" />`, size);

export const moreIcon = (size = 20) =>
  icon(html`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.5" />`, size);

export const copyIcon = (size = 18) =>
  icon(html`<rect x="9" y="9" width="11" height="11" rx="2" /><path d="M15 5H6a2 2 0 0 0-2 2v9" />`, size);

export const menuIcon = (size = 22) => icon(html`<path d="M4 6h16M4 12h16M4 18h16" />`, size);

export const sunIcon = (size = 18) =>
  icon(
    html`<circle cx="12" cy="12" r="4" /><path
        d="M12 2v2M12 20v2M4.900 4.900l1.400 1.400M17.700 17.700l1.400 1.400M2 12h2M20 12h2M4.900 19.100l1.400-1.400M17.700 6.300l1.400-1.400"
      />`,
    size,
  );

export const moonIcon = (size = 18) =>
  icon(html`<path d="M20 14.500A8 8 0 1 1 9.500 4a6.500 6.500 0 0 0 10.500 10.500z" />`, size);

export const trafficIcon = (size = 22) =>
  icon(html`<path d="M7 20V5M3 9l4-4 4 4M17 4v15M13 15l4 4 4-4" />`, size);

export const closeIcon = (size = 22) => icon(html`<path d="M6 6l12 12M18 6 6 18" />`, size);

export const nextIcon = (size = 28) => icon(html`<path d="m9 5 7 7-7 7" />`, size);
