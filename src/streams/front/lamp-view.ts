import type { Belief } from '../../core/lamps/believed.ts';
import type { ControllerView } from '../../ports/backstage.ts';
import type { ControllerPicture } from '../../protocol/hindsight-v1.ts';
import type { JoinedController } from '../controller.ts';

type Lamp = ControllerPicture['rows'][number][number];

const lampOf = ({ id, look }: Belief): Lamp => ({ id, shade: look?.shade ?? 'unknown', by: look?.by ?? 'steady' });

/** Rows as the profile lays them out; lamps that it leaves out come in a row of their own. */
const rowsOf = ({ profile, lamps }: Pick<JoinedController, 'profile' | 'lamps'>): ControllerPicture['rows'] => {
  const left = new Map(lamps.map((belief) => [belief.id, lampOf(belief)]));
  const take = (id: string | undefined): Lamp => {
    const lamp = id === undefined ? undefined : left.get(id);
    if (id !== undefined) left.delete(id);
    return lamp ?? null;
  };
  const rows = profile.layout.map((row) => row.map(take)).filter((row) => row.some((lamp) => lamp !== null));
  return left.size === 0 ? rows : [...rows, [...left.values()]];
};

/** The controllers that are known, with their lamps where they are there. */
export const controllerPictures = (
  views: readonly ControllerView[],
  joined: readonly JoinedController[],
): readonly ControllerPicture[] => {
  const away = views
    .filter(({ name }) => !joined.some((controller) => controller.name === name))
    .map((view): ControllerPicture => ({ ...view, page: 0, rows: [] }));
  const there = joined.map((controller): ControllerPicture => {
    const view = views.find(({ name }) => name === controller.name);
    return {
      name: controller.name,
      title: view?.title ?? controller.profile.title,
      connected: view?.connected ?? true,
      why: view?.why ?? 'it is part of the looper',
      page: controller.page,
      rows: rowsOf(controller),
    };
  });
  return [...there, ...away];
};
