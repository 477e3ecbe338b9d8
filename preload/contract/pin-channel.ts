// The channel of the PIN window. Alone in its file: the preload that reads it carries nothing else.

/** Main posts a PinRequest on it, with the port to the token host, once the page has loaded. */
export const pinRequestChannel = 'van-thu:pin-request';
