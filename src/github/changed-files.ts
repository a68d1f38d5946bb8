import * as z from 'zod';
import type { GitHub, RepositoryName } from './client.ts';
import { parseAnswer } from './parse-answer.ts';

/** What a head changes since it and its base were one. */
export interface Change {
  /** Newest commit that both have. */
  readonly mergeBase: string;
  /** Paths, with both names of a file that was renamed. */
  readonly files: readonly string[];
  /** false: there are more than GitHub tells. */
  readonly isComplete: boolean;
}

const fileSchema = z.object({ filename: z.string().min(1), previous_filename: z.string().min(1).optional() });

const comparisonSchema = z.object({
  merge_base_commit: z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) }),
  files: z.array(fileSchema),
});

/** A comparison names no more files. */
const mostCompared = 300;

/** A pull request names no more files. */
const mostListed = 3000;

interface Sides {
  readonly number: number;
  readonly baseSha: string;
  readonly headSha: string;
}

/**
 * What a pull request changes, between exact commits. Beyond 300 files the pull request's own list is asked, which is of
 * the head as it is then; so files are to be read from the commits and never from what this says.
 */
export async function readChange(client: GitHub, repository: RepositoryName, sides: Sides): Promise<Change> {
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...repository,
    basehead: `${sides.baseSha}...${sides.headSha}`,
    // Only of the commits, which we do not use; the files are all on the first page.
    per_page: 1,
    page: 1,
  });
  const { merge_base_commit: mergeBase, files } = parseAnswer(comparisonSchema, data, 'the changes');
  if (files.length < mostCompared) return { mergeBase: mergeBase.sha, files: listPaths(files), isComplete: true };
  const all = await listFiles(client, repository, sides.number);
  return { mergeBase: mergeBase.sha, files: listPaths(all), isComplete: all.length < mostListed };
}

async function listFiles(client: GitHub, repository: RepositoryName, number: number) {
  const pages = client.paginate.iterator(client.rest.pulls.listFiles, {
    ...repository,
    pull_number: number,
    per_page: 100,
  });
  const files: z.infer<typeof fileSchema>[] = [];
  for await (const { data } of pages) {
    files.push(...parseAnswer(z.array(fileSchema), data, `the files of pull request ${number}`));
    if (files.length >= mostListed) break;
  }
  return files;
}

function listPaths(files: readonly z.infer<typeof fileSchema>[]): readonly string[] {
  return [
    ...new Set(
      files.flatMap(({ filename, previous_filename: previous }) =>
        previous === undefined ? [filename] : [filename, previous],
      ),
    ),
  ];
}
