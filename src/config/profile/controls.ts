import type { z } from 'zod';
import type { Bindings } from '../../core/controller/profile.ts';
import { named, section } from '../fields.ts';
import { type Broken, tell } from '../rule.ts';
import { bindingsOf, brokenBindings, gestureShape } from './bindings.ts';
import type { Context } from './context.ts';
import { brokenHead, type Head, headOf, headShape } from './head.ts';
import type { LampLooks } from './lamps.ts';
import { isShared } from './overlap.ts';

export type ReadControl = { readonly head: Head; readonly bindings: Bindings; readonly looks?: LampLooks };

const control = (lamp: z.ZodType<LampLooks>) =>
  section({ ...headShape, ...gestureShape, lamp: lamp.exactOptional() }).transform(
    ({ lamp: looks, ...form }, refinement): ReadControl => {
      const head = headOf(form);
      // A mistake in how it is moved makes more of them in what it does.
      const broken = brokenHead(form);
      tell(refinement, broken.length > 0 ? broken : brokenBindings(head, form));
      return { head, bindings: bindingsOf(head, form), ...(looks && { looks }) };
    },
  );

/** A message that moves two controls: told of the later one. */
const sharedMessages = (heads: Context['heads']): Broken[] => {
  const known = [...heads].flatMap(([id, head]) => (head === undefined ? [] : [{ id, head }]));
  return known.flatMap(({ id, head }, at) => {
    const first = known.slice(0, at).find((earlier) => isShared(earlier.head, head));
    if (first === undefined) return [];
    const text = `the same message as ${first.id}; allowed is one control for each; give one of them another number or channel`;
    return [{ path: [id, 'on'], code: 'bound-twice', text }];
  });
};

export const controls = (context: Context, lamp: z.ZodType<LampLooks>) =>
  named(control(lamp), 'controls by name').superRefine(
    (_, refinement) => tell(refinement, sharedMessages(context.heads)),
    { when: () => true },
  );
