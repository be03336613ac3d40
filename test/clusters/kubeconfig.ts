/** A kubeconfig with one context, and a second of another cluster whose token must stay out of everything. */
export function kubeconfig(name: string, token: string): string {
  return `apiVersion: v1
kind: Config
current-context: ${name}
clusters:
  - { name: ${name}, cluster: { server: 'https://${name}.k8s.example' } }
  - { name: other, cluster: { server: 'https://other.k8s.example' } }
contexts:
  - { name: ${name}, context: { cluster: ${name}, user: ${name} } }
  - { name: other, context: { cluster: other, user: other } }
users:
  - { name: ${name}, user: { token: ${token} } }
  - { name: other, user: { token: the-token-of-the-other } }
`;
}
