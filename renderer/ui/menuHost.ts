/** Where menus are drawn: within the page's main landmark, so that whoever goes by landmarks meets them. */
export const menuHost = (): HTMLElement | null => document.querySelector('main');
