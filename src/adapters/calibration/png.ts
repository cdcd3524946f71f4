import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

/** A looper's box has no fonts of its own. This one is small (42 kB), of a single style, and free (OFL). */
const font = '@expo-google-fonts/share-tech-mono/400Regular/ShareTechMono_400Regular.ttf';
const fontFile = createRequire(import.meta.url).resolve(font);

/** The picture as PNG, of the size that the SVG says. It takes as long as a hundred blocks of sound: not for the main thread. */
export const pngOf = (svg: string): Uint8Array => {
  const fonts = { loadSystemFonts: false, fontFiles: [fontFile], defaultFontFamily: 'Share Tech Mono' };
  return new Uint8Array(new Resvg(svg, { font: fonts }).render().asPng());
};
