import type { Rule } from '../rule.ts';

/** What schemas and the validator itself find: these rules have no check of their own. */
export const schemaRules: readonly Rule[] = [
  { id: 'unknown-field', scope: 'schema', severity: 'error', title: 'Every field is one that the kind has', fix: 'correct the name of the field, or take it out' },
  { id: 'wrong-type', scope: 'schema', severity: 'error', title: 'Every value has the type of its field', fix: 'write a value of the expected type' },
  { id: 'missing-field', scope: 'schema', severity: 'error', title: 'Every required field is there', fix: 'add the field' },
  { id: 'wrong-value', scope: 'schema', severity: 'error', title: 'Every value is one that its field allows', fix: 'write a value that the field allows' },
  { id: 'out-of-bounds', scope: 'schema', severity: 'error', title: 'Every number, length and count is within its bounds', fix: 'write a value within the bounds' },
  { id: 'duplicate-item', scope: 'schema', severity: 'error', title: 'Items of a list that a key tells apart have different keys', fix: 'give each item a key of its own, or join them' },
  { id: 'broken-condition', scope: 'schema', severity: 'error', title: 'Fields fit together as the API server demands', fix: 'change the fields so that the condition holds' },
  { id: 'unchecked-condition', scope: 'schema', severity: 'warning', title: 'Every condition of a custom resource can be checked', fix: 'check the object against a real API server: kubectl apply --dry-run=server' },
  { id: 'unserved-kind', scope: 'schema', severity: 'error', title: 'Every kind is served by the clusters where it lands', fix: 'use an API version that the cluster serves' },
  { id: 'namespace-of-cluster-object', scope: 'schema', severity: 'error', title: 'A cluster-scoped object names no namespace', fix: 'take metadata.namespace out' },
  { id: 'cluster-object-in-app', scope: 'schema', severity: 'error', title: 'An app\'s folder holds no cluster-scoped object', fix: 'let the platform of the cluster own it: namespaces, CRDs and cluster roles belong to clusters/<cluster>/platform' },
  { id: 'bad-waiver', scope: 'schema', severity: 'error', title: 'Every waiver names a rule and gives a reason', fix: 'name a rule and say why it may be broken' },
  { id: 'unused-waiver', scope: 'schema', severity: 'warning', title: 'Every waiver allows something', fix: 'take the waiver out' },
];
