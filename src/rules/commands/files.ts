import type { Row, Target, View, Zone } from './row.ts';

const fatal: readonly Zone[] = ['root', 'system', 'home', 'above', 'git', 'device'];
const lasting: readonly Zone[] = [...fatal, 'in-home', 'inside', 'outside', 'unknown'];
const valuable = /\.(db|sqlite3?|mdb|rdb|dump|tfstate|kdbx|p12|pfx|jks|keystore)$|(^|\/)(\.ssh|\.gnupg|\.aws|\.kube|\.docker|\.password-store)(\/|$)|(^|\/)(\.env|\.netrc|\.pgpass|id_(rsa|ed25519|ecdsa|dsa))$/i;
const deleters = ['rm', 'grm', 'srm', 'rimraf', 'trash', 'del-cli', 'unlink', 'shred'];

function inZones(view: View, zones: readonly Zone[]): readonly Target[] {
  return view.targets.filter((target) => zones.includes(target.zone));
}

function isRecursive(view: View): boolean {
  return view.program === 'rimraf' || view.has('-r', '-R', '--recursive');
}

/** Rows about deleting and overwriting files and disks. */
export const files: readonly Row[] = [
  {
    id: 'rm-fatal', program: deleters, effect: 'deny', severity: 'critical',
    when: (view) => (isRecursive(view) ? inZones(view, fatal) : inZones(view, fatal).filter((target) => view.place === 'here' || target.glob)),
    why: 'deletes a system, home, repository or parent folder, or files in it.', instead: 'Delete only what a build made: `rm -rf ./dist`.',
    hits: ['rm -rf /', 'rm -rf ~', 'rm -fr .', 'rm -rf "$HOME"/', 'rm --recursive --force /usr', 'rm -rf .git', 'rm -rf ../..', 'rm -rf /*', 'rm -rf "$PWD"', 'rm -rf /etc', 'sudo rm -rf /var/lib'],
    misses: ['rm -rf dist', 'rm -rf /tmp/build-1', 'echo rm -rf /', 'rm -rf ./node_modules', 'rm -rf ~/.cache/pip'],
  },
];
