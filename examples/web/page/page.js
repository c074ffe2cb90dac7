// The page: what a hand does becomes words for the library, and what the library answers is shown.

import { at, choose, complain, offer, show, sliders, wrong } from './panel.js';
import { Sound } from './sound.js';
import { Strings } from './strings.js';
import { Words } from './words.js';

const KEPT = 'tanpura'; // what was set last, in localStorage
const SHARE = at('share').textContent;
const COPIED_MS = 2000; // how long the button says so

const strings = new Strings(at('strings'));
const sound = new Sound(hear);
let words; // of the library, once it is there
let state; // what is set
let lasting = ''; // what is wrong whatever is set
let copied; // when the button says again what it does
await begin().catch((error) => complain((lasting = error.message)));
// Not allowed everywhere; then the page needs a network.
navigator.serviceWorker?.register('sw.js').catch(() => {});

async function begin() {
  const module = await fetched('tanpura.wasm');
  words = await Words.load(module).catch(() => {
    throw new Error('This browser cannot run the sound; any since March 2023 can.');
  });
  state = restored();
  offer(words.vocabulary());
  showAll();
  listen();
  const where = isSecureContext ? '' : ' Browsers want an address with https, or localhost.';
  await sound.load(module, state.words).catch((error) => {
    throw new Error(`There is no sound here: ${error.message.replace(/\.$/, '')}.${where}`);
  });
  sound.failed = () => complain((lasting = 'The sound has stopped by itself. Reload the page.'));
  at('play').disabled = false;
}

async function fetched(file) {
  const response = await fetch(file).catch(() => undefined);
  if (!response?.ok) throw new Error('A part of the page did not arrive. Reload it where there is a network.');
  return response.arrayBuffer();
}

/** What a link carries, or what was set last. A link that is wrong says so, and leaves what was. */
function restored() {
  const kept = keep() ?? '';
  const before = attempt(kept) ?? words.change('');
  const link = linked();
  if (link === undefined) return before;
  words.forget();
  const carried = attempt(link, refuseLink);
  return carried ?? attempt(kept) ?? words.change('');
}

/** What was set last; with words, these are from now on. A browser that forbids it, or has no room, keeps nothing. */
function keep(said) {
  try {
    if (said !== undefined) localStorage.setItem(KEPT, said);
    return localStorage.getItem(KEPT);
  } catch {
    return undefined;
  }
}

function linked() {
  if (location.hash.length < 2) return undefined;
  let said = location.hash.slice(1);
  try {
    said = decodeURIComponent(said);
  } catch {
    // A lone % is for the library to refuse.
  }
  history.replaceState(null, '', location.pathname + location.search);
  return said;
}

function attempt(said, refuse = () => {}) {
  try {
    return words.change(said);
  } catch (error) {
    refuse(error.message);
    return undefined;
  }
}

/** Another drone altogether, from a link. */
function carriedOut(link) {
  words.forget();
  if (!change(link, refuseLink)) attempt(state.words);
}

function refuseLink(sentence) {
  complain(`In the link: ${sentence}`);
}

/** Says words to the library, and lets them be heard and seen. */
function change(said, refuse = complain) {
  const changed = attempt(said, refuse);
  if (!changed) return false;
  complain(lasting);
  state = changed;
  keep(state.words);
  sound.set(state.words);
  showAll();
  return true;
}

function showAll() {
  show(state);
  strings.show(state.strings);
}

function toggle() {
  if (at('play').disabled) return;
  if (sound.playing) sound.pause();
  else sound.play().catch((error) => complain(`There is no sound here: ${error.message}.`));
  showPlaying();
}

function showPlaying() {
  at('play').setAttribute('aria-pressed', String(sound.playing));
  if (!navigator.mediaSession) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title: `${state.tonic}, ${state.pattern}`, artist: 'Tanpura' });
  navigator.mediaSession.playbackState = sound.playing ? 'playing' : 'paused';
}

function hear({ motions, sleepLeft }) {
  strings.move(motions);
  const minutes = Math.ceil(sleepLeft / 60);
  at('sleep-says').textContent = sleepLeft ? `Silent in ${minutes} min, softer over the last fifth.` : '';
  if (at('play').getAttribute('aria-pressed') !== String(sound.playing)) {
    showPlaying();
    choose('sleep', '0');
  }
}

async function share() {
  const said = encodeURIComponent(state.words).replaceAll('%3B', ';').replaceAll('%3D', '=').replaceAll('%2C', ',');
  const url = `${location.origin}${location.pathname}#${said}`;
  const isCopied = await navigator.clipboard.writeText(url).then(() => true, () => false);
  if (!isCopied) history.replaceState(null, '', url); // where links stand; this is none that was followed
  at('share').textContent = at('told').textContent = isCopied ? 'Copied' : 'It is in the address bar';
  clearTimeout(copied);
  copied = setTimeout(() => {
    at('share').textContent = SHARE;
    at('told').textContent = '';
  }, COPIED_MS);
}

function listen() {
  addEventListener('hashchange', () => {
    const link = linked();
    if (link !== undefined) carriedOut(link);
  });
  at('play').addEventListener('click', toggle);
  at('share').addEventListener('click', share);
  at('forget').addEventListener('click', () => carriedOut(''));
  at('controls').addEventListener('submit', (event) => event.preventDefault());

  document.addEventListener('change', ({ target }) => {
    const said = {
      'tonic-key': () => change(`tonic ${target.value}`),
      first: () => change(`pattern ${target.value}`),
      second: () => change(target.value ? `with none; with pattern=${target.value}` : 'with none'),
      model: () => change(`model ${target.value}`),
      sleep: () => sound.sleep(60 * Number(target.value)),
    };
    said[target.name]?.();
  });

  for (const id of ['tonic', 'pattern']) {
    at(id).addEventListener('change', () => change(`${id} ${at(id).value}`, (sentence) => wrong(id, sentence)));
    at(id).addEventListener('keydown', (event) => event.key === 'Enter' && at(id).blur());
  }

  for (const slider of sliders) {
    slider.addEventListener('input', () => change(`${slider.dataset.param} ${slider.value}`));
  }

  document.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || event.target.closest('input, button')) return;
    event.preventDefault();
    if (!event.repeat) toggle();
  });

  // Keys of a headset mean what they say, whatever is the case.
  navigator.mediaSession?.setActionHandler('play', () => sound.playing || toggle());
  navigator.mediaSession?.setActionHandler('pause', () => sound.playing && toggle());

  // What has the focus is not to lie under the strings, which stay where they are.
  new ResizeObserver(([{ target }]) => {
    document.documentElement.style.setProperty('--stuck', `${target.offsetHeight}px`);
  }).observe(document.querySelector('.instrument'));
}

document.documentElement.dataset.ready = '';
