/** Those with which `bin/hindsight` starts the program, so that what is measured is what plays. */
export const nodeFlags: readonly string[] = ['--single-threaded-gc'];
