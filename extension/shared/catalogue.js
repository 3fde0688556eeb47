/**
 * Filter lists that the settings page offers. They are data of other people, under their own licences: nothing of them
 * ships with Detick, and nothing is asked of these addresses until a person switches a list on.
 *
 * @typedef {object} Offered
 * @property {string} url where the list is fetched from
 * @property {string} name as its makers call it
 * @property {string} about key of the message that says what it is for
 * @property {string} home the makers' page about it
 * @property {string} licence
 */

import { publishedLists } from './published.js';

const EASYLIST = { home: 'https://easylist.to/', licence: 'GPL-3.0+, CC BY-SA 3.0+' };
const UBLOCK = { home: 'https://github.com/uBlockOrigin/uAssets', licence: 'GPL-3.0' };
const ADGUARD = { home: 'https://github.com/AdguardTeam/AdguardFilters', licence: 'GPL-3.0' };

/** Those of other people. @type {readonly Offered[]} */
const CATALOGUE = [
  { url: 'https://easylist.to/easylist/easyprivacy.txt', name: 'EasyPrivacy', about: 'aboutTrackers', ...EASYLIST },
  {
    url: 'https://ublockorigin.github.io/uAssets/filters/privacy.txt',
    name: 'uBlock filters – Privacy',
    about: 'aboutTrackersMore',
    ...UBLOCK,
  },
  {
    url: 'https://filters.adtidy.org/extension/ublock/filters/3.txt',
    name: 'AdGuard Tracking Protection',
    about: 'aboutTrackers',
    ...ADGUARD,
  },
  {
    url: 'https://filters.adtidy.org/extension/ublock/filters/17.txt',
    name: 'AdGuard URL Tracking',
    about: 'aboutLinks',
    ...ADGUARD,
  },
  { url: 'https://easylist.to/easylist/easylist.txt', name: 'EasyList', about: 'aboutAds', ...EASYLIST },
  {
    url: 'https://ublockorigin.github.io/uAssets/filters/filters.txt',
    name: 'uBlock filters',
    about: 'aboutAdsMore',
    ...UBLOCK,
  },
  {
    url: 'https://filters.adtidy.org/extension/ublock/filters/2_without_easylist.txt',
    name: 'AdGuard Base, without EasyList',
    about: 'aboutAdsMore',
    ...ADGUARD,
  },
  {
    url: 'https://pgl.yoyo.org/adservers/serverlist.php?hostformat=adblockplus&showintro=1&mimetype=plaintext',
    name: 'Peter Lowe’s list',
    about: 'aboutHosts',
    home: 'https://pgl.yoyo.org/adservers/',
    licence: 'McRae GPL',
  },
];

/** @returns {readonly Offered[]} all that is offered, our own newer lists first */
export function catalogue() {
  const ours = publishedLists();
  return ours ? [ours, ...CATALOGUE] : CATALOGUE;
}

/**
 * What the catalogue says about an address.
 *
 * @param {string} url
 */
export function offered(url) {
  return catalogue().find((list) => list.url === url);
}
