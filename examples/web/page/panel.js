// The controls as they are seen: what there is to choose, what is set, what is wrong.

import { APART } from './strings.js';

const SLEEPS = [0, 15, 30, 45, 60, 90]; // minutes
const MANY = 5; // strings, beside which frequencies have no room
const CROWD = 16; // strings, beside which names have none
const BLACK = /#/;
const [LONG, START, END] = [300, 200, 80]; // letters of a sentence that is too long, and of what is shown of it

/** What a slider says of its value. */
const SAYS = {
  cycle: (value) => `${value.toFixed(1)} s`,
  jawari: (value) => (value === 0 ? 'plain' : `${Math.round(100 * value)} %`),
  cents: (value) => `${value > 0 ? '+' : ''}${Math.round(10 * value) / 10} cents`,
  gain: (value) => `${value > 0 ? '+' : ''}${Math.round(value)} dB`,
};

export const at = (id) => document.getElementById(id);
export const sliders = [...document.querySelectorAll('[data-param]')];

/** Puts up what there is to choose. */
export function offer({ tonics, firsts, models }) {
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
  const string = (name) => ({ word, help }) => choice(name, word, spelt(word), help);
  at('firsts').append(...firsts.map(string('first')));
  at('seconds').append(choice('second', '', 'None'), ...firsts.slice(0, 3).map(string('second')));
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

/** A swara as people say it. */
function spelt(word) {
  return word.replace(/^k(?=[A-Z])/, 'komal ').replace(/^t(?=[A-Z])/, 'tivra ');
}

/** Shows what is set. */
export function show(state) {
  at('sa').textContent = `${state.tonic} = ${state.sa_hz.toFixed(2)} Hz`;
  choose('tonic-key', state.key);
  choose('first', state.first);
  choose('second', state.second);
  choose('model', state.model);
  write('tonic', state.tonic);
  write('pattern', state.pattern);
  sliders.forEach((slider) => slide(slider, state[slider.dataset.param]));
  const columns = [];
  const names = state.strings.map(({ name, hz, tanpura }, n) => {
    const item = Object.assign(document.createElement('li'), { textContent: name });
    item.append(Object.assign(document.createElement('small'), { textContent: `${hz.toFixed(1)} Hz` }));
    if (n && tanpura !== state.strings[n - 1].tanpura) columns.push(`${APART}fr`);
    item.style.gridColumn = columns.push('1fr');
    return item;
  });
  at('names').style.gridTemplateColumns = columns.join(' ');
  at('names').replaceChildren(...names);
  at('names').classList.toggle('many', names.length > MANY);
  at('names').classList.toggle('unseen', names.length > CROWD);
}

/** Marks one of several choices, or none of them. */
export function choose(name, value) {
  document.getElementsByName(name).forEach((input) => (input.checked = input.value === value));
}

function write(id, text) {
  at(id).value = text;
  wrong(id, '');
}

/** Says under a field what is wrong with what was typed. */
export function wrong(id, sentence) {
  at(`${id}-wrong`).textContent = brief(sentence);
  at(id).setAttribute('aria-invalid', String(Boolean(sentence)));
}

/** Says under the strings what is wrong. */
export function complain(sentence) {
  at('message').textContent = brief(sentence);
}

/** Who types or links without end need not read all of it again. */
function brief(sentence) {
  return sentence.length <= LONG ? sentence : `${sentence.slice(0, START)} … ${sentence.slice(-END)}`;
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
