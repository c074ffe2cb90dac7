// The folder dist as any static server has it, and a browser in front of it.
import { chromium } from 'playwright-core';
import fs from 'node:fs/promises';
import http from 'node:http';

const DIST = new URL('../dist/', import.meta.url);
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', png: 'image/png' };

/** Serves dist on a free port, without the type of WebAssembly, which plain servers may not know; and the one file of tests/ that a page needs. */
export async function serve() {
  const server = http.createServer(async ({ url }, response) => {
    const path = new URL(url, 'http://x').pathname.slice(1) || 'index.html';
    try {
      const body = await fs.readFile(path === 'stall.js' ? new URL(path, import.meta.url) : new URL(path, DIST));
      response.writeHead(200, { 'content-type': TYPES[path.split('.').pop()] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const stop = () => new Promise((closed) => (server.close(closed), server.closeAllConnections()));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

export const browse = (...args) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...args] });

/** Opens the page ready to be tapped; what asks elsewhere and what goes wrong is kept. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  const wrongs = [];
  page.on('request', (request) => new URL(request.url()).origin === new URL(url).origin || wrongs.push(`asks ${request.url()}`));
  page.on('pageerror', (error) => wrongs.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && wrongs.push(message.text()));
  await page.addInitScript(tap);
  await page.goto(url);
  await ready(page);
  return { context, page, wrongs };
}

export const ready = (page) => page.waitForSelector('html[data-ready] #play:not(:disabled)');

/** Runs in the page: what goes to the loudspeaker goes into window.heard too; what keys of a headset do is in window.mediaKeys. */
function tap() {
  window.heard = [];
  window.mediaKeys = {};
  const handle = MediaSession.prototype.setActionHandler;
  MediaSession.prototype.setActionHandler = function (action, handler) {
    window.mediaKeys[action] = handler;
    return handle.call(this, action, handler);
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode && to.context instanceof AudioContext) {
      window.audio = to.context;
      const ear = to.context.createScriptProcessor(4096, 2, 1);
      ear.onaudioprocess = ({ inputBuffer }) => window.heard.push(inputBuffer.getChannelData(0).slice());
      connect.call(this, ear);
      connect.call(ear, to);
    }
    return connect.call(this, to, ...more);
  };
}

/** What is heard during `seconds` from now, the left side. */
export async function hear(page, seconds) {
  const numbers = await page.evaluate(async (seconds) => {
    window.heard = [];
    const frames = () => window.heard.reduce((sum, block) => sum + block.length, 0);
    while (frames() < seconds * window.audio.sampleRate) await new Promise((later) => setTimeout(later, 50));
    const bytes = new Uint8Array(await new Blob(window.heard).arrayBuffer());
    let text = '';
    for (let n = 0; n < bytes.length; n += 32768) text += String.fromCharCode(...bytes.subarray(n, n + 32768));
    return btoa(text);
  }, seconds);
  const bytes = Buffer.from(numbers, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
