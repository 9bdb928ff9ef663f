/** Session id of the calls that `doctor` sends through the hooks; counts and heartbeats leave it out. */
export const CANARY_SESSION = 'postern-canary';
