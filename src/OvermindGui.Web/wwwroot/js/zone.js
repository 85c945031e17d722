// The zone of the browser, as the IANA calls it.
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
