import { open } from 'node:fs/promises';
import { getSystemErrorName } from 'node:util';
import koffi, { type KoffiFunc } from 'koffi';
import { errnoOf, messageOf } from '../../core/errors.ts';

/** One device on an I2C bus, which takes a byte at a time. */
export type I2cDevice = {
  /** Rejects when the device does not answer. */
  write(byte: number): Promise<void>;
  close(): Promise<void>;
};

/** Rejects, saying what to do, when it cannot be had. That the device is not there shows with the first byte only. */
export type OpenI2c = (bus: number, address: number) => Promise<I2cDevice>;

/** The request by which an open bus is told whom it speaks to (linux/i2c-dev.h). */
const i2cSlave = 0x0703;

type Calls = {
  readonly ioctl: (fd: number, request: number, address: number) => number;
  /** SMBus "send byte". Gives 0, or the error negated. */
  readonly writeByte: KoffiFunc<(fd: number, byte: number) => number>;
};

let calls: Calls | undefined;

const load = (): Calls => {
  try {
    const i2c = koffi.load('libi2c.so.0');
    return {
      ioctl: koffi.load('libc.so.6').func('int ioctl(int fd, unsigned long request, long address)'),
      writeByte: i2c.func('int32_t i2c_smbus_write_byte(int fd, uint8_t value)') as Calls['writeByte'],
    };
  } catch (error) {
    throw new Error(`the library of i2c-tools cannot be had; install libi2c0 (${messageOf(error)})`);
  }
};

const opened = async (path: string) => {
  try {
    return await open(path, 'r+');
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT') throw new Error(`there is no ${path}; switch I2C on (docs/pins.md)`);
    if (code === 'EACCES') throw new Error(`${path} is not allowed; join the group i2c`);
    // The service may see the buses that the kernel knew when it was started.
    if (code === 'EPERM') throw new Error(`${path} came after the looper; start the looper anew`);
    throw error;
  }
};

/** A device on a bus of this machine. Each byte is a call on a thread of its own, so that nothing waits for the bus. */
export const openI2c: OpenI2c = async (bus, address) => {
  calls ??= load();
  const { ioctl, writeByte } = calls;
  const file = await opened(`/dev/i2c-${bus}`);
  if (ioctl(file.fd, i2cSlave, address) < 0) {
    const code = getSystemErrorName(-koffi.errno());
    await file.close();
    const why = code === 'EBUSY' ? 'a driver of the kernel has it' : code;
    throw new Error(`address 0x${address.toString(16)} on bus ${bus} cannot be had: ${why}`);
  }
  return {
    write: (byte) =>
      new Promise((resolve, reject) =>
        writeByte.async(file.fd, byte, (error, result) => {
          if (error === null && result >= 0) resolve();
          else reject(error ?? new Error(getSystemErrorName(result)));
        }),
      ),
    close: () => file.close(),
  };
};
