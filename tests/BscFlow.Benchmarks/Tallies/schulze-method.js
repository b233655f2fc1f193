// Counts a table with the npm package schulze-method: node schulze-method.js FILE
const fs = require('fs');
const schulze = require(require.resolve('schulze-method', { paths: [process.cwd()] }));

const lines = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
const names = lines[0].split(',');
const ballots = lines.slice(1).map((line) => line.split(',').map(Number));
console.log(schulze.run(names.length, ballots).map((place) => place.indexes.map((i) => names[i]).join(' = ')).join(' > '));
