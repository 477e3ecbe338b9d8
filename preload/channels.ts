// The channel names between the preloads and main. Nobody else uses a channel.
export const callChannel = 'van-thu:call';
export const eventChannel = 'van-thu:event';
export const keyChannel = 'van-thu:record-key';
/** The unlock window's own channel: it lives before the desk's handlers do. */
export const unlockChannel = 'van-thu:unlock';
