// Runs Azurite for as long as the process that started it lives.
//
//   node azurite-child.js PATH_OF_AZURITE_JS --location FOLDER [Azurite's own options]
//
// The parent holds the other end of standard input and never writes to it. When that end closes, because the parent closed
// it or because it was killed, Azurite saves and stops. No signal could say so: nothing is sent for a parent that died of
// SIGKILL.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');

const inUse = 3;
const patience = 15_000;

const entry = process.argv[2];
const folder = process.argv[process.argv.indexOf('--location') + 1];
process.argv.splice(1, 2, entry);

// With the parent gone nobody reads what is printed; a broken pipe must not end Azurite before it has saved.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// Ctrl+C in a terminal reaches every process of the group. The parent ends first, and its work still needs storage.
const once = process.once;
process.once = (event, listener) => (event === 'SIGINT' ? process : once.call(process, event, listener));
process.on('SIGINT', () => {});

// Two Azurites on one folder destroy it. The one of a run that was just killed may still be saving, so wait for it. A socket
// is the lock: unlike a file with a process id in it, it cannot outlive its owner. The path is relative, since the system
// allows about a hundred characters.
process.chdir(folder);
const lock = process.platform === 'win32'
  ? '\\\\.\\pipe\\bscflow-azurite-' + crypto.createHash('sha256').update(process.cwd().toLowerCase()).digest('hex')
  : 'azurite.sock';
const deadline = Date.now() + patience;

function claim() {
  const server = net.createServer(socket => socket.destroy());
  server.once('error', error => (error.code === 'EADDRINUSE' ? look() : start()));
  server.listen(lock, () => {
    process.once('exit', () => fs.rmSync(lock, { force: true }));
    start();
  });
  server.unref();
}

function look() {
  const socket = net.connect(lock);
  socket.once('connect', () => {
    socket.destroy();
    if (Date.now() > deadline) {
      console.error('another process uses this folder');
      process.exit(inUse);
    }
    setTimeout(claim, 50);
  });
  socket.once('error', error => {
    if (error.code === 'ECONNREFUSED') {
      fs.rmSync(lock, { force: true });
    }
    claim();
  });
}

function start() {
  require(entry);
}

function stop() {
  setTimeout(() => process.exit(1), patience).unref();
  const ready = setInterval(() => {
    // Azurite listens for this once it has started.
    if (process.listenerCount('message') > 0) {
      clearInterval(ready);
      process.emit('message', 'shutdown');
    }
  }, 20);
}

process.stdin.once('close', stop);
process.stdin.resume();
process.stdin.unref?.();
claim();
