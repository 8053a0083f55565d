'use strict';
// Magnesia for Node.js. The work is done by magnesia.node, beside this file; the environment's MAGNESIA_ADDON names another one.
const path = require('node:path');

module.exports = require('./api')(require(path.resolve(process.env.MAGNESIA_ADDON || path.join(__dirname, 'magnesia.node'))));
