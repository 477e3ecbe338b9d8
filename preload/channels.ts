// The three channel names between a preload and main. Nobody else uses a channel.
export const callChannel = 'van-thu:call';
export const eventChannel = 'van-thu:event';
export const keyChannel = 'van-thu:record-key';
