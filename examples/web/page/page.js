// The page: what a hand does becomes words for the library, and what the library answers is shown.

import { Words } from './words.js';
import { Sound } from './sound.js';
import { Strings } from './strings.js';

const KEPT = 'tanpura'; // what was set last, in localStorage
const SLEEPS = [0, 15, 30, 45, 60, 90]; // minutes
const MANY = 5; // strings, beside which frequencies have no room
const BLACK = /#/;

const at = (id) => document.getElementById(id);
const sliders = [...document.querySelectorAll('[data-param]')];

/** What a slider says of its value. */
const SAYS = {
  cycle: (value) => `${value.toFixed(1)} s`,
  jawari: (value) => (value === 0 ? 'plain' : `${Math.round(100 * value)} %`),
  cents: (value) => `${value > 0 ? '+' : ''}${Math.round(10 * value) / 10} cents`,
  gain: (value) => `${value > 0 ? '+' : ''}${Math.round(value)} dB`,
};

const strings = new Strings(at('strings'));
const sound = new Sound(hear);
const module = await (await fetch('tanpura.wasm')).arrayBuffer();
const words = await Words.load(module);
let state = restored();

offer(words.vocabulary());
show();
addEventListener('hashchange', () => carriedOut(linked() ?? ''));
await sound.load(module, state.words).then(ready, (error) => complain(`There is no sound here: ${error.message}`));
if (navigator.serviceWorker) navigator.serviceWorker.register('sw.js');

/** What a link carries, or what was set last. A link that is wrong says so, and leaves what was. */
function restored() {
  const kept = localStorage.getItem(KEPT) ?? '';
  const before = attempt(kept) ?? words.change('');
  const link = linked();
  if (link === undefined) return before;
  words.forget();
  const carried = attempt(link, complain);
  return carried ?? attempt(kept) ?? words.change('');
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

function attempt(said, wrong = () => {}) {
  try {
    return words.change(said);
  } catch (error) {
    wrong(error.message);
    return undefined;
  }
}

/** Another drone altogether, from a link. */
function carriedOut(link) {
  words.forget();
  if (!change(link)) attempt(state.words);
}

/** Says words to the library, and lets them be heard and seen. */
function change(said, wrong = complain) {
  const changed = attempt(said, wrong);
  if (!changed) return false;
  complain('');
  state = changed;
  localStorage.setItem(KEPT, state.words);
  sound.set(state.words);
  show();
  return true;
}

function complain(sentence) {
  at('message').textContent = sentence;
}

function offer({ tonics, firsts, models }) {
  let white = 1;
  const key = ({ word, names }) => {
    const label = choice('tonic-key', word, word, names.join(', '));
    const black = BLACK.test(word);
    label.className = black ? 'black' : 'white';
    label.style.setProperty('--at', black ? white - 1 : white);
    white += black ? 0 : 2;
    return label;
  };
  at('keys').append(...tonics.map(key));
  const four = firsts.map(({ word, help }) => choice('first', word, word, help));
  at('firsts').append(...four);
  const second = firsts.slice(0, 3).map(({ word, help }) => choice('second', word, word, help));
  at('seconds').append(choice('second', '', 'None'), ...second);
  at('models').append(...models.map(({ word, help }) => choice('model', word, word[0].toUpperCase() + word.slice(1), help)));
  at('sleeps').append(...SLEEPS.map((minutes) => choice('sleep', minutes, minutes ? `${minutes} min` : 'Never')));
  at('sleeps').querySelector('input').checked = true;
}

function choice(name, value, says, help = '') {
  const label = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { type: 'radio', name, value });
  const span = Object.assign(document.createElement('span'), { textContent: says });
  if (help) label.title = help;
  label.append(input, span);
  return label;
}

function show() {
  at('sa').textContent = `${state.tonic} = ${state.sa_hz.toFixed(2)} Hz`;
  choose('tonic-key', state.key);
  choose('first', state.first);
  choose('second', state.second);
  choose('model', state.model);
  write('tonic', state.tonic);
  write('pattern', state.pattern);
  sliders.forEach((slider) => slide(slider, state[slider.dataset.param]));
  const names = state.strings.map(({ name, hz, tanpura }) => {
    const item = Object.assign(document.createElement('li'), { textContent: name, className: tanpura ? 'beside' : '' });
    item.append(Object.assign(document.createElement('small'), { textContent: `${hz.toFixed(1)} Hz` }));
    return item;
  });
  at('names').replaceChildren(...names);
  at('names').classList.toggle('many', names.length > MANY);
  strings.show(state.strings);
}

function choose(name, value) {
  document.getElementsByName(name).forEach((input) => (input.checked = input.value === value));
}

function write(id, text) {
  at(id).value = text;
  wrong(id, '');
}

function wrong(id, sentence) {
  at(`${id}-wrong`).textContent = sentence;
  at(id).setAttribute('aria-invalid', String(Boolean(sentence)));
}

/** Filled from its zero, where it has one inside, else from its left end. */
function slide(slider, value) {
  if (document.activeElement !== slider) slider.value = value;
  const says = SAYS[slider.dataset.param](value);
  at(`${slider.id}-says`).textContent = says;
  slider.setAttribute('aria-valuetext', says);
  const [low, high] = [Number(slider.min), Number(slider.max)];
  const part = (x) => `${Math.min(100, Math.max(0, (100 * (x - low)) / (high - low)))}%`;
  const zero = slider.id === 'cents' ? 0 : low;
  slider.style.setProperty('--from', part(Math.min(zero, value)));
  slider.style.setProperty('--to', part(Math.max(zero, value)));
}

function ready() {
  sound.failed = () => complain('The sound has stopped by itself. Reload the page.');
  at('play').disabled = false;
}

async function toggle() {
  if (sound.playing) sound.pause();
  else await sound.play();
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
  const label = at('share').textContent;
  try {
    await navigator.clipboard.writeText(url);
    at('share').textContent = 'Copied';
  } catch {
    location.hash = said; // then it stands where links stand
    at('share').textContent = 'It is in the address bar';
  }
  setTimeout(() => (at('share').textContent = label), 2000);
}

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
  toggle();
});

// Keys of a headset mean what they say, whatever is the case.
navigator.mediaSession?.setActionHandler('play', () => sound.playing || toggle());
navigator.mediaSession?.setActionHandler('pause', () => sound.playing && toggle());
document.documentElement.dataset.ready = '';
