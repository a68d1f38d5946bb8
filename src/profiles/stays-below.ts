/** Whether no part of a path leads upwards: `/boot/../etc/shadow` and `/boot/..` do. */
export function staysBelow(path: string): boolean {
  return !path.split('/').includes('..');
}
