import type { MenuItemConstructorOptions } from 'electron';
import { formatDesktop } from '#main/services/messages.ts';
import type { HostEvent, RecentFile } from '#shared/protocol/host.ts';

export type MenuCommand = Extract<HostEvent, { type: 'command' }>['command'];

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly recent: readonly RecentFile[];
  readonly developerTools: boolean;
  send(command: MenuCommand): void;
  openFile(path: string): void;
}

/**
 * The native menu. A page sees a key before the menu does and keeps what it handles, so a shortcut
 * that both know acts once.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, recent, developerTools, send, openFile } = options;
  const mac = platform === 'darwin';
  const item = (
    key: Parameters<typeof formatDesktop>[0],
    command: MenuCommand,
    accelerator: string,
  ): MenuItemConstructorOptions => ({
    id: command,
    label: formatDesktop(key),
    accelerator,
    click: () => send(command),
  });
  const present = recent.filter(({ exists }) => exists).slice(0, 10);

  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: formatDesktop('file'),
      submenu: [
        item('new', 'new', 'CmdOrCtrl+N'),
        item('open', 'open', 'CmdOrCtrl+O'),
        {
          id: 'open-recent',
          label: formatDesktop('open-recent'),
          enabled: present.length > 0,
          submenu: present.map(({ name, path }) => ({
            // A single & would mark a mnemonic.
            label: name.replaceAll('&', '&&'),
            toolTip: path,
            click: () => openFile(path),
          })),
        },
        { type: 'separator' },
        item('save', 'save', 'CmdOrCtrl+S'),
        item('save-as', 'save-as', 'CmdOrCtrl+Shift+S'),
        { type: 'separator' },
        item('export', 'export', 'CmdOrCtrl+E'),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit', label: formatDesktop('quit') },
      ],
    },
    {
      label: formatDesktop('edit'),
      submenu: [
        item('undo', 'undo', 'CmdOrCtrl+Z'),
        item('redo', 'redo', mac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
        { type: 'separator' },
        { role: 'cut', label: formatDesktop('cut') },
        { role: 'copy', label: formatDesktop('copy') },
        { role: 'paste', label: formatDesktop('paste') },
        { role: 'selectAll', label: formatDesktop('select-all') },
      ],
    },
    {
      label: formatDesktop('view'),
      submenu: [
        { role: 'resetZoom', label: formatDesktop('actual-size') },
        { role: 'zoomIn', label: formatDesktop('zoom-in') },
        { role: 'zoomOut', label: formatDesktop('zoom-out') },
        { type: 'separator' },
        { role: 'togglefullscreen', label: formatDesktop('full-screen') },
        ...(developerTools
          ? [{ role: 'toggleDevTools' as const, label: formatDesktop('developer-tools') }]
          : []),
      ],
    },
    {
      label: formatDesktop('run'),
      submenu: [item('train', 'train', 'CmdOrCtrl+Enter'), item('stop', 'stop', 'CmdOrCtrl+.')],
    },
    {
      role: 'help',
      label: formatDesktop('help'),
      submenu: [{ role: 'about', label: formatDesktop('about') }],
    },
  ];
}
