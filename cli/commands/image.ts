import type { Command } from 'commander';
import { findFolders } from '../../src/hosts/folders.ts';
import { buildGuestImage } from '../../src/images/guest-image.ts';
import { createLocalMachine } from '../../src/machines/local.ts';
import { createCommand } from '../create-command.ts';
import type { Surroundings } from '../surroundings.ts';

export function createImageCommand(surroundings: Surroundings): Command {
  const build = createCommand('build', surroundings)
    .description('Build the guest image from the installed packages, unless one of the same content is cached.')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  tunegate image build\n')
    .action(async ({ json }: { json?: boolean }) => {
      const machine = createLocalMachine();
      const image = await buildGuestImage(machine, (await findFolders(machine)).cache, surroundings.signal);
      const text = `${image.reference}\n  archive ${image.archive}\n  sha256  ${image.hash}\n`;
      surroundings.stdout.write(json === true ? `${JSON.stringify(image, null, 2)}\n` : text);
    });
  return createCommand('image', surroundings)
    .description("The guests' userland: one tree for every guest kind.")
    .addCommand(build);
}
