import type { Tree } from './a-tree.ts';

const etc: Tree = {
  'etc/passwd':
    'root:x:0:0::/root:/bin/sh\nplayer:x:1000:1000::/home/player:/bin/sh\nhindsight:x:990:990::/:/bin/false\n',
  'etc/group': 'root:x:0:\naudio:x:29:hindsight\nplayer:x:1000:\nhindsight:x:990:\n',
};

const stat = (id: number, name: string, priority: number, policy: number): string =>
  `${id} (${name}) S ${Array.from({ length: 36 }, () => 0).join(' ')} ${priority} ${policy} 0 0\n`;

const limits = (rtprio: string, memlock: string): string =>
  [
    'Limit                     Soft Limit           Hard Limit           Units',
    `Max locked memory         ${memlock}            ${memlock}            bytes`,
    `Max realtime priority     ${rtprio}                   ${rtprio}`,
    '',
  ].join('\n');

/** A process of user and group 990 with the groups that are given. */
const looper = (pid: number, groups: string): Tree => ({
  [`proc/${pid}/cmdline`]:
    '/usr/bin/node\0--single-threaded-gc\0/usr/lib/hindsight/dist/main.js\0run\0--config\0/etc/hindsight/hindsight.yaml\0',
  [`proc/${pid}/comm`]: 'node\n',
  [`proc/${pid}/status`]: `Name:\tnode\nTgid:\t${pid}\nUid:\t990\t990\t990\t990\nGid:\t990\t990\t990\t990\nGroups:\t${groups}\n`,
  [`proc/${pid}/limits`]: limits('95', 'unlimited'),
  [`proc/${pid}/task/${pid}/stat`]: stat(pid, 'node', 0, 0),
  [`proc/${pid}/task/${pid + 1}/stat`]: stat(pid + 1, 'a (strange) one', 70, 1),
});

const usb = (path: string, files: Readonly<Record<string, string>>, ...classes: readonly string[]): Tree => ({
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`sys/bus/usb/devices/${path}/${name}`, text])),
  ...Object.fromEntries(
    classes.flatMap((pair, at) => {
      const [kind = '', sub = '00'] = pair.split('/');
      const folder = `sys/bus/usb/devices/${path}:1.${at}`;
      return [
        [`${folder}/bInterfaceClass`, kind],
        [`${folder}/bInterfaceSubClass`, sub],
      ];
    }),
  ),
});

const cpu = (governor: string): Tree =>
  Object.fromEntries(
    [0, 1, 2, 3].flatMap((number) => {
      const folder = `sys/devices/system/cpu/cpu${number}/cpufreq`;
      return [
        [`${folder}/scaling_governor`, `${governor}\n`],
        [`${folder}/scaling_available_governors`, 'conservative ondemand powersave performance schedutil\n'],
      ];
    }),
  );

const scarlett: Tree = {
  'proc/asound/cards':
    ' 0 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones\n                      bcm2835 Headphones\n 1 [USB            ]: USB-Audio - Scarlett 2i2 USB\n                      Focusrite Scarlett 2i2 USB at usb-0000:01:00.0-1.3\n',
  'proc/asound/card0/id': 'Headphones\n',
  'proc/asound/card1/id': 'USB\n',
  'proc/asound/card1/usbid': '1235:8210\n',
  'proc/asound/card1/stream0': '  Interface 1\n    Altset 1\n    Rates: 44100, 48000, 88200, 96000\n',
  'proc/asound/card1/pcm0p/sub0/status': 'state: RUNNING\nowner_pid   : 701\n',
  'dev/snd/seq': '',
};

/** On a stage, as the package sets it up: a looper plays on an interface; a disk is on the same hub. */
export const pi4: Tree = {
  ...etc,
  ...scarlett,
  ...cpu('performance'),
  ...looper(700, '29 990'),
  'proc/701/status': 'Name:\tnode\nTgid:\t700\n',
  'proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0',
  'proc/version': 'Linux version 6.12.25+rpt-rpi-v8 (serge@raspberrypi.com) #1 SMP PREEMPT Debian 1:6.12.25-1+rpt1\n',
  'proc/swaps': 'Filename Type Size Used Priority\n/dev/zram0 partition 2097148 0 100\n',
  'sys/devices/platform/soc/soc:firmware/get_throttled': '0\n',
  'usr/lib/systemd/system/hindsight.service':
    '[Service]\nUser=hindsight\nExecStart=/usr/bin/hindsight run --config /etc/hindsight/hindsight.yaml\nLimitRTPRIO=95\nLimitMEMLOCK=infinity\n',
  ...usb('usb1', { product: 'xHCI Host Controller', bDeviceClass: '09' }, '09'),
  ...usb('1-1', { product: 'USB2.0 Hub', bDeviceClass: '09' }, '09'),
  ...usb('1-1.3', { product: 'Scarlett 2i2 USB', speed: '480', 'power/control': 'on' }, '01/01', '01/02'),
  ...usb('1-1.4', { product: 'Launchpad X', speed: '12', 'power/control': 'auto' }, '01/01', '01/03'),
  ...usb('2-2', { product: 'Flash Disk', speed: '5000', 'power/control': 'on' }, '08/06'),
};

/** A laptop with a desktop: its sound server has the card. */
export const pc: Tree = {
  ...etc,
  ...cpu('powersave'),
  'proc/version': 'Linux version 6.12.0-amd64 (debian) #1 SMP PREEMPT_DYNAMIC Debian 6.12.0-1\n',
  'proc/cmdline': 'BOOT_IMAGE=/vmlinuz root=/dev/nvme0n1p2 quiet\n',
  'proc/swaps': 'Filename Type Size Used Priority\n/dev/nvme0n1p3 partition 999 0 -2\n',
  'proc/self/limits': limits('0', '8388608'),
  'sys/class/dmi/id/sys_vendor': 'LENOVO\n',
  'sys/class/dmi/id/product_name': '20XW\n',
  'proc/asound/cards':
    ' 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0xf7f10000\n',
  'proc/asound/card0/id': 'PCH\n',
  'proc/asound/card0/codec#0': 'Codec: Realtek\n    rates [0x40]: 48000\n    rates [0x560]: 44100 48000 96000 192000\n',
  'proc/asound/card0/pcm0p/sub0/status': 'state: RUNNING\nowner_pid   : 812\n',
  'proc/812/status': 'Name:\tdata-loop.0\nTgid:\t811\n',
  'proc/811/comm': 'pipewire\n',
  'proc/811/status': 'Name:\tpipewire\nTgid:\t811\n',
  'proc/811/fd/7': '-> /dev/snd/controlC0',
  'proc/811/fd/8': '-> /dev/snd/pcmC0D0p',
  'proc/815/comm': 'wireplumber\n',
  'dev/snd/seq': '',
  ...usb('1-2', { product: 'Cheap Interface', speed: '12', 'power/control': 'auto' }, '01/01', '01/02'),
  ...usb('1-3', { idVendor: '0781', idProduct: '5581', speed: '480' }, '08/06'),
};

/** A container: nearly nothing is told. */
export const container: Tree = {
  'proc/version': 'Linux version 6.1.0 #1 SMP\n',
  'etc/passwd': 'root:x:0:0::/root:/bin/sh\n',
};
