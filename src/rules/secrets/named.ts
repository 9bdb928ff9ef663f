import type { Provider } from './catalogue.ts';

/**
 * The first three letters of the words by which each provider's rows know a name: only a provider that may know it is
 * made. A test holds it equal to the rows.
 */
export const NAME_HEADS: Readonly<Record<Provider, string>> = {
  azure: 'azu azd vst sys ado cog ocp',
  google: 'rec',
  cloud: 'lin vul hcl het her rai ver now clo cfa cft cfw ali acc ten ibm wat ica scw sca ovh exo fas b2a b2k bac',
  github: '',
  forges: 'git for cod ght',
  registries: 'aut npm nod hex clo gem fur ana cho',
  payments: 'bra btp pay ady pla raz cha bin inf alc coi',
  messaging: 'dis twi von nex pus abl mat zul fac fba met ins wha con xap zoo lin int',
  mail: 'mai mga man pos mja spa hub con bra ite cus cio smt ses ema',
  ai: 'lit ope moo das dee ele xia coh coa mis tog ass wan pin exa sam vap lum fal ser bra zhi glm zai bas',
  databases: 'air alg ela ups kvr con mei typ',
  monitoring: 'dat dda sen pag pda pdt hon rol bug spl hec ops mix amp seg log bet mez app sum ins fla',
  ci: 'cir bui tra cod cov son sny jen vau bws con nom per bro sau cyp rec',
  identity: 'okt ssw aut duo ngr sal sfd key kca jum app alt not gma goo smt mai ema cli',
  saas: 'con san gho zen fre dro sho vir vta abu ste spo str rob ope wea owm ipi ips lok cro max geo tod pip eth pol bsc arb pri dep wal mne see rec',
  keys: 'pri pre wgk wir nat nke see app rai fer dot cli',
  aws: 'sec aws ses',
  leads: '',
  infrastructure: 'unl upt inf exp',
  products: '',
};
