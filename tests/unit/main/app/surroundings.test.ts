import { delimiter, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEngineNode } from '#main/app/engineNode.ts';
import { dataDirIn, graphFilesIn } from '#main/app/openRequests.ts';
import { isPageUrl } from '#main/app/origin.ts';
import { placeWindow } from '#main/app/windowState.ts';
import { isAllowedLink } from '#main/services/hostServices.ts';

describe('the command line of the desktop', () => {
  it('names graph files, among options and other words', () => {
    const argv = [
      'electron',
      'main.cjs',
      '--flag',
      '-x.neuroloom.json',
      'a.neuroloom.json',
      '/b/c.neuroloom.json',
      'd.json',
    ];
    expect(graphFilesIn(argv, '/work')).toEqual([
      resolve('/work', 'a.neuroloom.json'),
      '/b/c.neuroloom.json',
    ]);
    expect(graphFilesIn(['a.neuroloom.json'], '/work')).toEqual([]);
  });

  it('may name the data folder, either way', () => {
    expect(dataDirIn(['electron', '--data-dir=/a b'])).toBe('/a b');
    expect(dataDirIn(['electron', '--data-dir', '/c', 'x'])).toBe('/c');
    expect(dataDirIn(['electron', '.'])).toBeUndefined();
  });
});

describe('the Node of the engine', () => {
  const options = {
    packaged: false,
    resourcesPath: '/app/resources',
    platform: 'linux' as const,
    environment: {},
  };

  it('comes with a packaged app, whatever the surroundings say', () => {
    const bundled = join('/app/resources', 'node', 'bin', 'node');
    const packaged = { ...options, packaged: true, environment: { NEUROLOOM_NODE: '/evil', PATH: '/evil' } };
    expect(findEngineNode(packaged, (path) => path === bundled)).toBe(bundled);
    expect(findEngineNode(packaged, (path) => path.startsWith('/evil'))).toBeNull();
    const windows = join('/app/resources', 'node', 'node.exe');
    expect(findEngineNode({ ...packaged, platform: 'win32' }, (path) => path === windows)).toBe(windows);
  });

  it('is the one named in a checkout, else the first on the path', () => {
    const environment = { NEUROLOOM_NODE: '/named', PATH: ['', '/one', '/two'].join(delimiter) };
    expect(findEngineNode({ ...options, environment }, () => true)).toBe('/named');
    expect(findEngineNode({ ...options, environment }, (path) => path === join('/two', 'node'))).toBe(
      join('/two', 'node'),
    );
    expect(findEngineNode(options, () => true)).toBeNull();
  });
});

describe('the place of the window', () => {
  const screen = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const state = { width: 1000, height: 700, maximized: false };

  it('is the last one while a screen shows it', () => {
    expect(placeWindow(null, screen)).toEqual({ width: 1440, height: 900 });
    expect(placeWindow({ ...state, x: 100, y: 50 }, screen)).toEqual({
      width: 1000,
      height: 700,
      x: 100,
      y: 50,
    });
    for (const [x, y] of [
      [2500, 50],
      [-990, 50],
      [100, -20],
      [100, 1070],
    ]) {
      expect(placeWindow({ ...state, x, y }, screen)).toEqual({ width: 1000, height: 700 });
    }
    const second = [...screen, { x: 1920, y: 0, width: 1920, height: 1080 }];
    expect(placeWindow({ ...state, x: 2500, y: 50 }, second)).toMatchObject({ x: 2500 });
  });
});

describe('addresses', () => {
  it('of the page are told from look-alikes', () => {
    expect(['app://neuroloom/', 'app://neuroloom/a?b#c'].map(isPageUrl)).toEqual([true, true]);
    for (const url of [
      'app://neuroloom.evil/',
      'app://evil/neuroloom',
      'https://neuroloom/',
      'app:neuroloom',
      'app://u@neuroloom/',
      'app://neuroloom:1/',
      '',
    ]) {
      expect([url, isPageUrl(url)]).toEqual([url, false]);
    }
  });

  it('outside are opened by host, over https alone', () => {
    expect(isAllowedLink('https://www.tensorflow.org/api_docs')).toBe(true);
    for (const url of [
      'http://github.com/',
      'https://github.com@evil.example/',
      'https://evil.example/github.com',
      'https://github.com.evil.example',
      'javascript:alert(1)',
      'github.com',
    ]) {
      expect([url, isAllowedLink(url)]).toEqual([url, false]);
    }
  });
});
