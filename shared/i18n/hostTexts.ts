/** Texts of the host processes (ICU messages): failed calls, native menu, local server. */
export const hostTexts = {
  failures: {
    'invalid-input': 'The request “{method}” was not understood: {detail}. Reload the window and try again.',
    'invalid-output':
      'The answer to “{method}” was malformed: {detail}. Please report this with the steps that led here.',
    'unknown-method':
      'This host does not know “{method}”. Reload the window so that both are the same version.',
    internal:
      'Something went wrong in “{method}”: {detail}. Your work is still in the window; save it and try again.',
    'not-found': '“{path}” does not exist. It may have been moved or deleted; choose another file.',
    'folder-not-found':
      'The folder “{path}” does not exist any more. Save to another folder, or make it again.',
    'no-permission':
      '“{path}” may not be accessed: permission denied. Choose another folder, or change its permissions.',
    'read-only': '“{path}” is on a read-only disk. Save to another folder.',
    'read-only-folder':
      'The folder “{path}” is read-only. Save to another folder, or change its permissions.',
    'write-protected': '“{path}” is write-protected. Save under another name, or change its permissions.',
    'disk-full':
      'The disk that holds “{path}” is full. Free some space or save to another disk; the file there is unchanged.',
    'is-a-folder': '“{path}” is a folder. Choose a file name in it.',
    'not-a-folder': '“{path}” is not a folder. Choose a folder.',
    'not-a-file': '“{path}” is not an ordinary file. Choose a graph file.',
    exists: '“{path}” already exists. Choose another name, or confirm that it may be replaced.',
    'name-too-long': 'The name “{path}” is too long for this disk. Choose a shorter one.',
    'invalid-path': '“{path}” is not a valid path. Choose another name.',
    'outside-root':
      '“{path}” lies outside “{root}”, the folder that this window may use. Choose a place inside it.',
    'not-chosen': '“{path}” was not chosen in a dialog. Open or save it with the File menu.',
    'file-busy': '“{path}” is in use by another program. Close it there and try again.',
    'too-many-open-files':
      '“{path}” could not be opened: too many files are open. Close other programs and try again.',
    'too-large':
      '“{path}” has {bytes, number} bytes, more than the {limit, number} that a graph file may have. Choose another file.',
    'block-library-full':
      'The library of blocks, “{path}”, is full. Remove blocks from it that you do not need.',
    'not-text': '“{path}” is not UTF-8 text. Choose a graph file (.neuroloom.json).',
    'changed-on-disk':
      '“{path}” was changed by another program since it was opened. Save under another name, or confirm that it may be replaced.',
    'write-incomplete':
      '“{path}” could not be written completely. The file there is unchanged; save to another disk.',
    'input-output': '“{path}” could not be used: {detail}. Try again, or choose another place.',
    'no-dialogs': 'This host shows no dialogs of its own. Use the file browser in the window.',
    'url-refused': '“{url}” is not a link that the app opens.',
    'wrong-sender': 'A message from a page that is not part of the app was refused.',
    'node-missing':
      'The Node program that the engine runs in is missing. Install the app again, or name one with NEUROLOOM_NODE.',
    'engine-missing': 'The engine program “{path}” is missing. Build it with “npm run setup”, then restart.',
    'engine-failed': 'The engine could not do this: {detail}',
    'run-in-progress':
      'The run “{runId}” is still training, here or in another Neuroloom. Stop it there first.',
    'run-not-found': 'The run “{runId}” does not exist any more. Choose another run.',
    'port-in-use':
      'Port {port} on {host} is in use by another program. Choose another with --port, or leave it out for a free one.',
    'port-denied':
      'Port {port} on {host} may not be opened: permission denied. Choose one above 1023 with --port.',
    'address-unknown':
      '“{host}” is not an address of this machine. Choose another with --host, or leave it out for 127.0.0.1.',
    'listen-failed': 'The server could not start on {host}, port {port}: {detail}.',
    'token-too-weak':
      'The token must be at least 22 letters, digits, “-” or “_” (128 bits). Leave --token out to have one made.',
    'page-missing':
      'The page is not built: “{path}” is missing. Build it with “npm run setup”, then restart.',
    'root-missing': 'The files folder “{path}” does not exist or is not a folder. Choose another.',
    'runtime-task-running':
      'Another task with the engines is going on, here or in another Neuroloom. Wait for its end, or cancel it there.',
    'runtime-task-cancelled': 'The task was cancelled. What was downloaded so far is kept for the next try.',
    'pack-not-offered':
      'There is no ready-made pack {id} for {platform}. Import one from a file, or choose another engine.',
    'pack-not-installed': 'The pack {id} is not installed. Install it first.',
    'pack-in-use': 'The engine in use is made of the pack {id}. Choose another engine first.',
    'pack-of-the-program':
      'The pack {id} came with the program and lies in {path}. Only packs that were installed later can be removed.',
    'pack-not-built': 'The pack {id} could not be built.{detail, select, none {} other { {detail}}}',
    'pack-without-manifest':
      'This is no runtime pack: it has no manifest that can be read, or not the parts of a pack. Choose another file.',
    'pack-of-another-kind': 'This is the pack {found}; {wanted} was expected. Choose another file.',
    'pack-of-another-platform':
      'The pack {id} is for {found}; this machine is {wanted}. Choose another file.',
    'pack-of-another-version':
      'The pack {id} holds version {found}; this program works with {wanted}. Choose another file, or update the program.',
    'pack-damaged':
      'The pack {id} is damaged: {file} is not what its manifest says. Nothing was changed; install it again.',
    'pack-trial-failed':
      'The pack {id} does not work on this machine: its trial {how, select, unstarted {could not be started} signal {was ended by {what}} other {ended with code {what}}}{detail, select, none {} other {: {detail}}}. The engine in use was left as it is.',
    'pack-outdated':
      'The pack {id} is of another version of Neuroloom: it lacks the operation {operation}. Take the pack that belongs to this version. The engine in use was left as it is.',
    'cuda-no-card':
      'No NVIDIA card with a working driver was found, so TensorFlow for such cards would not run here. Install NVIDIA’s driver first.',
    'download-refused':
      'The server answered {url} with {status}. Try again later, or import the pack from a file.',
    'download-broken':
      'The download of {url} broke off{detail, select, none {} other { ({detail})}}. Check the network and try again: it goes on where it was.',
    'download-stalled':
      'The download of {file} stood still for {seconds} seconds. Check the network and try again: it goes on where it was.',
    'download-changed':
      'What {url} serves is not the file that this version expects (size or SHA-256 differ); it was deleted. Try again later, or update the program.',
    'disk-space':
      'The disk of “{path}” has {free, number} MB free; {needed, number} MB are needed. Free some space and try again.',
    'archive-unknown': '“{path}” is neither a .tar.gz nor a .zip archive. Choose the file of a runtime pack.',
    'archive-refused':
      'The archive is refused: {why}. Nothing was installed; get the file again from where it is made.',
    'data-not-allowed':
      'This run was trained with “{path}”, which nobody picked in this Neuroloom. Pick it in the data node first.',
    cancelled: 'The look at the data was cancelled. Choose it again to look once more.',
    'data-dir-unusable': 'The data folder “{path}” cannot be used: {detail}. Choose another with --data-dir.',
  },
  server: {
    ready: 'Open this address in a browser. It is valid until Neuroloom ends (Ctrl+C).',
    unauthorised:
      'Open the link with “?token=…” that Neuroloom printed when it started. It is valid until Neuroloom is restarted.',
    'wrong-token':
      'This link is not valid (any more). Open the one that Neuroloom printed when it last started.',
    'wrong-host': 'This address is not served here. Use the one that Neuroloom printed.',
    'wrong-origin': 'Requests from other sites are refused.',
    'not-found': 'Nothing is here.',
    'method-not-allowed': 'This method is not allowed here.',
    title: 'Neuroloom',
  },
  desktop: {
    file: 'File',
    new: 'New',
    open: 'Open…',
    'open-recent': 'Open Recent',
    save: 'Save',
    'save-as': 'Save As…',
    export: 'Export Model…',
    quit: 'Quit',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    'select-all': 'Select All',
    view: 'View',
    'actual-size': 'Actual Size',
    'zoom-in': 'Zoom In',
    'zoom-out': 'Zoom Out',
    'full-screen': 'Full Screen',
    'developer-tools': 'Developer Tools',
    run: 'Run',
    train: 'Train',
    stop: 'Stop',
    help: 'Help',
    about: 'About Neuroloom',
    'graph-files': 'Neuroloom graphs',
    'pack-files': 'Runtime packs',
    'data-files': 'Tables',
    'all-files': 'All files',
    'export-title': 'Export Model',
    'unsaved-message': 'There are unsaved changes.',
    'unsaved-detail': 'If you close the window now, they are lost.',
    'close-anyway': 'Close Without Saving',
    cancel: 'Cancel',
    'window-crashed': 'The window stopped working.',
    'window-crashed-detail':
      'Your work was copied a moment ago and will be offered again. Training goes on in the background. ({reason})',
    reload: 'Reload',
    'window-hung': 'The window does not answer.',
    'window-hung-detail':
      'You can wait, or reload it. Your work was copied a moment ago and will be offered again.',
    wait: 'Wait',
    'start-failed': 'Neuroloom could not start.',
  },
} as const;
