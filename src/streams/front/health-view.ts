import type { Audience } from '../../ports/front-of-house.ts';
import type { Health } from '../../protocol/hindsight-v1.ts';
import type { HealthNow } from '../health.ts';

/** Health as it is told, with what others know of front ends. Pure. */
export const healthView = ({ look, warnings, cost, disk, controllers }: HealthNow, clients: Audience): Health => {
  const { process, sound, engineLoad, machine } = look;
  return { ...process, ...{ sound, engineLoad, machine, cost, controllers, warnings, disk, clients } };
};
